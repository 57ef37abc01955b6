"""Which objective or key result something belongs to, and the column that says so."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.db import models
from django.db.models import Q

from okr.models.policy import readable_by

if TYPE_CHECKING:
    from okr.models.key_result import KeyResult
    from okr.models.objective import Objective
    from okr.models.person import Person

    Thing: TypeAlias = Objective | KeyResult


def thing_of(about: Any) -> "Thing | None":
    """An objective and a key result stand for themselves, all else for what it is on."""
    if about is None or is_a("KeyResult", about) or is_a("Objective", about):
        return about  # type: ignore[no-any-return]
    return getattr(about, "key_result", None) or getattr(about, "objective", None)


def column_of(about: Any) -> dict[str, Any]:
    """The column and its value; none where there is no thing."""
    thing = thing_of(about)
    return {} if thing is None else {noun_of(thing): thing}


def noun_of(thing: models.Model) -> str:
    """As columns and addresses call it."""
    return "key_result" if is_a("KeyResult", thing) else "objective"


def shown_places(person: "Person") -> tuple[Q, Q]:
    """Whether a row's objective, and its key result, are visible: the rule of `visible_to` over
    what is joined to the row, for the rows that a person has are few beside all there is to see."""
    if person.is_okr_admin:
        return Q(objective__isnull=False), Q(key_result__isnull=False)
    return readable_by(person, "objective__"), readable_by(person, "key_result__objective__")


def is_a(noun: str, about: models.Model) -> bool:
    return isinstance(about, apps.get_model("okr", noun))
