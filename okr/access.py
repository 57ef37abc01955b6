"""The one way a view obtains an object: what a person may not see is not there."""

from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from okr.models import Person

M = TypeVar("M", bound=Model)
ADMINS_ONLY = "This page is for OKR admins. If you need it, ask an OKR admin."
NOT_YOURS = (
    "Only its owner, the owner's managers and OKR admins can change this,"
    " and only while it is open."
)

NOT_CREATING = (
    "In this company not everybody creates objectives."
    " Ask your manager or an OKR admin to create yours."
)

CLOSERS = (
    "Only its owner, the owner's managers and OKR admins can close this, once,"
    " and only while its cycle is open."
)
REOPENERS = (
    "Only the owner's managers and OKR admins can reopen a closed objective,"
    " and only while its cycle is open."
)
REVIEWERS = (
    "Only the owner's managers and OKR admins can review this, never the owner,"
    " and only while its cycle is open."
)

NOT_YOURS_TO_REMIND = (
    "Only who leads this team, who manages somebody in it and OKR admins can remind its people."
)
NOT_YOUR_WORDS = "Only who wrote a comment can change it."
NOT_YOURS_TO_DELETE = "Only who wrote a comment and OKR admins can delete it."


def person_of(request: HttpRequest) -> Person:
    """Who is signed in. Views behind the sign-in may count on a person."""
    assert isinstance(request.user, Person)  # noqa: S101  narrows the type; the middleware ensures it
    return request.user


def get_visible(request: HttpRequest, rows: QuerySet[M], pk: int) -> M:
    """The object, or 404 as if it did not exist. `rows` must know `visible_to`."""
    visible: Any = rows
    person = person_of(request)
    found: M = get_object_or_404(with_rights(visible.visible_to(person), person), pk=pk)
    return found


def get_editable(request: HttpRequest, rows: QuerySet[M], pk: int) -> M:
    """The object to change: unseen is 404, seen but refused is 403."""
    found = get_visible(request, rows, pk)
    if not may_edit(person_of(request), found):
        raise PermissionDenied(NOT_YOURS)
    return found


def refuse_unless(permitted: QuerySet[Any], sentence: str) -> None:
    """For what is seen, and may be done by the people that the sentence names."""
    if not permitted.exists():
        raise PermissionDenied(sentence)


def with_rights(rows: QuerySet[M], person: Person) -> QuerySet[M]:
    """Lets `may_edit` answer for each of these rows, and this person, without a query."""
    same: Any = rows.model._default_manager.filter(pk=OuterRef("pk"))
    known: Any = rows.annotate(may_be_edited=Exists(same.editable_by(person)))
    return cast("QuerySet[M]", known)


def may_edit(person: Person, found: Model) -> bool:
    known: bool | None = vars(found).get("may_be_edited")
    if known is not None:
        return known
    rows: Any = type(found)._default_manager
    return bool(rows.filter(pk=found.pk).editable_by(person).exists())


def require_creator(request: HttpRequest) -> Person:
    """Somebody whom the policy lets create objectives of some level; others get a 403."""
    person = person_of(request)
    if not person.may_create_any:
        raise PermissionDenied(NOT_CREATING)
    return person


def require_admin(request: HttpRequest) -> Person:
    """The signed-in OKR admin; anybody else gets a 403 that explains itself."""
    person = person_of(request)
    if not person.is_okr_admin:
        raise PermissionDenied(ADMINS_ONLY)
    return person
