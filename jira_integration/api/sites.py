"""The connected sites: how each stands, connected, changed, tested and removed.

A token is taken and never told again.
"""

from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jira_integration import deeds
from jira_integration.api.base import OfAdmins, problem_of
from jira_integration.forms.credentials import CredentialsForm, ManagedCredentialsForm
from jira_integration.forms.site import AnotherSiteForm, NameForm
from jira_integration.forms.token_end import TokenEndForm
from jira_integration.health import Health
from jira_integration.models import JiraConnection
from jira_integration.removing import remove_site
from okr.api.asking import AskedOfRows
from okr.api.confirmed import KEEPING
from okr.api.forming import as_it_stands, as_typed
from okr.api.problems import Problem
from okr.api.shapes import Body, Nothing, Plain, Shape
from okr.api.signing_in import person_of
from okr.api.versions import Edition, require_match, tagged

ONLY_SITE = "The only site is not removed. Turn updates off, or connect it to another address."
ENTERED = ("email", "server", "token")
NAMES = {"expires_on": "token_expires_on", "ends_on": "token_expires_on", "never": ""}


class SiteShape(Shape):
    """`standing` and `sentence` say how its sync does. The token is never told."""

    version = serializers.SerializerMethodField()
    host = serializers.CharField()
    standing = serializers.SerializerMethodField()
    sentence = serializers.SerializerMethodField()
    following = serializers.SerializerMethodField()

    class Meta:
        model = JiraConnection
        fields = (
            *("id", "version", "name", "server", "host", "hosting", "email", "account_name"),
            *("secret", "token_saved_at", "token_expires_on", "token_end_told"),
            *("standing", "sentence", "following", "suspended", "failing_since", "read_at"),
            *("next_read_at", "only_chosen", "as_person", "left_out"),
        )

    def get_version(self, site: JiraConnection) -> str:
        return edition_of(site).version

    def get_standing(self, site: JiraConnection) -> str:
        return self._health(site).standing.value

    def get_sentence(self, site: JiraConnection) -> str:
        return self._health(site).sentence

    def get_following(self, site: JiraConnection) -> int:
        """How many key results follow it."""
        return self._health(site).following

    def _health(self, site: JiraConnection) -> Health:
        health: Health = self.context["healths"][site.pk]
        return health


class SiteBody(Body):
    """What is entered is tried first: what Jira refuses replaces nothing. Without a `token` the
    saved one is kept, as long as the address stays the same. A `token_expires_on` of null says
    that the token does not end."""

    name = serializers.CharField(required=False, max_length=80)
    email = serializers.CharField(required=False, max_length=254)
    server = serializers.CharField(required=False, max_length=2_000)
    token = serializers.CharField(required=False, max_length=2_000, write_only=True)
    token_expires_on = serializers.DateField(required=False, allow_null=True)


class NewSiteBody(Body):
    """The first site turns updates on; a further one needs a `name`."""

    name = serializers.CharField(required=False, max_length=80)
    email = serializers.CharField(max_length=254)
    server = serializers.CharField(max_length=2_000)
    token = serializers.CharField(max_length=2_000, write_only=True)


class OfSites(OfAdmins):
    about, noun = "Jira sites", "a site"
    shape: Any = SiteShape

    def _context(self) -> dict[str, Any]:
        healths = {health.number: health for health in Health.of_every_site()}
        return super()._context() | {"healths": healths}

    def stands(self, site: JiraConnection, status: HTTPStatus = HTTPStatus.OK) -> Response:
        fresh = JiraConnection.objects.get(pk=site.pk)
        return tagged(Response(self.told(fresh), status), edition_of(fresh))


class Sites(OfSites):
    lists, keyed, sensitive = True, False, KEEPING
    body, asks = NewSiteBody, AskedOfRows

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(JiraConnection.objects.all())

    def post(self, request: Request) -> Response:
        values, person = self.taken(), person_of(request)
        is_first = not JiraConnection.objects.exists()
        form = _first(values) if is_first else AnotherSiteForm(as_typed(values))
        require_accepted(form)
        site = deeds.connect(form, person) if is_first else deeds.accept(form, person)
        if is_first and (called := called_in(site, values)):
            called.keep()
        response = self.stands(site, HTTPStatus.CREATED)
        response["Location"] = reverse("jira_api:site", args=[site.pk])
        return response


class OneSite(OfSites):
    versioned, body, sensitive = True, SiteBody, KEEPING

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.stands(get_object_or_404(JiraConnection, pk=pk))

    def patch(self, request: Request, pk: int) -> Response:
        site, person = get_object_or_404(JiraConnection, pk=pk), person_of(request)
        require_match(request, edition_of(site))
        values = self.taken(partial=True)
        called = called_in(site, values)
        entered, ends = credentials_of(site, values), end_of(site, values)
        if entered:
            site = deeds.accept(entered, person)
        if ends:
            ends.keep()
        if called:
            called.keep()
        return self.stands(site)

    def delete(self, request: Request, pk: int) -> Response:
        site = get_object_or_404(JiraConnection, pk=pk)
        require_match(request, edition_of(site))
        if JiraConnection.objects.count() == 1:
            raise Problem(HTTPStatus.CONFLICT, ONLY_SITE)
        remove_site(site, person_of(request))
        return Response(status=HTTPStatus.NO_CONTENT)


class TestedShape(Plain):
    accepted = serializers.BooleanField()
    sentence = serializers.CharField(help_text="What was seen, or why Jira refuses it.")


class Test(OfSites):
    keyed = False
    shape, body, answers = TestedShape, Nothing, {"POST": HTTPStatus.OK}
    summaries = {"POST": "Try the saved credentials of a site"}

    def post(self, request: Request, pk: int) -> Response:
        site = get_object_or_404(JiraConnection, pk=pk)
        self.taken()
        form, accepted = deeds.try_saved(site, person_of(request))
        sentence = form.proof(timezone.now()) if accepted else form.problem
        return Response(self.told({"accepted": accepted, "sentence": sentence}))


def edition_of(site: JiraConnection) -> Edition:
    entered = site.server, site.email, site.token_saved_at
    return Edition.of(site.name, *entered, site.token_expires_on, site.token_end_told)


def require_accepted(form: CredentialsForm) -> None:
    """Raises a Problem that names the box for what we or Jira refuse."""
    if not (form.is_valid() and form.connects()):
        raise problem_of(form, NAMES)


def credentials_of(site: JiraConnection, values: dict[str, Any]) -> ManagedCredentialsForm | None:
    """What was entered, accepted by Jira; None where nothing of it was sent."""
    if not values.keys() & {*ENTERED}:
        return None
    held = as_it_stands(ManagedCredentialsForm(connection=site))
    given = {name: values[name] for name in ENTERED if name in values}
    if "token_expires_on" in values:
        given["expires_on"] = values["token_expires_on"]
    form = ManagedCredentialsForm(as_typed(held | given), connection=site)
    require_accepted(form)
    return form


def end_of(site: JiraConnection, values: dict[str, Any]) -> TokenEndForm | None:
    """What was told of the end of a token that stays; None where nothing was."""
    if "token_expires_on" not in values or values.keys() & {*ENTERED}:
        return None
    day = values["token_expires_on"]
    form = TokenEndForm(as_typed({"ends_on": day, "never": day is None}), connection=site)
    if not form.is_valid():
        raise problem_of(form, NAMES)
    return form


def called_in(site: JiraConnection, values: dict[str, Any]) -> NameForm | None:
    """What it is to be called; None where nothing was said."""
    if "name" not in values:
        return None
    form = NameForm(as_typed({"name": values["name"]}), connection=site)
    if not form.is_valid():
        raise problem_of(form)
    return form


def _first(values: dict[str, Any]) -> CredentialsForm:
    return CredentialsForm(as_typed(values), connection=None)


addresses = [
    path("jira/sites/", Sites.as_view(), name="sites"),
    path("jira/sites/<int:pk>/", OneSite.as_view(), name="site"),
    path("jira/sites/<int:pk>/test/", Test.as_view(), name="test"),
]
