"""A file of OKRs: what is exported means no change, and can be planted anew byte for byte."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from okr.as_code.exporting import MissingError, export
from okr.as_code.plan import apply, plan
from okr.models import Cycle, Milestone, Objective, assign
from okr.models.policy import Readers
from tests.cast import adopt, make_cycle, make_key_result, make_objective
from tests.okr.as_code.sent import order


@pytest.fixture
def company(ada, ben, cleo, olga, cycle):
    """Something of everything that a file can say."""
    top = make_objective(olga, cycle, title="Clinics run themselves", level="company")
    unit = make_objective(
        ada,
        cycle,
        title="Platform: as calm as 100 %",
        level="unit",
        unit=ada.unit,
        parent=top,
        weight=Decimal("2.5"),
        description="Why it matters.\r\n\r\n  - left out: 'everything' else",
    )
    unit.tag(["Reliability", "2026"])
    lead_time = make_key_result(unit, "4", title="Lead time", kind="number", start=9, target=3)
    make_key_result(unit, title="No", kind="yes_no", start=0, target=1, owner=ben)
    make_key_result(unit, title="Errors", kind="stay_below", start=0, target=Decimal("0.25"))
    steps = make_key_result(unit, title="Steps", kind="milestones")
    for day in (9, 3):
        due_on = cycle.starts_on + timedelta(days=day)
        Milestone.objects.create(key_result=steps, title=f"Day {day}", due_on=due_on)
    moved = Objective(owner=ben, title="Lead time", cycle=cycle)
    assign(lead_time, moved, by=ada, at=timezone.now())
    secret = make_objective(cleo, cycle, title="Buy them", visibility="confidential", viewers=[ben])
    secret.support([unit, top])
    make_objective(ben, make_cycle("Winter", today=cycle.ends_on + timedelta(weeks=8)))
    return olga


def wipe():
    while objective := Objective.objects.first():
        objective.remove()
    Cycle.objects.all().delete()


def test_the_plan_of_what_is_exported_is_empty_for_everybody(company, ada, ben, cleo):
    for person in (company, ada, ben, cleo):
        made = plan(order(person, export(person)))

        assert not made.steps, [each.told for each in made.steps]
        assert made.left == 0


def test_what_was_wiped_is_planted_anew_with_the_same_bytes(company):
    text = export(company)

    wipe()
    made = apply(order(company, text))

    assert {each.deed for each in made.steps} == {"add"}
    assert export(company) == text
    assert Objective.objects.filter(title="Lead time", assigned_from__key="lead-time").exists()


def test_a_confidential_title_does_not_become_a_key(company):
    assert "buy-them" not in export(company)


def test_the_file_of_a_unit_holds_what_is_its_own_and_takes_nothing_from_others(company, ada):
    text = export(company, unit=ada.unit.name)

    assert "platform-as-calm-as-100" in text
    assert "parent: clinics-run-themselves" in text
    assert "clinics-run-themselves:" not in text
    assert "cycles:" not in text
    made = plan(order(company, text, removing=True))
    assert (made.steps, made.digest) == ([], plan(order(company, export(company))).digest)
    with pytest.raises(MissingError, match="No unit has the name Nowhere"):
        export(company, unit="Nowhere")


def test_a_title_that_the_policy_shows_to_some_does_not_become_a_key(company, ben):
    adopt(individual_readers=Readers.LINE)
    hidden = Objective.objects.filter(level="individual", key=None)[0]

    export(company)

    hidden.refresh_from_db()
    assert hidden.key == f"objective-{hidden.pk}"
