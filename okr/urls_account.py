"""Where people sign in and out. Everything else that allauth offers stays closed."""

from allauth.account.views import LoginView, LogoutView
from django.urls import path
from django.views.decorators.http import require_http_methods

methods = require_http_methods(["GET", "HEAD", "POST"])
sign_in = methods(LoginView.as_view(extra_context={"title": "Sign in"}))
sign_out = methods(LogoutView.as_view(extra_context={"title": "Sign out"}))

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-out/", sign_out, name="account_logout"),
]
