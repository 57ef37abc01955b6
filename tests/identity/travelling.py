"""Somebody who goes to the OpenID provider and comes back, as a browser leads them."""

from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

import requests
from django.test import Client

BEGIN, BACK = "/sign-in/openid/larkspur/begin/", "/sign-in/openid/larkspur/callback/"
HERE = "http://testserver"


class Traveller:
    """A browser: one side of it is signed in at the provider, the other comes to us."""

    def __init__(self, house: str, name: str, query: str = "") -> None:
        self.house, self.here, self.there = house, Client(), requests.Session()
        self.becomes(name, query)

    def becomes(self, name: str, query: str = "") -> None:
        """At the provider."""
        self.there.get(f"{self.house}/as/{name}/{query}", timeout=10).raise_for_status()

    def sent_to(self, query: str = "", begin: str = BEGIN) -> str:
        answer = self.here.get(f"{begin}{query}")
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"]

    def returns(self, asked: str) -> str:
        """What the provider sends back, as a path and a query."""
        while not asked.startswith(HERE):
            answer = self.there.get(asked, allow_redirects=False, timeout=10)
            assert answer.status_code == 302, answer.text
            asked = urljoin(asked, answer.headers["Location"])
        return asked.removeprefix(HERE)

    def comes(self, query: str = "", begin: str = BEGIN):
        return self.here.get(self.returns(self.sent_to(query, begin)))


def asking(address: str, **changes: str) -> str:
    """The same address with other words behind the question mark; an empty one is left out."""
    parts = urlsplit(address)
    words = {name: values[0] for name, values in parse_qs(parts.query).items()} | changes
    kept = {name: word for name, word in words.items() if word}
    return urlunsplit(parts._replace(query=urlencode(kept)))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
