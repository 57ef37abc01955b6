"""Tags: known to whoever sees them somewhere, kept in order by OKR admins."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.administered import Administered
from okr.api.asking import AskedOfRows, Narrow, Number
from okr.api.endpoint import Endpoint
from okr.api.forming import as_typed
from okr.api.once import once
from okr.api.problems import of_form
from okr.api.scopes import FOR_ADMINS
from okr.api.shapes import Body, Shape
from okr.api.versions import tagged
from okr.api.written import OneRow, Rows
from okr.audit import noted
from okr.forms.tags import MergeForm, TagForm
from okr.models import Person, Tag


class TagShape(Shape):
    """With `is_suggested` it is offered to everybody, in use or not."""

    class Meta:
        model = Tag
        fields = ("id", "version", "name", "is_suggested")


class TagBody(Body):
    name = serializers.CharField(max_length=40)
    is_suggested = serializers.BooleanField(default=False)


class AskedOfTags(AskedOfRows):
    q = serializers.CharField(required=False, max_length=40, help_text="A part of the name.")

    narrows: ClassVar[Mapping[str, Narrow]] = {
        "q": lambda rows, words: rows.filter(key__contains=words.casefold())
    }


class OfTags(Administered):
    about, noun, route = "Tags", "a tag", "tag"
    shape, body = TagShape, TagBody

    def rows(self, person: Person) -> QuerySet[Tag]:
        return Tag.objects.visible_to(person)

    def stored(self) -> QuerySet[Tag]:
        return Tag.objects.all()

    def form(self, person: Person, row: Any = None, data: Any = None) -> TagForm:  # noqa: ARG002
        return TagForm(data, instance=row)


class Tags(OfTags, Rows):
    asks = AskedOfTags


class OneTag(OfTags, OneRow):
    def remove(self, row: Tag) -> None:
        with noted("tags.deleted", row):
            row.remove()


class MergeBody(Body):
    into = Number()


class TagMerger(Endpoint):
    about, noun, scopes = "Tags", "a tag", FOR_ADMINS
    shape, body = TagShape, MergeBody
    summaries: Mapping[str, str] = {"POST": "Let objectives bear another tag instead of this one"}
    answers: Mapping[str, int] = {"POST": 200}

    @once
    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        tag = get_object_or_404(Tag, pk=pk)
        form = MergeForm(as_typed(self.taken()), tag=tag)
        if not form.is_valid():
            raise of_form(form)
        stays = form.keep()
        return tagged(Response(self.told(stays)), stays)


addresses = [
    path("tags/", Tags.as_view(), name="tags"),
    path("tags/<int:pk>/", OneTag.as_view(), name="tag"),
    path("tags/<int:pk>/merge/", TagMerger.as_view(), name="tag_merge"),
]
