"""What the company decided about its OKRs."""

from collections.abc import Mapping

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.endpoint import Endpoint
from okr.api.forming import as_it_stands, as_typed
from okr.api.problems import of_form
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Body, Shape
from okr.api.versions import require_match, tagged
from okr.forms.policies import PolicyForm
from okr.models import Policy
from okr.models.policy import Creators, Factors, Month, RatingScale, Readers, Weekday

FIELDS = (
    *("individual_creators", "individual_readers", "approval_on", "checkin_weekday"),
    *("reminders_on", "fiscal_year_start", "rating_scale", "second_factor"),
)


class PolicyShape(Shape):
    """A week begins with 0, on Monday; a year with the month 1."""

    class Meta:
        model = Policy
        fields = ("version", *FIELDS)


class PolicyBody(Body):
    individual_creators = serializers.ChoiceField(Creators.choices)
    individual_readers = serializers.ChoiceField(Readers.choices)
    approval_on = serializers.BooleanField()
    checkin_weekday = serializers.ChoiceField(Weekday.choices)
    reminders_on = serializers.BooleanField()
    fiscal_year_start = serializers.ChoiceField(Month.choices)
    rating_scale = serializers.ChoiceField(RatingScale.choices)
    second_factor = serializers.ChoiceField(Factors.choices)


class Policies(Endpoint):
    about, noun, scopes, versioned = "Policies", "the policies", FOR_ADMINS, True
    shape, body = PolicyShape, PolicyBody
    summaries: Mapping[str, str] = {"PATCH": "Decide for the company, from now on"}

    def get(self, request: Request) -> Response:  # noqa: ARG002
        policy = Policy.load()
        return tagged(Response(self.told(policy)), policy)

    def patch(self, request: Request) -> Response:
        policy = Policy.load()
        require_match(request, policy)
        held = as_it_stands(PolicyForm(instance=policy)) | {"version": policy.version}
        form = PolicyForm(as_typed(held | self.taken(partial=True)), instance=policy)
        if not (form.is_valid() and form.kept()):
            raise of_form(form)
        return tagged(Response(self.told(policy)), policy)


addresses = [path("policies/", Policies.as_view(), name="policies")]
