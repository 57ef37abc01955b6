"""Every setting, read from the environment alone and grouped by feature.

docs/operators.md describes each variable. With no variable set, the product runs embedded:
SQLite, a Celery broker on the file system, keys kept in files under the var folder. In production
nothing is kept in files, so that the code and the var folder may both be read-only.
"""

from math import ceil
from pathlib import Path
from socket import gethostname
from typing import Any

from csp.constants import NONE, SELF

from config.accounts import account_settings
from config.background import celery_settings
from config.database import database_settings
from config.environment import environment, kept_secret, new_field_key, new_secret_key
from config.mail import mail_settings
from config.rooms import chosen_rooms
from config.safety import refuse_unsafe
from config.statics import are_collected
from config.watch.chosen import log_settings, scraping_token, sentry_dsn

env = environment()

# Where things are
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("PLUMBLINE_VAR", str(BASE_DIR / "var")))
PRODUCTION = env.flag("PLUMBLINE_PRODUCTION", default=False)
PRODUCT_NAME = env.text("PLUMBLINE_NAME", "Plumbline")
if PRODUCTION:
    refuse_unsafe(env)
else:
    VAR_DIR.mkdir(parents=True, exist_ok=True)

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
INTEGRATIONS = chosen_rooms(env)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_structlog",
    "rest_framework",
    "drf_spectacular",
    "config",
    "config.watch",
    "okr",
    *INTEGRATIONS,
]
MIDDLEWARE = [
    "config.callers.Callers",
    "config.watch.door.Door",
    "config.watch.request_line.RequestLine",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "okr.acting.TellsWhoActs",
    "okr.sign_ins.NotesWhoIsHere",
    "okr.time_zones.PersonsTimeZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "okr.factor_policy.AsksForFactor",
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
PROXIES = env.networks("PLUMBLINE_PROXIES")

# The API: JSON alone, and nobody without a token or a session
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "okr.api.signing_in.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["okr.api.scopes.Scoped"],
    "DEFAULT_THROTTLE_CLASSES": ["okr.api.pace.Paced"],
    "DEFAULT_PARSER_CLASSES": ["okr.api.parsing.StrictJSON"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "okr.api.described.Described",
    "EXCEPTION_HANDLER": "okr.api.problems.answer",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
API_REQUESTS_A_MINUTE = env.number("PLUMBLINE_API_REQUESTS", 600, 1, 1_000_000)
SPECTACULAR_SETTINGS = {
    "TITLE": PRODUCT_NAME,
    "VERSION": "1",
    "COMPONENT_SPLIT_REQUEST": True,
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["okr.api.dialect.plain"],
}

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = Path(
    env.text(
        "PLUMBLINE_STATIC", str(BASE_DIR / "staticfiles" if PRODUCTION else VAR_DIR / "static")
    )
)
if not PRODUCTION:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = not are_collected(STATIC_ROOT)
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.bundles.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.statics.Statics"},
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
globals().update(account_settings())
SIGN_IN_HOSTS = env.names("PLUMBLINE_SIGN_IN_HOSTS")
SESSION_COOKIE_AGE = ACCOUNT_SESSION_COOKIE_AGE = 86_400 * env.number(
    "PLUMBLINE_SESSION_DAYS", 21, 1, 365
)

# Retention: what grows without being the record, in days; 0 keeps it for ever
KEPT_DAYS = {
    "audit": env.days("PLUMBLINE_KEEP_AUDIT", 0, least=90),
    "notifications": env.days("PLUMBLINE_KEEP_NOTIFICATIONS", 365, least=30),
    "reminders": env.days("PLUMBLINE_KEEP_REMINDERS", 90, least=14),
    "webhooks": env.days("PLUMBLINE_KEEP_WEBHOOKS", 30, least=2),
    "uploads": env.days("PLUMBLINE_KEEP_UPLOADS", 7),
    "sync_runs": env.days("PLUMBLINE_KEEP_SYNC_RUNS", 365, least=7),
    "jira_events": env.days("PLUMBLINE_KEEP_JIRA_EVENTS", 30, least=30),
}

# E-mail, and the address that its links lead to
own_address = f"http://127.0.0.1:{env.number('PLUMBLINE_PORT', 8000, 1, 65_535)}"
PUBLIC_ADDRESS = env.text("PLUMBLINE_ADDRESS", own_address).rstrip("/")
MAIL_SERVER = env.text("PLUMBLINE_EMAIL_URL")
globals().update(mail_settings(MAIL_SERVER, None if PRODUCTION else VAR_DIR / "mail"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "PLUMBLINE_EMAIL_FROM", f"{PRODUCT_NAME} <okr@localhost>"
)

# Database; people stay signed in whatever becomes of the cache
DATABASE_URL = env.text("DATABASE_URL")
DATABASES = {"default": database_settings(env, VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Cache, queue and schedule
REDIS_URL = env.text("REDIS_URL")
CACHE_URL = env.text("PLUMBLINE_CACHE_URL", REDIS_URL)
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "config.cache.SteadyCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any]
globals().update(celery_settings(env, VAR_DIR))
STOP_SECONDS = env.number("PLUMBLINE_STOP_SECONDS", 30, 1, 240)
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = STOP_SECONDS
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "okr-tick": {"task": "okr.tasks.tick", "schedule": 60.0, "options": {"expires": 60}},
    "watch-tick": {"task": "config.watch.tasks.tick", "schedule": 30.0, "options": {"expires": 30}},
}

# The way out, for whatever the product calls by itself
OUTGOING_HOSTS = env.names("PLUMBLINE_OUTGOING_HOSTS")
OUTGOING_PROXY = env.text("PLUMBLINE_OUTGOING_PROXY")
OUTGOING_CA_BUNDLE = env.text("PLUMBLINE_OUTGOING_CA_BUNDLE")

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
CONFLUENCE_TICK_SECONDS = ACCOUNTS_TICK_SECONDS = 60.0
room_ticks = {
    "jira_integration": ("jira-tick", JIRA_TICK_SECONDS),
    "atlassian_accounts": ("accounts-tick", ACCOUNTS_TICK_SECONDS),
    "confluence": ("confluence-tick", CONFLUENCE_TICK_SECONDS),
}
for room, (tick, seconds) in room_ticks.items():
    if room in INTEGRATIONS:
        CELERY_BEAT_SCHEDULE[tick] = {
            "task": f"{room}.tasks.tick",
            "schedule": seconds,
            "options": {"expires": seconds},
        }

# Language and time
LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.text("PLUMBLINE_TIME_ZONE", "UTC")
USE_I18N, USE_TZ = False, True

# Logs, and what else watches the product
globals().update(log_settings(env, production=PRODUCTION))
NUMBERS_TOKEN = scraping_token(env)
NUMBERS_SOURCES = env.networks("PLUMBLINE_METRICS_SOURCES")
NUMBERS_ON: bool = bool(NUMBERS_TOKEN or NUMBERS_SOURCES)
NUMBERS_FOLDER: Path = VAR_DIR / "numbers" / gethostname()
SENTRY_DSN = sentry_dsn(env)
