"""What may be written into a Jira: two switches for each site, and what came of it."""

from http import HTTPStatus

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration import deeds
from jira_integration.api.base import OfAdmins, refused
from jira_integration.into_jira.card import WritingCard
from jira_integration.into_jira.rights import NEEDED, what_is_missing
from jira_integration.models import JiraConnection, JiraWriting
from okr.api.shapes import Body, Nothing, Plain
from okr.api.versions import Edition, require_match, tagged


class IntoShape(Plain):
    """`shown` lines stand in Jira, `waiting` are still to be written, `leaving` to be taken out and
    `refused` were refused. `trouble` says what keeps everything from being written."""

    version = serializers.CharField()
    shows_key_results = serializers.BooleanField(source="card.writing.shows_key_results")
    creates_issues = serializers.BooleanField(source="card.writing.creates_issues")
    sentence = serializers.CharField(source="card.sentence")
    shown = serializers.IntegerField(source="card.shown")
    waiting = serializers.IntegerField(source="card.waiting")
    leaving = serializers.IntegerField(source="card.leaving")
    refused = serializers.IntegerField(source="card.refusals")
    trouble = serializers.CharField()


class IntoBody(Body):
    """A switch is turned on once Jira has let us try."""

    shows_key_results = serializers.BooleanField(required=False)
    creates_issues = serializers.BooleanField(required=False)


class OfInto(OfAdmins):
    about, noun, shape = "Jira sites", "what is written into Jira", IntoShape

    def writing(self, pk: int) -> JiraWriting:
        return JiraWriting.objects.of(get_object_or_404(JiraConnection, pk=pk))

    def stand(self, pk: int) -> Response:
        card = next(each for each in WritingCard.of_every_site() if each.connection.pk == pk)
        edition = edition_of(card.writing)
        about = {"card": card, "version": edition.version, "trouble": str(card.trouble or "")}
        return tagged(Response(self.told(about)), edition)


class Into(OfInto):
    versioned, body = True, IntoBody

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        get_object_or_404(JiraConnection, pk=pk)
        return self.stand(pk)

    def patch(self, request: Request, pk: int) -> Response:
        writing = self.writing(pk)
        require_match(request, edition_of(writing))
        wanted = self.taken(partial=True)
        for name in NEEDED:
            if wanted.get(name) and not getattr(writing, name):
                _require_right(writing, name)
        for name, on in wanted.items():
            deeds.switch_writing(writing, name, on=on)
        return self.stand(pk)


class Again(OfInto):
    body, answers, keyed = Nothing, {"POST": HTTPStatus.OK}, False
    summaries = {"POST": "Try once more what Jira refused to have written"}

    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        writing = self.writing(pk)
        self.taken()
        deeds.write_again(writing)
        return self.stand(pk)


def edition_of(writing: JiraWriting) -> Edition:
    return Edition.of(writing.shows_key_results, writing.creates_issues)


def _require_right(writing: JiraWriting, name: str) -> None:
    if missing := what_is_missing(writing.connection, name):
        raise refused(name, missing.sentence)


addresses = [
    path("jira/sites/<int:pk>/into/", Into.as_view(), name="into"),
    path("jira/sites/<int:pk>/into/again/", Again.as_view(), name="into_again"),
]
