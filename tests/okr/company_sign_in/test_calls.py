"""Providers are asked by the operator's way out, and no other."""

import pytest

from okr.company_sign_in.calls import get_json, policy
from okr.company_sign_in.errors import ProviderError


def test_the_proxy_and_the_certificates_of_the_operator_hold(settings):
    settings.OUTGOING_PROXY = "http://proxy.larkspur.example:3128"
    settings.OUTGOING_CA_BUNDLE = "/etc/ssl/corp.pem"
    settings.OUTGOING_HOSTS = ["hooks.larkspur.example:8443"]
    settings.SIGN_IN_HOSTS = ["login.larkspur.example:8443"]

    found = policy()

    assert (found.proxy, found.ca_bundle) == (settings.OUTGOING_PROXY, "/etc/ssl/corp.pem")
    assert found.allowed_hosts == {"login.larkspur.example:8443"}


def test_a_proxy_that_is_away_is_not_gone_around(house, settings):
    settings.OUTGOING_PROXY = "http://127.0.0.1:9"
    settings.SIGN_IN_HOSTS = [house.removeprefix("http://")]

    with pytest.raises(ProviderError):
        get_json(f"{house}/o/.well-known/openid-configuration")
