"""The Celery application; its settings are the CELERY_ ones of config.settings."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TRANSPORT_ALIASES["filesystem"] = "config.queue:Transport"

app = Celery("plumbline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def keep_what_is_loaded(**_facts: Any) -> None:
    """It stays as long as the process: looking through it again and again for what could go is a
    tenth of the work of a large reading."""
    gc.freeze()
