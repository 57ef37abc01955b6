"""Which objective or key result something belongs to, and the column that says so."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

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


def shown_places(person: "Person") -> tuple[Exists, Exists]:
    """Whether a row's objective, and its key result, are visible: a look-up for each row, for the
    rows that a person has are few beside all that there is to see."""
    objectives: Any = apps.get_model("okr", "Objective").objects
    key_results: Any = apps.get_model("okr", "KeyResult").objects
    return (
        Exists(objectives.visible_to(person).filter(pk=OuterRef("objective"))),
        Exists(key_results.visible_to(person).filter(pk=OuterRef("key_result"))),
    )


def is_a(noun: str, about: models.Model) -> bool:
    return isinstance(about, apps.get_model("okr", noun))
