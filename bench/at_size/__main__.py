"""Builds the company from a shell."""

import os
import sys
import time

import django

from bench.at_size.size import LARGE, SIZES


def main() -> int:
    size = SIZES[sys.argv[1]] if len(sys.argv) > 1 else LARGE
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command

    from bench.at_size.building import build

    call_command("migrate", verbosity=0)
    begun = time.monotonic()
    build(size)
    seconds = time.monotonic() - begun
    print(f"{size.people:,} people, {size.key_results:,} key results: {seconds:.0f} s")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
