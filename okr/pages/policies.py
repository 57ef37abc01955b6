"""The page of the policies: what each choice means, and how many people it touches."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.forms.boundfield import BoundField

from okr.factors import with_factor
from okr.forms.policies import PolicyForm
from okr.models import Approval, Objective, Person, Role, Unit, Visibility
from okr.models.policy import Creators, Factors, Readers


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people there are of each kind, and how much there is to read."""

    people: int
    managers: int
    admins: int
    objectives: int
    unapproved: int
    without_factor: int
    admins_without: int

    @classmethod
    def count(cls) -> "Reach":
        active = Person.objects.active()
        reports = active.filter(manager=OuterRef("pk"))
        leads = Unit.objects.filter(lead=OuterRef("pk"))
        writing = Q(Exists(reports)) | Q(Exists(leads)) | Q(role=Role.OKR_ADMIN)
        without = active.exclude(pk__in=with_factor())
        individual = Objective.objects.open().filter(level="individual")
        return cls(
            people=active.count(),
            managers=active.filter(writing).count(),
            admins=active.filter(role=Role.OKR_ADMIN).count(),
            unapproved=Objective.objects.open().exclude(approval=Approval.APPROVED).count(),
            without_factor=without.count(),
            admins_without=without.filter(role=Role.OKR_ADMIN).count(),
            objectives=individual.filter(visibility=Visibility.PUBLIC).count(),
        )

    def words(self, choice: str) -> str:
        return {
            f"creators:{Creators.EVERYONE}": f"{_people(self.people)} may.",
            f"creators:{Creators.MANAGERS}": f"{_people(self.managers)} may: those who lead a unit "
            "or whom somebody reports to, for themselves and their line, and OKR admins.",
            f"creators:{Creators.ADMINS}": f"{_people(self.admins)} may, for everybody.",
            f"readers:{Readers.EVERYONE}": f"{_people(self.people)} may read "
            f"{_public(self.objectives)}.",
            f"readers:{Readers.UNIT}": "The people of the owner’s unit, the owner’s managers and "
            "OKR admins.",
            f"readers:{Readers.LINE}": "The owner’s managers and OKR admins, nobody else.",
            f"factors:{Factors.NOBODY}": "Each person decides for themselves.",
            f"factors:{Factors.ADMINS}": f"{_people(self.admins)}, {_to_add(self.admins_without)}",
            f"factors:{Factors.EVERYONE}": f"{_people(self.people)}, "
            f"{_to_add(self.without_factor)}",
        }[choice]


@dataclass(frozen=True, slots=True)
class PoliciesPage:
    form: PolicyForm
    reach: Reach

    @property
    def creators(self) -> Iterator[tuple[Any, str]]:
        return self._explained(self.form["individual_creators"], "creators")

    @property
    def readers(self) -> Iterator[tuple[Any, str]]:
        return self._explained(self.form["individual_readers"], "readers")

    @property
    def factors(self) -> Iterator[tuple[Any, str]]:
        return self._explained(self.form["second_factor"], "factors")

    @property
    def needing_approval(self) -> str:
        """Everybody but the admins: managers need it for what they own themselves."""
        return _people(self.reach.people - self.reach.admins)

    @property
    def unapproved(self) -> str:
        """What turning the approval off would leave as it is."""
        number = self.reach.unapproved
        return "1 objective" if number == 1 else f"{number:,} objectives"

    @property
    def reminded(self) -> str:
        return _people(self.reach.people)

    def _explained(self, field: BoundField, kind: str) -> Iterator[tuple[Any, str]]:
        for option in field:
            yield option, self.reach.words(f"{kind}:{option.data['value']}")


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def _to_add(number: int) -> str:
    have = "has" if number == 1 else "have"
    return (
        f"of whom {number:,} {have} none yet and will be asked to add one."
        if number
        else ("each of whom has one.")
    )


def _public(number: int) -> str:
    if number == 1:
        return "the 1 individual objective that is open and not confidential"
    return f"the {number:,} individual objectives that are open and not confidential"
