"""An OpenID provider: a small Django project of its own around django-oauth-toolkit.

    python -m tests.identity.openid_provider http://testserver/sign-in/openid/larkspur/callback/

takes the addresses that it may send people back to, prints its own, signs in whoever asks at
/as/<name>/, and ends when its standard input does.
"""

import sys
import tempfile
from pathlib import Path

import django
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from tests.identity import CLIENTS, SECRET
from tests.identity.serving import serve

SITE = "tests.identity.openid_site"


def protocol() -> dict[str, object]:
    key = generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return {
        "OIDC_ENABLED": True,
        "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
        "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
        "OIDC_RSA_PRIVATE_KEY": pem,
        "SCOPES": {"openid": "", "profile": "", "email": ""},
        "OAUTH2_VALIDATOR_CLASS": f"{SITE}.Claims",
    }


def configure(folder: str) -> None:
    name = str(Path(folder) / "provider.sqlite3")
    settings.configure(
        SECRET_KEY="of the provider",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=SITE,
        LOGIN_URL="/again/",
        USE_TZ=True,
        INSTALLED_APPS=[
            *(f"django.contrib.{app}" for app in ("auth", "contenttypes", "sessions")),
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": name}},
        SESSION_COOKIE_NAME="provider",
        OAUTH2_PROVIDER=protocol(),
    )
    django.setup()
    call_command("migrate", verbosity=0)


def furnish(backs: list[str]) -> None:
    from django.contrib.auth import get_user_model
    from oauth2_provider.models import get_application_model

    from tests.identity.openid_site import ADDRESSES

    for client in CLIENTS:
        get_application_model().objects.create(
            client_id=client,
            client_secret=SECRET,
            name=client,
            client_type="confidential",
            authorization_grant_type="authorization-code",
            algorithm="RS256",
            redirect_uris=" ".join(backs),
            skip_authorization=True,
        )
    for name in ADDRESSES:
        get_user_model().objects.create(username=name)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="openid-provider-") as folder:
        configure(folder)
        furnish(sys.argv[1:])
        serve(lambda _: get_wsgi_application())
