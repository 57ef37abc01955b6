"""Approval: how an objective stands, its steps, and what waits for whom."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.db.models import TextChoices
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.asking import AskedOfRows
from okr.api.deeds import Filled
from okr.api.endpoint import Endpoint
from okr.api.objectives import ObjectiveShape, told_to
from okr.api.shapes import Body, Plain
from okr.api.signing_in import person_of
from okr.api.versions import tagged
from okr.forms.approvals import ApprovalForm
from okr.models import ApprovalStep, Objective, Person
from okr.models.approval import MOST_LETTERS, Approval, Verb, waiting_for
from okr.pages.approvals import approval_page, sent_by

STEPS = (Verb.SUBMIT, Verb.APPROVE, Verb.SEND_BACK)


class Side(TextChoices):
    ASKED = "asked", "What waits for your approval"
    SENT = "sent", "What you sent and nobody has approved yet"


class StepShape(serializers.ModelSerializer):  # type: ignore[type-arg]
    class Meta:
        model = ApprovalStep
        fields = ("verb", "by", "at", "comment")


class ApprovalShape(Plain):
    """`verbs` are those that you may use now; `who` says whom it waits for, where it does."""

    approval = serializers.ChoiceField(Approval.choices, source="objective.approval")
    who = serializers.CharField()
    verbs: Any = serializers.ListField(child=serializers.ChoiceField(Verb.choices))
    steps: Any = StepShape(many=True)


class ApprovalBody(Body):
    """To send something back needs a comment."""

    verb = serializers.ChoiceField([verb.value for verb in STEPS])
    comment = serializers.CharField(required=False, allow_blank=True, max_length=MOST_LETTERS)


class ApprovalAsked(AskedOfRows):
    side = serializers.ChoiceField(Side.choices, default=Side.ASKED)


class ObjectiveApproval(Filled):
    about, noun = "Approval", "an approval"
    shape, body = ApprovalShape, ApprovalBody
    summaries: Mapping[str, str] = {
        "GET": "Read how the approval of an objective stands",
        "POST": "Send an objective for approval, approve it, or send it back",
    }

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.stands(self.visible(Objective.objects.for_cards(), pk))

    def of(self, pk: int) -> Objective:
        found: Objective = self.editable(Objective.objects.for_cards(), pk)
        return found

    def form(self, person: Person, row: Objective, typed: Any) -> ApprovalForm:
        typed["version"] = str(row.version)
        return ApprovalForm(typed, objective=row, verbs=approval_page(row, person).verbs)

    def keep(self, form: ApprovalForm, person: Person) -> bool:
        return bool(super().keep(form, person))

    def stands(self, row: Objective, status: HTTPStatus = HTTPStatus.OK) -> Response:
        page = approval_page(row, person_of(self.request))
        return tagged(Response(self.told(page), status), row)


class Approvals(Endpoint):
    about, lists = "Approval", True
    shape, asks = ObjectiveShape, ApprovalAsked
    summaries: Mapping[str, str] = {"GET": "List what waits for approval: yours, or by others"}

    def get(self, request: Request) -> Response:
        person = person_of(request)
        chosen = waiting_for(person) if self.asked["side"] == Side.ASKED else sent_by(person)
        return self.listed(told_to(person).filter(pk__in=chosen.values("pk")))


addresses = [
    path("objectives/<int:pk>/approval/", ObjectiveApproval.as_view(), name="approval"),
    path("approvals/", Approvals.as_view(), name="approvals"),
]
