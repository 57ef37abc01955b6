"""How a key result is measured: chosen with the outcome in view, worked out without a call."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jira_integration import sync
from jira_integration.calculation import Category, IssueId, Measure, Scale, Work, calculate
from jira_integration.carrying import carried
from jira_integration.counting import Way
from jira_integration.models import IntegrationSettings, JiraConnection, Measuring, SyncRun, Trigger
from okr import slots
from okr.models import Person
from tests.cast import make_key_result, signed_in
from tests.jira_integration.pages import page_of, words
from tests.jira_integration.stage import link, meanwhile, progress, read, rescale

categories = st.sampled_from(list(Category))


def address(key_result) -> str:
    return f"/key-results/{key_result.pk}/jira/measure/"


def choose(key_result, measure="share", person=None):
    client = signed_in(person or key_result.owner)
    return client.post(address(key_result), {"measure": measure})


def work_off() -> None:
    sync.run_waiting(JiraConnection.objects.get().pk)


@given(st.dictionaries(st.integers(1, 99), categories, min_size=1), st.integers(0, 40))
def test_the_share_of_done_is_that_whatever_the_percentages(found, to_do):
    works = [Work(IssueId(1, number), category) for number, category in found.items()]
    method = Way(Measure.SHARE).method(Scale(to_do, 50, 90, version=7), {})

    done = sum(category is Category.DONE for category in found.values())
    assert calculate(works, method).progress == Fraction(100 * done, len(works))
    assert method.scale.version == 7


def test_each_choice_shows_the_number_that_it_makes(followed):
    told = words(signed_in(followed.owner).get(address(followed)).content.decode())

    assert "To Do counts as 0%, In Progress as 50% and Done as 100%. Makes 62%" in told
    assert "work in progress counts as nothing. Makes 54%" in told


def test_the_choice_moves_the_number_without_a_call(jira, followed):
    jira.forget_calls()

    assert choose(followed).status_code == 302
    work_off()

    assert progress(followed) == Decimal("53.8462")
    assert not jira.calls
    page = words(page_of(followed))
    assert "(7 Done × 100 + 2 In Progress × 0 + 4 To Do × 0) ÷ 13 issues = 53.8%" in page
    assert "How it is measured: Share of Done" in page
    last = followed.measurements.in_order().last()
    assert last.why["parts"] == {"settings": "-100/13"}
    assert slots.reasons(followed.measurements.in_order())[last.pk].words == "Measure changed"


def test_what_is_measured_by_its_share_keeps_out_of_new_percentages(followed):
    choose(followed)
    work_off()
    rescale(10, 60, 90)
    read(trigger=Trigger.SETTINGS)

    assert progress(followed) == Decimal("53.8462")


def test_choosing_what_is_in_use_asks_for_nothing(followed):
    SyncRun.objects.all().delete()

    choose(followed, "mean")

    assert not SyncRun.objects.exists()
    assert not Measuring.objects.exists()


def test_the_preview_of_a_link_is_measured_as_the_number_is(followed):
    choose(followed)
    client = signed_in(followed.owner)

    answer = client.post(f"/key-results/{followed.pk}/jira/preview/", {"text": "DEMO-8"})
    assert "54%" in words(answer.content.decode())


@pytest.mark.parametrize("sent", ["", "points", "mean\0"])
def test_what_is_no_measure_is_refused(followed, sent):
    assert choose(followed, sent).status_code == 422
    assert not Measuring.objects.exists()


def test_it_is_refused_to_whoever_may_not_edit_or_not_link(followed, ben, cleo):
    assert choose(followed, person=cleo).status_code == 403
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=cleo.pk))
    assert choose(followed, person=ben).status_code == 403
    assert "choose-measure" not in page_of(followed)
    assert not Measuring.objects.exists()


def test_the_measure_goes_along_into_another_cycle(followed):
    choose(followed)
    new = make_key_result(followed.objective, title="Carried")

    carried([(followed, new)])

    assert Measuring.objects.of(new).measure is Measure.SHARE


@pytest.mark.django_db(transaction=True)
def test_a_measure_chosen_during_a_reading_waits_for_its_own_run(jira, followed):
    jira.move("DEMO-8", "Done")
    meanwhile(
        jira,
        "bulkfetch",
        lambda: Measuring.objects.choose(followed, Way(Measure.SHARE), followed.owner),
    )
    link(followed, "DEMO-1")
    work_off()

    assert progress(followed) == Decimal("61.5385")
