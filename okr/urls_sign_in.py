"""The addresses at which OKR admins say how people sign in."""

from django.urls import path

from okr.views import password_sign_in, sign_in_providers

SIGN_IN = "okr-admin/sign-in/"
PROVIDER = f"{SIGN_IN}<int:pk>/"

pages = [
    path(SIGN_IN, sign_in_providers.providers, name="sign_in"),
    path(f"{SIGN_IN}passwords/", password_sign_in.passwords, name="sign_in_passwords"),
    path(f"{SIGN_IN}new/", sign_in_providers.new, name="sign_in_new"),
    path(PROVIDER, sign_in_providers.provider, name="sign_in_provider"),
    path(f"{PROVIDER}test/", sign_in_providers.test, name="sign_in_test"),
    path(f"{PROVIDER}deletion/", sign_in_providers.delete, name="sign_in_delete"),
    path(f"{PROVIDER}accounts/<int:account>/", sign_in_providers.forget, name="sign_in_forget"),
]
