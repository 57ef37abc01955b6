"""Prints a token of an employee, a lead and an OKR admin of the demo company, as name=token."""

import sys

import django

USUAL = ["read", "write"]
WHO = {"ben.okafor": USUAL, "ada.lindqvist": USUAL, "olga.petrenko": [*USUAL, "admin"]}


def main() -> None:
    from django.utils import timezone

    from okr.models import ApiToken, Person

    for who, scopes in WHO.items():
        person = Person.objects.get(email=f"{who}@larkspur.example")
        _, told = ApiToken.objects.issue(
            person, "Schemathesis", scopes, by=person, at=timezone.now()
        )
        sys.stdout.write(f"{person}={told}\n")


if __name__ == "__main__":
    django.setup()
    main()
