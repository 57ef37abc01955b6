"""What the OpenID provider of the tests serves, and what it says of its people."""

from django.contrib.auth import get_user_model, login
from django.http import HttpResponse
from django.urls import include, path
from oauth2_provider.oauth2_validators import OAuth2Validator

BACKEND = "django.contrib.auth.backends.ModelBackend"
ADDRESSES = {
    "ada": "ada@larkspur.example",
    "twin": "ada@larkspur.example",
    "unverified": "ben@larkspur.example",
    "stranger": "stranger@elsewhere.example",
}


class Claims(OAuth2Validator):  # type: ignore[misc]
    oidc_claim_scope = None

    def get_additional_claims(self, request):
        name = request.user.username
        return {
            "name": name.title(),
            "email": ADDRESSES[name],
            "email_verified": name != "unverified",
        }


def sign_in(request, name):
    login(request, get_user_model().objects.get(username=name), BACKEND)
    return HttpResponse("signed in")


urlpatterns = [
    path("as/<slug:name>/", sign_in),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]
