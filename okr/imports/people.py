"""People from a file: who is new, who changes, and what cannot be, row by row."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.urls import reverse

from okr.imports import hiring
from okr.imports.company import Company
from okr.imports.reading import Column, Line, RowError
from okr.imports.rows import CLEAR, Row, read_row
from okr.imports.shape import Fate, Finding, Shape, Verdict
from okr.models import Person, State
from okr.pages.counting import counted, listed

MOST_NAMED = 5


class PeopleShape(Shape):
    slug: ClassVar = "people"
    admins_only: ClassVar = True
    title: ClassVar = "Import people"
    why: ClassVar = (
        "Adds people and changes those who are here already, told apart by their e-mail address. "
        f"An empty cell leaves what is there; “{CLEAR}” clears it. Nobody is removed."
    )
    columns: ClassVar = (
        Column(
            "email",
            "What somebody signs in with",
            "dana.holt@example.com",
            required=True,
            also=("e-mail", "email_address", "e-mail_address", "mail"),
        ),
        Column("name", "Needed for somebody new", "Dana Holt", also=("full_name",)),
        Column("designation", "The job title", "Platform Engineer", also=("job_title", "title")),
        Column(
            "unit",
            "The path of the unit; what does not exist is created",
            "Larkspur / Product / Platform",
            also=("organizational_unit", "organizational_unit_(ou)", "department"),
        ),
        Column(
            "manager_email",
            "Somebody who is here, or in another row in any order",
            "ada.lindqvist@example.com",
            also=("manager", "manager_e-mail"),
        ),
        Column("role", "employee or okr_admin", "employee"),
    )

    def may_import(self, person: Person) -> bool:
        return person.is_okr_admin

    def back(self) -> str:
        return reverse("okr:people")

    def hold(self) -> None:
        Person.objects.one_at_a_time()

    def check(self, lines: Sequence[Line], by: Person) -> Finding:  # noqa: ARG002
        company = Company.load()
        rows, faults = _read(lines, company)
        sound = {number: row for number, row in rows.items() if number not in faults}
        faults |= company.conflicts(sound)
        verdicts = [_verdict(line, rows, faults, company) for line in lines]
        return Finding(verdicts, _new_units(verdicts, company))

    def write(self, finding: Finding, by: Person, at: datetime) -> None:  # noqa: ARG002
        hiring.hire(finding.plans)

    def afterwards(self) -> tuple[str, str] | None:
        return "Invite those who are new", f"{self.back()}?state={State.NOT_INVITED}"


def _read(lines: Sequence[Line], company: Company) -> tuple[dict[int, Row], dict[int, RowError]]:
    """What each row asks for, by its number; and what is wrong with single rows."""
    rows: dict[int, Row] = {}
    faults: dict[int, RowError] = {}
    first: dict[str, int] = {}
    for line in lines:
        try:
            row = read_row(line, company)
        except RowError as error:
            faults[line.number] = error
            continue
        rows[line.number] = row
        if row.email in first:
            said = f"This address is in row {first[row.email]} already."
            faults[line.number] = RowError("email", said)
        first.setdefault(row.email, line.number)
    return rows, faults


def _verdict(
    line: Line, rows: dict[int, Row], faults: dict[int, RowError], company: Company
) -> Verdict:
    what = line.cells.get("email", "")
    if fault := faults.get(line.number):
        return Verdict.problem(line, what, fault.column, fault.sentence)
    row = rows[line.number]
    changes = tuple(row.changes(company))
    fate = Fate.NEW if row.person is None else Fate.CHANGED if changes else Fate.UNCHANGED
    return Verdict(line.number, fate, row.email, changes=changes, plan=row)


def _new_units(verdicts: Sequence[Verdict], company: Company) -> list[str]:
    wanted = [each.plan.unit for each in verdicts if each.plan and each.plan.unit]
    new = list(dict.fromkeys(path for paths in map(company.missing, wanted) for path in paths))
    if not new:
        return []
    named = [" / ".join(path) for path in new[:MOST_NAMED]]
    more = counted(len(new) - MOST_NAMED, "other") if len(new) > MOST_NAMED else ""
    units = "1 unit is" if len(new) == 1 else f"{len(new):,} units are"
    return [f"{units} created: {listed([*named, *filter(None, [more])])}."]
