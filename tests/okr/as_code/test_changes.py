"""What a file changes, and what it may not: the same as its person on the pages."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from okr.access import NOT_YOURS
from okr.as_code.exporting import export
from okr.as_code.hands import FOR_ADMINS
from okr.as_code.plan import ChangedError, apply, plan
from okr.models import (
    Approval,
    AuditEntry,
    Change,
    Cycle,
    KeyResult,
    Milestone,
    Objective,
    Person,
)
from tests.cast import adopt, make_key_result, make_objective
from tests.okr.as_code.sent import faults, order


@pytest.fixture
def text(ben, cycle):
    """What Ben sees: an objective of his with a number that has moved."""
    objective = make_objective(ben, cycle, title="Calm releases")
    make_key_result(objective, "40", title="Lead time")
    return export(ben)


def told(made):
    return [f"{each.deed} {each.row.way}" for each in made.steps]


def test_a_plan_changes_nothing_and_apply_does_what_it_said(ben, text):
    changed = text.replace("title: Lead time", "title: Hours to a release\n        target: 80")

    made = plan(order(ben, changed))
    assert told(made) == ["change objectives.calm-releases.key_results.lead-time"]
    assert {each.field for each in made.steps[0].differences} == {"title", "target"}
    assert KeyResult.objects.get().title == "Lead time"

    applied = apply(order(ben, changed), made.digest)

    key_result = KeyResult.objects.get()
    assert applied.digest == made.digest
    assert (key_result.title, key_result.key) == ("Hours to a release", "lead-time")
    assert [key_result.target, key_result.current, key_result.progress] == [80, 40, 50]
    assert Change.objects.filter(key_result=key_result, by=ben).exists()
    assert export(ben) == changed


def test_what_changed_since_the_plan_is_not_applied(ben, text):
    changed = text.replace("title: Calm releases", "title: Calmer releases")
    digest = plan(order(ben, changed)).digest
    Objective.objects.update(title="Meanwhile")

    with pytest.raises(ChangedError):
        apply(order(ben, changed), digest)

    assert Objective.objects.get().title == "Meanwhile"


def test_one_fault_and_nothing_is_applied(ben, text):
    changed = text.replace("title: Calm releases", "title: Calmer releases")
    changed = changed.replace("title: Lead time", "title: Lead time\n        target: much")

    line = changed[: changed.index("target: much")].count("\n") + 1
    assert faults(ben, changed) == [
        f"Line {line}: objectives.calm-releases.key_results.lead-time.target: Enter a number such"
        " as 1234.5 or 1,234.5, with a point before the decimals."
    ]
    assert Objective.objects.get().title == "Calm releases"


def test_what_the_file_leaves_out_stays_unless_removal_is_asked_for(ben, text):
    begun = text[: text.index("    key_results:")]

    left = plan(order(ben, begun))
    removed = apply(order(ben, begun, removing=True))

    assert (told(left), left.left) == ([], 1)
    assert told(removed) == ["remove objectives.calm-releases.key_results.lead-time"]
    assert removed.loses["objectives.calm-releases.key_results.lead-time"][0].startswith("1 check")
    assert not KeyResult.objects.exists()
    assert plan(order(ben, begun, removing=True)).steps == []


def test_nobody_changes_or_removes_what_is_not_theirs(cleo, ben, text):
    seen = export(cleo)
    changed = seen.replace("title: Calm releases", "title: Ours")
    line = seen[: seen.index("calm-releases:")].count("\n") + 1

    assert faults(cleo, changed) == [f"Line {line}: objectives.calm-releases: {NOT_YOURS}"]
    emptied = seen[: seen.index("\nobjectives:")]
    made = plan(order(cleo, emptied, removing=True))
    assert (told(made), made.left) == ([], 1)


def test_only_admins_change_cycles(ben, olga, text):
    changed = text.replace("name: Autumn", "name: Late autumn")

    assert [each.partition(": ")[2] for each in faults(ben, changed)] == [
        f"cycles.autumn: {FOR_ADMINS}"
    ]
    apply(order(olga, changed))

    assert Cycle.objects.get().name == "Late autumn"
    deeds = AuditEntry.objects.order_by("id").values_list("action", "sentence")
    assert dict(deeds)["as_code.applied"] == "applied a file of OKRs: 1 change"
    assert "cycles.changed" in dict(deeds)


def test_what_is_hidden_has_no_row_and_its_key_is_taken(ben, cleo, cycle):
    make_objective(ben, cycle, title="Secret", visibility="confidential")
    key = Objective.objects.get().key or f"objective-{Objective.objects.get().pk}"
    export(ben)

    assert "Secret" not in export(cleo)
    written = f"""version: 1
objectives:
  {key}:
    title: Mine
    cycle: autumn
    owner: {cleo.email}
"""
    assert faults(cleo, written) == [
        f"Line 3: objectives.{key}: Something that is not shown to you has this key. Choose another"
        " one."
    ]


def test_a_hidden_parent_stays(ben, cleo, cycle):
    above = make_objective(ben, cycle, title="Above", visibility="confidential")
    make_objective(cleo, cycle, title="Below", parent=above)

    changed = export(cleo).replace("title: Below", "title: Below, changed")
    apply(order(cleo, changed))

    below = Objective.objects.get(title="Below, changed")
    assert below.parent == above
    assert "parent" not in changed


def test_two_objectives_swap_places_in_the_tree(ben, cycle):
    one = make_objective(ben, cycle, title="One")
    make_objective(ben, cycle, title="Two", parent=one)
    text = export(ben)
    swapped = text.replace("\n    parent: one", "")
    swapped = swapped.replace("title: One", "title: One\n    parent: two")

    apply(order(ben, swapped))

    assert list(Objective.objects.values_list("title", "parent__title")) == [
        ("One", "Two"),
        ("Two", None),
    ]
    circle = swapped.replace("title: Two", "title: Two\n    parent: one")
    assert [each.rpartition(": ")[2] for each in faults(ben, circle)] == [
        "That would close a circle in the alignment."
    ] * 2


def test_milestones_keep_what_is_done_when_they_are_renamed(ben, cycle):
    steps = make_key_result(make_objective(ben, cycle, title="A"), title="B", kind="milestones")
    done = Milestone.objects.create(key_result=steps, title="First", due_on=cycle.starts_on)
    steps.tick(done.pk, done=True, by=ben, at=timezone.now())
    text = export(ben)

    day = cycle.starts_on + timedelta(days=3)
    changed = text.replace("title: First", "title: Renamed")
    changed += f"          - title: Second\n            due_on: {day}\n"
    apply(order(ben, changed))

    titles = [(each.title, each.is_done) for each in Milestone.objects.all()]
    assert titles == [("Renamed", True), ("Second", False)]


def test_a_milestone_outside_the_cycle_is_told_at_its_line(ben, cycle):
    make_objective(ben, cycle, title="A")
    text = (
        export(ben)
        + """    key_results:
      b:
        title: B
        kind: milestones
        milestones:
          - title: Late
            due_on: 2001-01-01
"""
    )
    line = text.count("\n") - 1

    (fault,) = faults(ben, text)

    way = "objectives.a.key_results.b.milestones.due_on"
    assert fault.startswith(f"Line {line}: {way}: Choose a day within the cycle")


def test_a_policy_about_who_creates_and_approves_holds(ben, text):
    adopt(individual_creators="managers")
    new = text + f"\n  more:\n    title: More\n    cycle: autumn\n    owner: {ben.email}\n"

    assert "not everybody creates objectives" in faults(Person.objects.get(pk=ben.pk), new)[0]
    adopt(individual_creators="everyone", approval_on=True)
    apply(order(Person.objects.get(pk=ben.pk), new))

    assert Objective.objects.get(key="more").approval == Approval.DRAFT


def test_a_closed_objective_means_no_change_and_takes_none(ben, text):
    objective = Objective.objects.get()
    objective.close(by=ben, at=timezone.now(), score=Decimal(1), retrospective="", outcome="close")

    assert export(ben) == text
    assert NOT_YOURS in faults(ben, text.replace("title: Calm releases", "title: X"))[0]


def test_a_plan_costs_the_same_for_3_and_for_30(ben, cycle, django_assert_max_num_queries):
    def queries(number):
        for place in range(number):
            make_key_result(make_objective(ben, cycle, title=f"O {number} {place}"), "1")
        text = export(ben)
        with django_assert_max_num_queries(80) as counted:
            assert plan(order(ben, text)).steps == []
        return len(counted)

    assert queries(3) == queries(30)


def test_a_unit_is_known_by_its_name_or_path_and_an_unknown_one_is_told(ada, cycle):
    text = f"""version: 1
objectives:
  calm:
    title: Calm
    cycle: autumn
    unit: Platform
    owner: {ada.email.upper()}
"""
    export(ada)
    apply(order(ada, text))

    assert Objective.objects.get().unit == ada.unit
    assert plan(order(ada, text)).steps == []
    assert (
        "unit: Choose a unit that you lead." in faults(ada, text.replace("Platform", "Nowhere"))[0]
    )
