"""What people say about an objective or a key result, and whether they follow it."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.urls import path, reverse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.access import NOT_YOUR_WORDS, NOT_YOURS_TO_DELETE, may_edit, refuse_unless
from okr.api.asking import Asked, AskedOfRows
from okr.api.endpoint import Endpoint
from okr.api.forming import as_typed
from okr.api.once import once
from okr.api.problems import of_form
from okr.api.shapes import Body, Nothing, Plain, Shape
from okr.api.signing_in import person_of
from okr.audit import noted_of_others
from okr.forms.comments import CommentEditForm, CommentForm
from okr.models import Comment, Follow, KeyResult, Objective, Person
from okr.models.comment import LONGEST
from okr.pages.conversation import offered_people

Thing = Objective | KeyResult
WITH: Mapping[type[Thing], tuple[str, ...]] = {Objective: ("cycle",), KeyResult: ("objective",)}


class CommentShape(Shape):
    """It stands on an objective or on a key result; the other is null."""

    class Meta:
        model = Comment
        fields = ("id", "objective", "key_result", "by", "at", "words", "edited_at")


class CommentBody(Body):
    """An @ and the name of somebody tells them, where they may see it."""

    words = serializers.CharField(max_length=LONGEST)


@dataclass(frozen=True, slots=True)
class Wish:
    following: bool


class FollowShape(Plain):
    following = serializers.BooleanField(help_text="Whether you hear of what happens there.")


class OfThing(Endpoint):
    thing: type[Thing] = Objective

    def about_which(self, pk: int) -> Thing:
        rows = self.thing._default_manager.select_related(*WITH[self.thing])
        found: Thing = self.visible(rows, pk)
        return found


class Comments(OfThing):
    about, noun, lists = "Comments", "a comment", True
    shape, body, asks = CommentShape, CommentBody, AskedOfRows

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.listed(Comment.objects.on(self.about_which(pk)).filter(removed_at=None))

    @once
    def post(self, request: Request, pk: int) -> Response:
        about = self.about_which(pk)
        form = CommentForm(as_typed(self.taken()), about=about)
        if not form.is_valid():
            raise of_form(form)
        comment = form.keep(by=person_of(request), at=timezone.now())
        place = reverse("api:comment", args=[comment.pk])
        return Response(self.told(comment), HTTPStatus.CREATED, headers={"Location": place})


class OneComment(Endpoint):
    about, noun = "Comments", "a comment"
    shape, body = CommentShape, CommentBody

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return Response(self.told(self._one(pk)))

    def patch(self, request: Request, pk: int) -> Response:
        comment = self._one(pk)
        if not may_edit(person_of(request), comment):
            self.permission_denied(request, NOT_YOUR_WORDS)
        values = {"words": comment.words} | self.taken(partial=True)
        form = CommentEditForm(as_typed(values), comment=comment)
        if not (form.is_valid() and form.change(at=timezone.now())):
            raise of_form(form)
        return Response(self.told(comment))

    def delete(self, request: Request, pk: int) -> Response:
        comment = self._one(pk)
        removable = Comment.objects.filter(pk=pk).removable_by(person_of(request))
        refuse_unless(removable, NOT_YOURS_TO_DELETE)
        with noted_of_others("contents.comment_deleted", comment, comment.by):
            comment.remove(by=person_of(request), at=timezone.now())
        return Response(status=HTTPStatus.NO_CONTENT)

    def _one(self, pk: int) -> Any:
        return self.visible(Comment.objects.select_related("by", "objective", "key_result"), pk)


class Following(OfThing):
    about, noun = "Comments", "what you follow"
    shape, body = FollowShape, Nothing
    answers: Mapping[str, int] = {"POST": HTTPStatus.OK, "DELETE": HTTPStatus.OK}
    summaries: Mapping[str, str] = {
        "GET": "Read whether you follow it",
        "POST": "Follow it",
        "DELETE": "Follow it no longer",
    }

    def get(self, request: Request, pk: int) -> Response:
        followed = Follow.objects.is_followed(self.about_which(pk), person_of(request))
        return Response(self.told(Wish(followed)))

    @once
    def post(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        about = self.about_which(pk)
        self.taken()
        return self._choose(about, active=True)

    def delete(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self._choose(self.about_which(pk), active=False)

    def _choose(self, about: Thing, *, active: bool) -> Response:
        Follow.objects.choose(person_of(self.request), about, active=active)
        return Response(self.told(Wish(active)))


class MentionedShape(serializers.ModelSerializer):  # type: ignore[type-arg]
    class Meta:
        model = Person
        fields = ("id", "name", "designation")


class MentionableShape(Plain):
    """The best matches; few of them."""

    people: Any = MentionedShape(many=True)


class AskedOfMentions(Asked):
    q = serializers.CharField(required=False, max_length=200, help_text="Words of the name.")


class Mentionable(OfThing):
    about, noun = "Comments", "people"
    shape, asks = MentionableShape, AskedOfMentions
    summaries: Mapping[str, str] = {"GET": "Find whom you may mention there"}

    def get(self, request: Request, pk: int) -> Response:
        words, about = self.asked.get("q", ""), self.about_which(pk)
        people = offered_people(about, person_of(request), words)
        return Response(self.told({"people": people}))


def _of(noun: str, thing: type[Thing]) -> list[Any]:
    place = f"{noun.replace('_', '-')}s/<int:pk>/"
    comments, following = Comments.as_view(thing=thing), Following.as_view(thing=thing)
    return [
        path(f"{place}comments/", comments, name=f"{noun}_comments"),
        path(f"{place}follow/", following, name=f"{noun}_follow"),
        path(
            f"{place}mentionable/",
            Mentionable.as_view(thing=thing),
            name=f"{noun}_mentionable",
        ),
    ]


addresses = [
    *_of("objective", Objective),
    *_of("key_result", KeyResult),
    path("comments/<int:pk>/", OneComment.as_view(), name="comment"),
]
