"""Rows out of a file: taken in and checked, then written when somebody confirms."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.access import NOT_CREATING
from okr.api.asking import AskedOfRows
from okr.api.endpoint import Endpoint
from okr.api.once import once
from okr.api.problems import Problem, fault
from okr.api.scopes import NEEDS_ADMIN, is_for_admin
from okr.api.shapes import Body, Nothing, Shape
from okr.api.signing_in import person_of
from okr.imports.desk import CHANGED_SINCE, confirm, take_in
from okr.imports.reading import UnreadableError
from okr.imports.shape import Fate, Verdict
from okr.imports.shape import Shape as Kind
from okr.imports.shapes import shapes
from okr.models import Upload
from okr.models.upload import UploadQuerySet

NO_KIND = "There is nothing of this kind to import."


class ProblemRowShape(serializers.Serializer):  # type: ignore[type-arg]
    row = serializers.IntegerField(source="number")
    column = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)
    reason = serializers.CharField()


class FatesShape(serializers.Serializer):  # type: ignore[type-arg]
    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    problem = serializers.IntegerField()


class UploadShape(Shape):
    """Nothing is written before it is confirmed, and `done_at` is null until then. Rows with
    problems are left out; `also` tells in sentences what else is written or was not read."""

    kind = serializers.CharField(source="shape")
    counts = serializers.SerializerMethodField()
    problems = serializers.SerializerMethodField()
    also = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Upload
        fields = ("id", "kind", "file_name", "made_at", "done_at", "counts", "problems", "also")

    @extend_schema_field(FatesShape)
    def get_counts(self, upload: Upload) -> dict[str, int]:
        fates = [stored[1] for stored in upload.verdicts]
        return {fate.value: fates.count(fate.value) for fate in Fate}

    @extend_schema_field(ProblemRowShape(many=True))
    def get_problems(self, upload: Upload) -> Any:
        wrong = [stored for stored in upload.verdicts if stored[1] == Fate.PROBLEM]
        return ProblemRowShape(map(Verdict.restored, wrong), many=True).data


class UploadBody(Body):
    """`kind` is `people`, or `objectives-7` for those of the cycle 7; an integration tells kinds of
    its own."""

    kind = serializers.CharField(max_length=100)
    file_name = serializers.CharField(max_length=200, default="import.csv")
    content = serializers.CharField(
        trim_whitespace=False, help_text="The CSV file as text; a body takes a megabyte."
    )


class OfUploads(Endpoint):
    about, noun, shape = "Imports", "a file", UploadShape

    def rows(self) -> UploadQuerySet:
        """One's own only."""
        rows: UploadQuerySet = Upload.objects.of(person_of(self.request))
        return rows

    def allowed(self, kind: Kind) -> Kind:
        if kind.admins_only and not is_for_admin(self.request):
            raise PermissionDenied(NEEDS_ADMIN)
        if not kind.may_import(person_of(self.request)):
            raise PermissionDenied(NOT_CREATING)
        return kind


class Uploads(OfUploads):
    lists, asks, body = True, AskedOfRows, UploadBody
    summaries: Mapping[str, str] = {
        "GET": "List the files that you gave",
        "POST": "Give a CSV file and have it checked",
    }

    def get(self, request: Request) -> Response:  # noqa: ARG002
        return self.listed(self.rows())

    @once
    def post(self, request: Request) -> Response:
        told = self.taken()
        kind = shapes().get(told["kind"])
        if kind is None:
            raise fault("kind", NO_KIND)
        content, by = told["content"].encode(), person_of(request)
        try:
            kind = self.allowed(kind)
            upload = take_in(kind, told["file_name"], content, by, timezone.now())
        except UnreadableError as error:
            raise fault("content", str(error)) from None
        return Response(self.told(upload), HTTPStatus.CREATED)


class OneUpload(OfUploads):
    summaries: Mapping[str, str] = {"GET": "Read what the check of a file found"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return Response(self.told(get_object_or_404(self.rows(), pk=pk)))


class Confirmation(OfUploads):
    body = Nothing
    summaries: Mapping[str, str] = {"POST": "Write the rows of a file as they were checked"}
    answers: Mapping[str, int] = {"POST": HTTPStatus.OK}

    @once
    def post(self, request: Request, pk: int) -> Response:
        self.taken()
        upload = get_object_or_404(self.rows(), pk=pk)
        kind = shapes().get(upload.shape)
        if kind is None:
            raise Http404
        if not confirm(self.allowed(kind), upload, person_of(request), timezone.now()):
            raise Problem(HTTPStatus.CONFLICT, CHANGED_SINCE)
        upload.refresh_from_db()
        return Response(self.told(upload))


addresses: list[Any] = [
    path("imports/", Uploads.as_view(), name="uploads"),
    path("imports/<int:pk>/", OneUpload.as_view(), name="upload"),
    path("imports/<int:pk>/confirmation/", Confirmation.as_view(), name="upload_confirmation"),
]
