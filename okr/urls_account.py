"""Where people sign in and out. Everything else that allauth offers stays closed."""

from allauth.account.views import LoginView, LogoutView
from django.urls import path

urlpatterns = [
    path("sign-in/", LoginView.as_view(extra_context={"title": "Sign in"}), name="account_login"),
    path(
        "sign-out/", LogoutView.as_view(extra_context={"title": "Sign out"}), name="account_logout"
    ),
]
