"""An objective to begin from, with the key results that would measure it; the company's own."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from okr.models.key_result import KeyResult
from okr.models.kind import THRESHOLDS, Kind
from okr.models.objective import Objective, Visibility
from okr.models.person import Person
from okr.models.version import Versioned

MOST_MEASURES = 10
READ_BY_ALL = (
    "A confidential objective cannot become a template, because everybody reads the templates."
)


class Category(models.TextChoices):
    LEADERSHIP = "leadership", "Leadership"
    PRODUCT = "product", "Product"
    ENGINEERING = "engineering", "Engineering"
    SALES = "sales", "Sales"
    MARKETING = "marketing", "Marketing"
    SUPPORT = "support", "Support"
    PEOPLE = "people", "People"
    FINANCE = "finance", "Finance"
    OPERATIONS = "operations", "Operations"


@dataclass(frozen=True, slots=True)
class Measure:
    """A key result that is not one yet: nobody owns it and nothing has been measured."""

    title: str
    kind: str = Kind.PERCENT
    start: Decimal = Decimal(0)
    target: Decimal = Decimal(100)
    measured_in: str = ""

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        """From a document; numbers may be written as text, so that none is rounded."""
        written: dict[str, Any] = dict(stored)
        for name in written.keys() & {"start", "target"}:
            written[name] = Decimal(str(written[name]))
        return cls(**written)

    @classmethod
    def from_key_result(cls, key_result: KeyResult) -> Self:
        """Milestones have dates of their own cycle; here they become a percentage."""
        kind = Kind.PERCENT if key_result.kind == Kind.MILESTONES else key_result.kind
        return cls(
            key_result.title, kind, key_result.start, key_result.target, key_result.measured_in
        )

    @property
    def stored(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}

    @property
    def is_threshold(self) -> bool:
        return self.kind in THRESHOLDS

    def key_result(self, objective: Objective) -> KeyResult:
        """As its objective's owner would begin it; not saved."""
        return KeyResult(
            objective=objective,
            owner=objective.owner,
            title=self.title,
            kind=self.kind,
            start=self.start,
            target=self.target,
            current=self.start,
            measured_in=self.measured_in,
        )


class TemplateQuerySet(models.QuerySet["Template"]):
    def from_objective(
        self, objective: Objective, *, category: str, by: Person, at: datetime
    ) -> "Template":
        """Keeps its title, description and key results. Raises ValidationError if confidential."""
        if objective.visibility == Visibility.CONFIDENTIAL:
            raise ValidationError(READ_BY_ALL)
        rows = objective.key_results.all()[:MOST_MEASURES]
        template = self.model(
            title=objective.title, about=objective.description, category=category, by=by, at=at
        )
        template.measures = [Measure.from_key_result(row) for row in rows]
        template.keep()
        return template


class Template(Versioned):
    title = models.CharField(max_length=200)
    about = models.TextField(max_length=10_000, blank=True)
    category = models.CharField(max_length=20, choices=Category)
    stored_measures = models.JSONField(
        default=list, blank=True, help_text="A list of key results: title, kind, start, target."
    )
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=Category.values), name="a_template_has_a_category"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"own-{self.pk}"

    @property
    def measures(self) -> list[Measure]:
        return [Measure.of(each) for each in self.stored_measures]

    @measures.setter
    def measures(self, measures: list[Measure]) -> None:
        self.stored_measures = [measure.stored for measure in measures]

    def clean(self) -> None:
        if len(self.stored_measures) > MOST_MEASURES:
            raise ValidationError(f"Use at most {MOST_MEASURES} key results.")

    def keep(self) -> None:
        """Saves a new or changed template. Raises StaleError where it was saved meanwhile."""
        self.full_clean()
        with transaction.atomic():
            self.claim_version()
            self.save()

    def remove(self) -> None:
        """Deletes it; the objectives that began from it stay."""
        self.delete()
