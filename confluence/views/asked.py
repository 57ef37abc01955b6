"""What a dialog of publishing is about, as its address says it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from confluence.models import PublishedPage, PublishingSpace, Subject
from confluence.who_publishes import spaces_to_publish
from okr.access import person_of
from okr.models import Cycle, Unit


@dataclass(frozen=True, slots=True)
class Asked:
    """A row without a page is not stored before it is needed."""

    row: PublishedPage
    spaces: list[PublishingSpace]

    @property
    def subject(self) -> Subject:
        return Subject(self.row.subject)

    @property
    def back(self) -> str:
        unit, cycle = self.row.unit, self.row.cycle.pk
        if unit is None:
            return f"{reverse('okr:company')}?cycle={cycle}"
        if self.subject == Subject.OKRS:
            return f"{reverse('okr:team', args=[unit.slug])}?cycle={cycle}"
        return reverse("okr:unit_review", args=[cycle, unit.slug])

    def address(self, name: str) -> str:
        where = [self.subject.value, self.row.cycle.pk]
        unit = [self.row.unit.slug] if self.row.unit else []
        return reverse(f"confluence:{name}{'' if unit else '_company'}", args=[*where, *unit])


def asked(request: HttpRequest, subject: str, cycle: int, slug: str) -> Asked:
    """403 with the reason for whoever may not publish it, or where nobody may."""
    if subject not in Subject.values:
        raise Http404
    units = Unit.objects.select_related("lead")
    unit = get_object_or_404(units, slug=slug) if slug else None
    spaces = spaces_to_publish(person_of(request), unit)
    found = get_object_or_404(Cycle, pk=cycle)
    connection = spaces[0].connection
    row = PublishedPage.objects.to_write(Subject(subject), unit, found, connection)
    return Asked(row, spaces)
