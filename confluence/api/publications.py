"""What is told and taken of published pages."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils import timezone
from rest_framework import serializers

from confluence.contents import has_changed
from confluence.models import Publication, PublishedPage, Subject
from okr.api.asking import Asked, AskedOfRows, Narrow, Number, narrower
from okr.api.shapes import Body, Plain, Shape
from okr.api.signing_in import person_of

FIELDS = (
    *("id", "subject", "unit", "cycle", "title", "number", "url", "space_key", "space_name"),
    *("version", "with_notes", "with_reviews", "by", "at"),
)
TICKED = ("with_notes", "with_reviews")


class PublishedShape(Shape):
    """Without a `unit` it is the company's. `number` and `version` are Confluence's; `version` is
    the one that was written from here last."""

    url = serializers.CharField()

    class Meta:
        model = PublishedPage
        fields: tuple[str, ...] = FIELDS


class PublishedPageShape(PublishedShape):
    """`changed` says whether the page would read otherwise now, `failure` what went wrong last."""

    changed = serializers.SerializerMethodField()
    failure = serializers.SerializerMethodField()

    class Meta(PublishedShape.Meta):
        fields = (*FIELDS, "changed", "failure")

    def get_changed(self, row: PublishedPage) -> bool:
        return has_changed(row, person_of(self.context["request"]), timezone.now())

    def get_failure(self, row: PublishedPage) -> str:
        return str(row.failure or "")


class PublicationShape(Shape):
    """`over` is the version of somebody else whose place it took; 0 for none."""

    class Meta:
        model = Publication
        fields = ("id", "number", "version", "over", "title", "space", "url", "by", "at")


class TickedBody(Body):
    """What a review holds beside its numbers; left out, it stays as it was."""

    with_notes = serializers.BooleanField(required=False)
    with_reviews = serializers.BooleanField(required=False)


class PublishBody(TickedBody):
    """Without a `unit` it is the company's; without a `title` it is called as usual. `space` is one
    of those that an admin chose. Where a page was published before, `instead` is its `number`: it
    stays in Confluence, and is not written from here any more."""

    subject = serializers.ChoiceField(Subject.values)
    cycle = Number()
    unit = Number(required=False, allow_null=True)
    space = Number()
    title = serializers.CharField(required=False, max_length=255)
    instead = Number(required=False)


class AnewBody(TickedBody):
    """`over` is the version of somebody else that you have seen and choose to replace."""

    over = Number(required=False)


class AskedOfPublished(AskedOfRows):
    subject = serializers.ChoiceField(Subject.values, required=False)
    cycle = narrower()
    unit = narrower()

    narrows: ClassVar[Mapping[str, Narrow]] = {
        "subject": "subject",
        "cycle": "cycle",
        "unit": "unit",
    }


class AskedOfPreview(Asked):
    """As it is published at present where nothing is asked."""

    with_notes = serializers.BooleanField(required=False)
    with_reviews = serializers.BooleanField(required=False)


class PreviewShape(Plain):
    """`body` is the page in the storage format of Confluence. `withheld` counts what stays out of
    it, of what you see: what is confidential is never published."""

    title = serializers.CharField()
    body = serializers.CharField()
    withheld = serializers.CharField()
