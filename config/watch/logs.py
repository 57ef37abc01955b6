"""One shape for every log line: a JSON object, or a line to read; ours, Django's, Celery's,
gunicorn's."""

import logging
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog
from structlog.typing import Processor

from config.watch.redaction import redact_line

Shape = Literal["json", "line"]
FIRST = ("timestamp", "level", "logger", "event")
WITH_ADDRESS = ("django.request", "django.security.csrf")
COMMON: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def logging_settings(shape: str, level: str) -> dict[str, Any]:
    """For logging.config; needs nothing of Django, so that gunicorn's own program may use it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"addresses": {"()": "config.watch.logs.WithoutAddresses"}},
        "formatters": {"shaped": {"()": "config.watch.logs.formatter", "shape": shape}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "shaped",
                "filters": ["addresses"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # django-structlog tells of each task in one line; these would tell it again.
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "CRITICAL"},
            "celery.beat": {"level": "WARNING"},
        },
    }


def formatter(shape: Shape) -> logging.Formatter:
    last: Processor = structlog.processors.JSONRenderer() if shape == "json" else as_line
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=COMMON,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact_line,
            in_order,
            last,
        ],
    )


def configure() -> None:
    """Lets what is said to structlog go the way of all other lines."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *COMMON,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def in_order(
    _logger: Any, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {**{name: line[name] for name in FIRST if name in line}, **line}


def as_line(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> str:
    """A line break of somebody else's never begins a line that looks like one of ours."""
    words = [str(line.pop(name, "")).replace("\n", " ⏎ ") for name in FIRST]
    words[1] = words[1].upper()
    trace = str(line.pop("exception", "")).replace("\n", "\n    ")
    words += [f"{name}={value}".replace("\n", " ⏎ ") for name, value in line.items()]
    return " ".join(words) + (f"\n    {trace}" if trace else "")


class WithoutAddresses(logging.Filter):
    """Django names the address of a request, and ours may hold the token of a link in a mail.

    An answer is told by the line of its request already; a breakdown keeps its traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is None or record.name not in WITH_ADDRESS:
            return True
        if not record.exc_info:
            return False
        match = getattr(request, "resolver_match", None)
        record.msg = f"Internal Server Error at {match.view_name if match else 'no route'}"
        record.args = ()
        return True
