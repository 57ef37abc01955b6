"""The fuse box: settings, URLs and processes; the only place that names both apps."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
