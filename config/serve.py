"""The three programs of a production installation; docs/operators.md says what sizes they take.

    python -m config.serve web | worker | schedule

Web programs and workers may be as many as one likes. A second schedule does no harm: what a tick
asks for stands in rows, and a row is asked for once.
"""

import os
import runpy
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # nothing secret: gunicorn's signs of life
FOR_CELERY = {"DJANGO_SETTINGS_MODULE": "config.settings", "REMAP_SIGTERM": "SIGQUIT"}
NOT_PRODUCTION = (
    "These programs are for production: set PLUMBLINE_PRODUCTION=yes, or start `make run` instead."
)
NOT_COLLECTED = (
    "The scripts and styles are not collected: run `python manage.py collectstatic` first,"
    " with the same PLUMBLINE_STATIC."
)


def main() -> None:
    programs = {"web": web, "worker": worker, "schedule": schedule}
    program = programs.get(" ".join(sys.argv[1:]))
    if program is None:
        raise SystemExit("Say which program to start: web, worker or schedule.")
    for name, value in FOR_CELERY.items():
        os.environ.setdefault(name, value)
    require_production()
    sys.argv = program(Environment(os.environ))
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def require_production() -> None:
    """SystemExit with a sentence for each fault in the settings."""
    from django.conf import settings

    if not settings.PRODUCTION:
        raise SystemExit(NOT_PRODUCTION)


def web(env: Environment) -> list[str]:
    """Threads, as a request mostly waits; loaded before it forks, so that memory is shared."""
    from django.conf import settings

    if settings.WHITENOISE_USE_FINDERS:
        raise SystemExit(NOT_COLLECTED)
    sizes = {
        "bind": env.text("PLUMBLINE_BIND", "127.0.0.1:8000"),
        "workers": env.number("PLUMBLINE_WEB_PROCESSES", 2, 1, 64),
        "threads": env.number("PLUMBLINE_WEB_THREADS", 8, 1, 64),
        "max-requests": 5000,
        "max-requests-jitter": 1000,
        "timeout": 60,
        "graceful-timeout": settings.STOP_SECONDS,
        "keep-alive": 75,  # longer than proxies keep a connection: they are the ones to end it
        "forwarded-allow-ips": ",".join(map(str, settings.PROXIES)) or "127.0.0.1,::1",
        "log-level": env.text("PLUMBLINE_LOG_LEVEL", "INFO").lower(),
        "logger-class": "config.watch.gunicorn_log.Logger",
    }
    if SHARED_MEMORY.is_dir():
        sizes["worker-tmp-dir"] = str(SHARED_MEMORY)
    options = [f"--{name}={value}" for name, value in sizes.items()]
    kind = ["--worker-class=gthread", "--preload", "--no-control-socket"]
    return ["gunicorn", "config.wsgi:application", *kind, *options]


def worker(env: Environment) -> list[str]:
    """Processes, so that one that dies or grows takes nothing else with it."""
    size = env.number("PLUMBLINE_WORKER_PROCESSES", 4, 1, 64)
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return celery(env, "worker", "--pool=prefork", f"--concurrency={size}", *alone)


def schedule(env: Environment) -> list[str]:
    """Keeps nothing: what is due stands in the database, so it needs no file of its own."""
    return celery(env, "beat", "--scheduler=celery.beat:Scheduler")


def celery(env: Environment, *arguments: str) -> list[str]:
    level = env.text("PLUMBLINE_LOG_LEVEL", "INFO")
    return ["celery", "--quiet", "-A", "config.celery", *arguments, f"--loglevel={level}"]


if __name__ == "__main__":
    try:
        main()
    except ImproperlyConfigured as fault:
        raise SystemExit(str(fault)) from None
