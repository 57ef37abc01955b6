"""The product's settings for the bare view: everything is the same but the addresses."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare"
