"""What people say about an objective or a key result, as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page
from django.db.models import Case, Exists, OuterRef, When
from django.urls import reverse

from okr.access import may_edit, with_rights
from okr.forms.comments import CommentForm
from okr.models import Comment, Follow, KeyResult, Objective, Person
from okr.models.mention import known_names
from okr.models.place import noun_of
from okr.models.readers import able_to_see
from okr.pages.paging import page_of

COMMENTS_A_PAGE = 20
MOST_OFFERED = 8
ASKED_AT_ONCE, MOST_ASKED = 20, 200


@dataclass(frozen=True, slots=True)
class Said:
    comment: Comment
    can_edit: bool
    can_remove: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """`names` are those of the people whom the comments mention."""

    about: Objective | KeyResult
    said: list[Said]
    rows: "Page[Comment]"
    names: frozenset[str]
    is_followed: bool
    form: forms.Form

    @property
    def url(self) -> str:
        return reverse(f"okr:{noun_of(self.about)}", args=[self.about.pk])

    @property
    def comments_url(self) -> str:
        return reverse(f"okr:{noun_of(self.about)}_comments", args=[self.about.pk])

    @property
    def follow_url(self) -> str:
        return reverse(f"okr:{noun_of(self.about)}_follow", args=[self.about.pk])


def conversation(
    about: Objective | KeyResult,
    person: Person,
    number: str | None = None,
    form: forms.Form | None = None,
    notes: Iterable[str] = (),
) -> Conversation:
    """A page of the comments, the latest page first, each page oldest first.

    `notes` are further texts on the page, whose mentions are to be known too.
    """
    same = Comment.objects.filter(pk=OuterRef("pk"))
    latest: Any = with_rights(Comment.objects.on(about).reverse(), person)
    latest = latest.annotate(may_be_removed=Exists(same.removable_by(person)))
    rows: Page[Comment] = page_of(latest, COMMENTS_A_PAGE, number)
    comments = list(reversed(rows.object_list))
    return Conversation(
        about=about,
        said=[_said(each, person) for each in comments],
        rows=rows,
        names=known_names([*(comment.words for comment in comments), *notes]),
        is_followed=Follow.objects.is_followed(about, person),
        form=form or CommentForm(about=about),
    )


def offered_people(about: Objective | KeyResult, person: Person, words: str) -> list[Person]:
    """Whom one may mention: those of that name who may see it; asked in small batches."""
    named = Person.objects.active().exclude(pk=person.pk)
    for word in words.split():
        named = named.filter(name__icontains=word)
    people = list(named.order_by(_fitness(words), "name", "id")[:MOST_ASKED])
    offered: list[Person] = []
    for start in range(0, len(people), ASKED_AT_ONCE):
        offered += able_to_see(people[start : start + ASKED_AT_ONCE], about)
        if len(offered) >= MOST_OFFERED:
            break
    return offered[:MOST_OFFERED]


def _fitness(words: str) -> Case:
    """Who is called so first, then whose other names begin so, then all the others."""
    begins = When(name__istartswith=words, then=0)
    return Case(begins, When(name__icontains=f" {words}", then=1), default=2)


def _said(comment: Comment, person: Person) -> Said:
    return Said(comment, may_edit(person, comment), vars(comment)["may_be_removed"])
