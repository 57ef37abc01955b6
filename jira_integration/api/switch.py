"""Whether key results follow Jira: the switch, and how all sites stand together."""

from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration import deeds
from jira_integration.api.base import OfAdmins, problem_of, refused
from jira_integration.health import Standing
from jira_integration.models import IntegrationSettings
from jira_integration.sites import Sites
from okr.api.shapes import Nothing, Plain
from okr.api.signing_in import person_of

NO_SITE = "Connect a site first."


class SwitchShape(Plain):
    """The worst of the sites speaks for the whole. `cannot_sync` says why a sync is of no use at
    present, and is empty where it is."""

    enabled = serializers.BooleanField(source="settings.enabled")
    sites = serializers.IntegerField()
    standing = serializers.ChoiceField([each.value for each in Standing])
    sentence = serializers.CharField()
    cannot_sync = serializers.CharField()


class Switch(OfAdmins):
    keyed = False
    shape, body, answers = SwitchShape, Nothing, {"POST": 200, "DELETE": 200}
    summaries = {
        "GET": "Read whether key results follow Jira",
        "POST": "Turn updates on, once Jira has accepted the saved credentials",
        "DELETE": "Turn updates off; links and credentials are kept",
    }

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.stand()

    def post(self, request: Request) -> Response:
        self.taken()
        if not IntegrationSettings.load().enabled:
            accepted, others = deeds.try_every_site()
            if not accepted:
                raise problem_of(others[0]) if others else refused("", NO_SITE)
            for form in others:
                form.note_failure(timezone.now())
            for form in accepted:
                deeds.connect(form, person_of(request))
        return self.stand()

    def delete(self, request: Request) -> Response:  # noqa: ARG002
        settings = IntegrationSettings.load()
        if settings.enabled:
            deeds.turn_off(settings)
        return self.stand()

    def stand(self) -> Response:
        sites = Sites.load()
        about = {
            "settings": sites.settings,
            "sites": len(sites.connections),
            "standing": sites.standing.value,
            "sentence": sites.health.sentence if sites.health else sites.sentence,
            "cannot_sync": sites.cannot_sync,
        }
        return Response(self.told(about))


addresses = [path("jira/switch/", Switch.as_view(), name="switch")]
