"""Prints a token of an employee and one of an OKR admin of the demo company, as name=token."""

import sys

import django


def main() -> None:
    from django.utils import timezone

    from okr.models import ApiToken, Person

    usual = ["read", "write"]
    for who, scopes in {"ben.okafor": usual, "olga.petrenko": [*usual, "admin"]}.items():
        person = Person.objects.get(email=f"{who}@larkspur.example")
        _, told = ApiToken.objects.issue(
            person, "Schemathesis", scopes, by=person, at=timezone.now()
        )
        sys.stdout.write(f"{person}={told}\n")


if __name__ == "__main__":
    django.setup()
    main()
