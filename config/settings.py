"""Every setting, read from the environment alone and grouped by feature.

docs/operators.md describes each variable. With no variable set, the product runs embedded:
SQLite, a Celery broker on the file system, keys kept in files under the var folder.
"""

from math import ceil
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.environment import environment, kept_secret, new_field_key, new_secret_key
from config.mail import mail_settings
from config.watch.chosen import watch_settings

env = environment()

# Where things are
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("PLUMBLINE_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
PRODUCTION = env.flag("PLUMBLINE_PRODUCTION", default=False)
PRODUCT_NAME = env.text("PLUMBLINE_NAME", "Plumbline")

if PRODUCTION:
    for required in (
        "PLUMBLINE_SECRET_KEY",
        "PLUMBLINE_FIELD_KEYS",
        "PLUMBLINE_HOSTS",
        "DATABASE_URL",
        "REDIS_URL",
    ):
        if not env.text(required):
            raise ImproperlyConfigured(f"In production {required} must be set.")

# Keys
SECRET_KEY = env.text("PLUMBLINE_SECRET_KEY") or kept_secret(
    VAR_DIR / "secret.key", new_secret_key()
)
SECRET_KEY_FALLBACKS = env.names("PLUMBLINE_SECRET_KEY_FALLBACKS")
FIELD_KEYS = env.names("PLUMBLINE_FIELD_KEYS") or [
    kept_secret(VAR_DIR / "field.key", new_field_key())
]

# Web
DEBUG = False
ALLOWED_HOSTS = env.names("PLUMBLINE_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("PLUMBLINE_ORIGINS")
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
INTEGRATIONS = env.names("PLUMBLINE_INTEGRATIONS", "jira_integration")
if env.text("PLUMBLINE_INTEGRATIONS") == "none":
    INTEGRATIONS = []
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_structlog",
    "config",
    "config.watch",
    "okr",
    *INTEGRATIONS,
]
MIDDLEWARE = [
    "config.watch.door.Door",
    "config.watch.request_line.RequestLine",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "okr.time_zones.PersonsTimeZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "okr.context.frame",
            ],
            "builtins": ["okr.templatetags.look"],
        },
    },
]
FORM_RENDERER = "okr.forms.rendering.FormRenderer"
CSRF_FAILURE_VIEW = "okr.views.errors.form_refused"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# Strict content policy: nothing inline, nothing from elsewhere
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if PRODUCTION:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = not PRODUCTION
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.bundles.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# People and signing in
AUTH_USER_MODEL = "okr.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "okr:my"
ACCOUNT_ADAPTER = "okr.sign_in.AccountAdapter"
ACCOUNT_FORMS = {"login": "okr.sign_in.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,20/15m/ip"}

SESSION_COOKIE_AGE = ACCOUNT_SESSION_COOKIE_AGE = 86_400 * env.number(
    "PLUMBLINE_SESSION_DAYS", 21, 1, 365
)

# Retention: what grows without being the record, in days; 0 keeps it for ever
KEPT_DAYS = {
    "notifications": env.days("PLUMBLINE_KEEP_NOTIFICATIONS", 365, least=30),
    "reminders": env.days("PLUMBLINE_KEEP_REMINDERS", 90, least=14),
    "uploads": env.days("PLUMBLINE_KEEP_UPLOADS", 7),
    "sync_runs": env.days("PLUMBLINE_KEEP_SYNC_RUNS", 365, least=7),
    "jira_events": env.days("PLUMBLINE_KEEP_JIRA_EVENTS", 30, least=30),
}

# E-mail, and the address that its links lead to
own_address = f"http://127.0.0.1:{env.number('PLUMBLINE_PORT', 8000, 1, 65_535)}"
PUBLIC_ADDRESS = env.text("PLUMBLINE_ADDRESS", own_address).rstrip("/")
MAIL_SERVER = env.text("PLUMBLINE_EMAIL_URL")
globals().update(mail_settings(MAIL_SERVER, VAR_DIR / "mail"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "PLUMBLINE_EMAIL_FROM", f"{PRODUCT_NAME} <okr@localhost>"
)

# Database
DATABASE_URL = env.text("DATABASE_URL")
if DATABASE_URL:
    DATABASES: dict[str, Any] = {"default": dj_database_url.parse(DATABASE_URL)}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c lock_timeout=5s -c statement_timeout=15s"
        " -c idle_in_transaction_session_timeout=30s",
        **DATABASES["default"].get("OPTIONS", {}),
        "pool": {
            "min_size": 1,
            "max_size": env.number("PLUMBLINE_DB_POOL", 8, 1, 100),
            "timeout": 5,
        },
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "plumbline.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
                "PRAGMA busy_timeout=20000;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache, queue and schedule
REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "visibility_timeout": 900,
        "unacked_restore_interval": 15,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 3,
        "health_check_interval": 25,
    }
else:
    queue = VAR_DIR / "queue"
    for folder in ("messages", "control"):
        (queue / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(queue / "messages"),
        "data_folder_out": str(queue / "messages"),
        "control_folder": str(queue / "control"),
        "polling_interval": 0.1,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "okr-tick": {"task": "okr.tasks.tick", "schedule": 60.0, "options": {"expires": 60}},
    "watch-tick": {"task": "config.watch.tasks.tick", "schedule": 30.0, "options": {"expires": 30}},
}

# Jira
JIRA_ALLOWED_HOSTS = env.names("PLUMBLINE_JIRA_HOSTS")
JIRA_GATEWAY = env.text("PLUMBLINE_JIRA_GATEWAY", "https://api.atlassian.com")
JIRA_PROXY = env.text("PLUMBLINE_JIRA_PROXY")
JIRA_CA_BUNDLE = env.text("PLUMBLINE_JIRA_CA_BUNDLE")
JIRA_WEBHOOK_SOURCES = env.networks("PLUMBLINE_JIRA_WEBHOOK_SOURCES")
JIRA_ANSWER_SECONDS = env.number("PLUMBLINE_JIRA_ANSWER_SECONDS", 30, 1, 120)
JIRA_SYNC_SECONDS = env.number("PLUMBLINE_JIRA_SYNC_SECONDS", 60, 2, 86_400)
# The pause in equal parts of at most 15 seconds, so that a tick falls on its end.
JIRA_TICK_SECONDS = JIRA_SYNC_SECONDS / ceil(JIRA_SYNC_SECONDS / 15)
if "jira_integration" in INTEGRATIONS:
    CELERY_BEAT_SCHEDULE["jira-tick"] = {
        "task": "jira_integration.tasks.tick",
        "schedule": JIRA_TICK_SECONDS,
        "options": {"expires": JIRA_TICK_SECONDS},
    }

# Language and time
LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.text("PLUMBLINE_TIME_ZONE", "UTC")
USE_I18N = False
USE_TZ = True

# Logs, and what else watches the product
globals().update(watch_settings(env, production=PRODUCTION))
