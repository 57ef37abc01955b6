"""Identity providers: what OKR admins set, and the way to one and back."""

from allauth.socialaccount.models import SocialAccount

from okr.models import KeyResult, SignInProvider
from tests.cast import make_person
from tests.okr.matrix.declaring import ADMINS, ANYBODY, REFUSED, UNSEEN, Declared, only, route


def turned_away(*methods: str, **args: str) -> Declared:
    """Open to everybody, and nobody comes in who is not sent by a provider that answers."""
    named = methods or ("GET", "HEAD")
    return Declared(named, lambda _, __: REFUSED, lambda _, __: REFUSED, args, open=True)


def make_provider(_: KeyResult) -> SignInProvider:
    found = SignInProvider.objects.first()
    made = found or SignInProvider(name="Larkspur", issuer="http://127.0.0.1:9", is_on=True)
    made.keep()
    return made


def make_saml(_: KeyResult) -> str:
    SignInProvider.objects.filter(slug="northwind").delete()
    made = SignInProvider(name="Northwind", kind="saml", metadata="<nothing/>", is_on=True)
    made.keep()
    return made.slug


def make_account(key_result: KeyResult) -> int:
    """Of somebody who is none of the roles: whom a provider knows, it is asked to confirm."""
    provider = make_provider(key_result)
    known = SocialAccount.objects.filter(provider=provider.slug).first()
    made = known or SocialAccount.objects.create(
        provider=provider.slug, uid="1", user=make_person("Noor New")
    )
    return int(made.pk)


ROUTES = {
    "openid_connect_login": turned_away(provider_id="provider_slug"),
    "openid_connect_callback": turned_away(provider_id="provider_slug"),
    "saml_login": turned_away(slug="saml_slug"),
    "saml_acs": turned_away("POST", slug="saml_slug"),
    "saml_finish_acs": turned_away(slug="saml_slug"),
    "saml_metadata": route("GET", ANYBODY, slug="saml_slug"),
    "confirm_at_provider": route("GET", only(others=UNSEEN), provider_id="provider_slug"),
    "confirm_at_provider_begin": route("GET", only(others=UNSEEN), provider_id="provider_slug"),
    "okr:sign_in": route("GET", ADMINS),
    "okr:sign_in_passwords": route("GET POST", ADMINS),
    "okr:sign_in_new": route("GET POST", ADMINS),
    "okr:sign_in_provider": route("GET POST", ADMINS, pk="provider"),
    "okr:sign_in_test": route("POST", ADMINS, pk="provider"),
    "okr:sign_in_delete": route("GET POST", ADMINS, pk="provider"),
    "okr:sign_in_forget": route("GET POST", ADMINS, pk="provider", account="account"),
}
NOUNS = {
    "provider": lambda key_result: make_provider(key_result).pk,
    "provider_slug": lambda key_result: make_provider(key_result).slug,
    "saml_slug": make_saml,
    "account": make_account,
}
