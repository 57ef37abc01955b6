"""A page of Confluence that tells of a cycle of a unit or of the company: what we wrote last."""

from datetime import datetime
from typing import Self

from django.db import models, transaction

from confluence.client import Space, Written
from confluence.models.attempt import Attempt
from confluence.models.connection import ConfluenceConnection
from okr.models import Cycle, Person, Unit

PLACED = (
    *("number", "version", "path", "title", "mark", "attempted"),
    *("connection", "space_number", "space_key", "space_name"),
)


class Subject(models.TextChoices):
    OKRS = "okrs", "OKRs"
    REVIEW = "review", "Review"


class PublishedPageQuerySet(models.QuerySet["PublishedPage"]):
    def about(self, subject: Subject, unit: Unit | None, cycle: Cycle) -> "PublishedPage | None":
        """The one page of this; None before anybody published it."""
        return self.with_all().filter(subject=subject, unit=unit, cycle=cycle).first()

    def to_write(
        self, subject: Subject, unit: Unit | None, cycle: Cycle, connection: ConfluenceConnection
    ) -> "PublishedPage":
        """As it is before anybody published it until then: nothing is stored yet."""
        of = {"subject": subject, "unit": unit, "cycle": cycle}
        return self.about(subject, unit, cycle) or PublishedPage(connection=connection, **of)

    def begin(
        self, subject: Subject, unit: Unit | None, cycle: Cycle, connection: ConfluenceConnection
    ) -> "PublishedPage":
        """The row of this; a page that exists stays in its own Confluence."""
        of = {"subject": subject, "unit": unit, "cycle": cycle}
        row, _ = self.get_or_create(**of, defaults={"connection": connection})
        return row

    def with_all(self) -> Self:
        return self.select_related("connection", "unit__lead", "cycle", "by")

    def published(self) -> Self:
        """Of which there was a page at some time."""
        return self.exclude(at=None)

    def visible_to(self, person: Person) -> Self:
        """Those that they may publish anew."""
        return self if person.is_okr_admin else self.filter(unit__lead=person)


class PublishedPage(Attempt):
    """Without a number as long as there is no page that we know of."""

    connection = models.ForeignKey(
        ConfluenceConnection, on_delete=models.CASCADE, related_name="published"
    )
    subject = models.CharField(max_length=8, choices=Subject)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        help_text="None for the company.",
    )
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    with_notes = models.BooleanField(default=True)
    with_reviews = models.BooleanField(default=False)
    space_number = models.BigIntegerField(null=True)
    space_key = models.CharField(max_length=255, blank=True)
    space_name = models.CharField(max_length=255, blank=True)
    number = models.BigIntegerField(null=True)
    title = models.CharField(max_length=255, blank=True)
    path = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="The one that we wrote last.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    told = models.CharField(max_length=64, blank=True, help_text="What the page says, in short.")

    objects = PublishedPageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "unit", "cycle"], name="a_units_cycle_is_published_once"
            ),
            models.UniqueConstraint(
                fields=["subject", "cycle"],
                condition=models.Q(unit=None),
                name="a_companys_cycle_is_published_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.of}: {self.get_subject_display()} {self.cycle}"

    @property
    def of(self) -> str:
        return self.unit.name if self.unit else "Company"

    @property
    def url(self) -> str:
        return self.connection.page_url(self.number or 0, self.path) if self.number else ""

    @property
    def versions_url(self) -> str:
        """What the page was before; both kinds have this address."""
        path = f"/pages/viewpreviousversions.action?pageId={self.number}"
        return self.connection.page_url(self.number or 0, path)

    @property
    def space(self) -> Space:
        return Space(self.space_number or 0, self.space_key, self.space_name)

    def choose(self, *, notes: bool, reviews: bool) -> None:
        """What stands in it beside the numbers, from now on."""
        self.put(with_notes=notes, with_reviews=reviews)

    def place(self, connection: ConfluenceConnection, space: Space, title: str) -> None:
        """Where a page of this is about to be made. One that was published before is none of ours
        any more; it stays in Confluence as it is."""
        self.put(
            number=None,
            version=0,
            path="",
            connection=connection,
            space_number=space.id,
            space_key=space.key,
            space_name=space.name,
            title=title,
        )

    def stands_in(self, space: Space) -> None:
        self.put(space_number=space.id, space_key=space.key, space_name=space.name)

    def written(self, page: Written, by: Person, at: datetime, told: str, over: int) -> None:
        """`over` is the version of somebody else that it took the place of; 0 for none."""
        with transaction.atomic():
            self.put(
                number=page.id,
                title=page.title,
                path=page.path or self.path,
                version=page.version,
                by=by,
                at=at,
                told=told,
                is_doubtful=False,
                failure_code="",
                failure_facts={},
            )
            self.publications.create(
                by=by,
                at=at,
                number=page.id,
                version=page.version,
                over=over,
                title=page.title,
                space=self.space_name or self.space_key,
                url=self.url,
            )

    def found(self, page: Written, version: int) -> None:
        """What an earlier try made, as this version."""
        self.put(number=page.id, path=page.path, version=version)

    def put_back(self, before: "PublishedPage") -> None:
        """To the page that there was before another was tried."""
        self.put(**{name: getattr(before, name) for name in PLACED})
