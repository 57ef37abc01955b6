"""What the OpenID provider of the tests serves, and what it says of its people."""

from datetime import timedelta

from django.contrib.auth import get_user_model, login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.timezone import now
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
    """With `?ago=3600` an hour ago."""
    person = get_user_model().objects.get(username=name)
    login(request, person, BACKEND)
    person.last_login = now() - timedelta(seconds=int(request.GET.get("ago", 0)))
    person.save()
    return HttpResponse("signed in")


def again(request):
    """Where somebody is asked for the password though they are signed in."""
    login(request, request.user, BACKEND)
    return redirect(request.GET["next"])


urlpatterns = [
    path("as/<slug:name>/", sign_in),
    path("again/", again),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]
