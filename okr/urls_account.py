"""Where people sign in and out. Everything else that allauth offers stays closed."""

from allauth.account.views import LoginView, LogoutView
from django.urls import path
from django.views.decorators.http import require_http_methods

from okr.company_sign_in.offered import offers
from okr.views import company_sign_in

OPENID = "sign-in/openid/<slug:provider_id>/"

methods = require_http_methods(["GET", "HEAD", "POST"])
sign_in = methods(LoginView.as_view(extra_context={"title": "Sign in", "providers": offers}))
sign_out = methods(LogoutView.as_view(extra_context={"title": "Sign out"}))

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-out/", sign_out, name="account_logout"),
    path(f"{OPENID}begin/", company_sign_in.begin, name="openid_connect_login"),
    path(f"{OPENID}callback/", company_sign_in.finish, name="openid_connect_callback"),
]
