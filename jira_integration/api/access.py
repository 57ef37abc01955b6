"""Who may link: everybody, or those who are named."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration import deeds
from jira_integration.api.base import OfAdmins, refused
from jira_integration.forms.access import Picking, joined
from jira_integration.models import IntegrationSettings, WhoMayLink
from okr.api.asking import GREATEST
from okr.api.forming import as_typed
from okr.api.shapes import Body, Plain
from okr.api.versions import Edition, require_match, tagged
from okr.models import Person

NOBODY_ACTIVE = "There is no active person {}."
ONLY_SELECTED = "Only where selected people may link."


class AccessShape(Plain):
    """`people` are those who are selected; they matter where `who_may_link` says so."""

    version = serializers.CharField()
    who_may_link = serializers.ChoiceField(WhoMayLink.choices)
    people = serializers.ListField(child=serializers.IntegerField())


class AccessBody(Body):
    who_may_link = serializers.ChoiceField(WhoMayLink.choices, required=False)
    people = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=GREATEST), required=False
    )


class Access(OfAdmins):
    noun, versioned = "who may link", True
    shape, body = AccessShape, AccessBody

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.stand()

    def patch(self, request: Request) -> Response:
        settings = IntegrationSettings.load()
        require_match(request, edition_of(settings))
        values = self.taken(partial=True)
        who = values.get("who_may_link", settings.who_may_link)
        if who == WhoMayLink.SELECTED:
            _select(settings, values.get("people"))
        elif "people" in values:
            raise refused("people", ONLY_SELECTED)
        else:
            deeds.allow_everybody(settings)
        return self.stand()

    def stand(self) -> Response:
        settings = IntegrationSettings.load()
        edition = edition_of(settings)
        about = {
            "version": edition.version,
            "who_may_link": settings.who_may_link,
            "people": selected(settings),
        }
        return tagged(Response(self.told(about)), edition)


def edition_of(settings: IntegrationSettings) -> Edition:
    return Edition.of(settings.who_may_link, selected(settings))


def selected(settings: IntegrationSettings) -> list[int]:
    people = settings.selected_people.active().order_by("pk")
    return list(people.values_list("pk", flat=True))


def _select(settings: IntegrationSettings, wanted: list[int] | None) -> None:
    """Those who are selected already, unless others are named."""
    people = selected(settings) if wanted is None else wanted
    active = set(Person.objects.active().filter(pk__in=people).values_list("pk", flat=True))
    if nobody := sorted(set(people) - active):
        raise refused("people", NOBODY_ACTIVE.format(nobody[0]))
    picking = Picking(settings, as_typed({"chosen": joined(people)}))
    if not picking.save():
        raise refused("people", str(picking.form.non_field_errors()[0]))


addresses: list[Any] = [path("jira/access/", Access.as_view(), name="access")]
