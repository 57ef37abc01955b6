"""The log of what admins did, newest first."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.asking import AskedOfRows, Narrow, narrower
from okr.api.endpoint import Endpoint
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Shape
from okr.forms.audit import FIRST, LAST
from okr.models import AuditEntry

BOUNDS = [MinValueValidator(FIRST), MaxValueValidator(LAST)]


class AuditEntryShape(Shape):
    """`sentence` stands after the name; `changes` are rows of what, before and after. The names are
    as they were then, and `by` may be of somebody who is gone; it is null for a command."""

    changes: Any = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True))
    )

    class Meta:
        model = AuditEntry
        fields = (
            *("id", "at", "by", "by_name", "by_email", "via", "token", "address", "request_id"),
            *("area", "action", "sentence", "about_kind", "about_id", "about_label", "changes"),
        )


class AskedOfAudit(AskedOfRows):
    q = serializers.CharField(
        required=False, max_length=200, help_text="Words of what was done, by whom, or from where."
    )
    by = narrower(help_text="The person.")
    area = serializers.CharField(
        required=False, max_length=20, help_text="The kind of action, as people or cycles."
    )
    since = serializers.DateField(required=False, validators=BOUNDS)
    until = serializers.DateField(
        required=False, validators=BOUNDS, help_text="With that whole day."
    )

    narrows: ClassVar[Mapping[str, Narrow]] = {
        "q": lambda rows, words: rows.mentioning(words),
        "by": "by",
        "area": "area",
        "since": lambda rows, day: rows.since(day),
        "until": lambda rows, day: rows.until(day),
    }


class AuditLog(Endpoint):
    about, noun, lists, scopes = "Audit log", "an entry", True, FOR_ADMINS
    shape, asks = AuditEntryShape, AskedOfAudit
    summaries: Mapping[str, str] = {"GET": "List what was done, the newest first"}

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(AuditEntry.objects.all(), newest_first=True)


addresses = [path("audit/", AuditLog.as_view(), name="audit")]
