"""Gives gunicorn's own lines the shape of all others: its `--logger-class` names Logger."""

import logging.config
import os
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from gunicorn import glogging


class Logger(glogging.Logger):  # type: ignore[misc]  # has no types
    def setup(self, cfg: Any) -> None:
        """Settings that cannot be used end the start here, with their one sentence."""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        try:
            logging.config.dictConfig(settings.LOGGING)
        except ImproperlyConfigured as refusal:
            raise SystemExit(str(refusal)) from None
        self.loglevel = self.LOG_LEVELS.get(cfg.loglevel.lower(), logging.INFO)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True
            log.setLevel(self.loglevel)
