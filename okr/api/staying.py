"""Whether somebody is here: invited, deactivated with an heir, and back again."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr import invitations
from okr.api.asking import Number
from okr.api.deeds import Deed, Filled, undone
from okr.api.endpoint import Endpoint
from okr.api.people import PersonShape
from okr.api.problems import Problem
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Body, Nothing, Plain
from okr.api.signing_in import person_of
from okr.audit import noted
from okr.forms.people import NOT_SENT, LeavingForm
from okr.models import Person
from okr.models.people import PersonQuerySet
from okr.pages.person import PersonPage, handed_over
from okr.sign_in import COMPANY_ONLY

NOT_HERE = "{} is deactivated. Reactivate them first."


class LeavingBody(Body):
    """`heir` takes over what is open; whoever owns nothing needs none."""

    heir = Number(required=False, allow_null=True)


class OfPerson(Deed):
    about, noun, scopes = "People", "a person", FOR_ADMINS
    shape = PersonShape

    def rows(self, person: Person) -> PersonQuerySet:  # noqa: ARG002
        everybody: PersonQuerySet = Person.objects.select_related("unit", "manager")
        return everybody

    def of(self, pk: int) -> Person:
        found: Person = get_object_or_404(self.rows(person_of(self.request)), pk=pk)
        return found


class Deactivation(OfPerson, Filled):
    body = LeavingBody
    summaries: Mapping[str, str] = {
        "POST": "Deactivate a person, and hand over what is theirs",
        "DELETE": "Reactivate a person",
    }

    def form(self, person: Person, row: Any, typed: Any) -> LeavingForm:  # noqa: ARG002
        return LeavingForm(typed, person=row)

    def keep(self, form: Any, person: Person) -> Any:
        return form.keep(person, timezone.now(), handed_over(form.person))

    def delete(self, request: Request, pk: int) -> Response:
        return undone(self, request, pk, _back)


class InvitationShape(Plain):
    """`link` lets whoever opens it choose a password; empty where it was sent by e-mail."""

    ends_at = serializers.DateTimeField(source="link_ends_at")
    link = serializers.CharField(allow_blank=True)


class Invitation(Endpoint):
    about, noun, scopes = "People", "a link", FOR_ADMINS
    shape, body, keyed = InvitationShape, Nothing, False
    summaries: Mapping[str, str] = {
        "POST": "Make a link for a person to choose a password, and send it where there is mail"
    }

    def post(self, request: Request, pk: int) -> Response:
        self.taken()
        guest, now = get_object_or_404(Person, pk=pk), timezone.now()
        if not guest.is_active:
            raise Problem(HTTPStatus.CONFLICT, NOT_HERE.format(guest))
        if not PersonPage(guest, now).may_invite:
            raise Problem(HTTPStatus.CONFLICT, COMPANY_ONLY)
        if not invitations.send(guest, person_of(request), now):
            raise Problem(HTTPStatus.CONFLICT, NOT_SENT.format(guest.email))
        return Response(self.told(PersonPage(guest, now)), HTTPStatus.CREATED)


def _back(person: Person) -> None:
    with noted("people.reactivated", person):
        person.come_back()


addresses = [
    path("people/<int:pk>/deactivation/", Deactivation.as_view(), name="person_deactivation"),
    path("people/<int:pk>/invitation/", Invitation.as_view(), name="person_invitation"),
]
