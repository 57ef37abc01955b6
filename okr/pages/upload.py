"""What a check or an import of a file shows, fifty rows at a time."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator

from okr.imports.shape import WRITTEN, Fate, Shape, Verdict
from okr.models import Upload
from okr.pages.counting import counted

A_PAGE = 50


@dataclass(frozen=True)
class UploadPage:
    upload: Upload
    shape: Shape
    fate: str
    number: str | None

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(stored[1] for stored in self.upload.verdicts)

    @property
    def tabs(self) -> list[tuple[str, str, int]]:
        return [(fate.value, fate.label, self.counts[fate]) for fate in Fate]

    @property
    def shown(self) -> str:
        """What was asked for, else what needs eyes first."""
        if self.fate in Fate:
            return self.fate
        order = (Fate.PROBLEM, Fate.CHANGED, Fate.NEW, Fate.UNCHANGED)
        return next((fate.value for fate in order if self.counts[fate]), Fate.NEW.value)

    @cached_property
    def rows(self) -> "Page[Verdict]":
        wanted = [stored for stored in self.upload.verdicts if stored[1] == self.shown]
        page = Paginator(wanted, A_PAGE).get_page(self.number)
        page.object_list = [Verdict.restored(stored) for stored in page.object_list]
        return page

    @property
    def to_write(self) -> int:
        return sum(self.counts[fate] for fate in WRITTEN)

    @property
    def rows_to_write(self) -> str:
        return counted(self.to_write, "row")

    @property
    def problems(self) -> int:
        return self.counts[Fate.PROBLEM]
