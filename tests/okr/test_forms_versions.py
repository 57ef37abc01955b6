"""Two people edit the same thing: the second is shown what the first saved, and loses nothing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from okr.models import KeyResult, Objective, StaleError
from tests.cast import make_cycle, make_key_result, make_objective, make_person, signed_in
from tests.okr.pages import text_of


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle)


def address(objective):
    return f"/objectives/{objective.pk}/edit/"


def typed(objective, **fields):
    return {
        "title": objective.title,
        "description": "",
        "cycle": objective.cycle_id,
        "owner": objective.owner_id,
        "level": "individual",
        "weight": "1",
        "visibility": "public",
        "version": objective.version,
        **fields,
    }


def test_the_form_sends_the_version_that_was_read(objective, ben):
    page = signed_in(ben).get(address(objective)).content.decode()
    assert '<input type="hidden" name="version" value="1">' in page


def test_the_second_save_of_a_stale_form_is_refused_with_a_comparison(objective, ada, ben):
    assert (
        signed_in(ada).post(address(objective), typed(objective, title="Hers")).status_code == 302
    )
    answer = signed_in(ben).post(address(objective), typed(objective, title="His"))
    assert answer.status_code == 422
    told = text_of(answer)
    assert "This was saved by somebody else while you were editing." in told
    assert "Title His Hers" in told
    assert "Weight" not in told.split("Saved now")[1].split("What you want")[0]
    assert "Save mine anyway" in told
    assert "Take the saved one" in told
    assert 'value="His"' in answer.content.decode()
    assert Objective.objects.get().title == "Hers"


def test_mine_is_saved_anyway_against_what_was_compared(objective, ada, ben):
    browser = signed_in(ben)
    signed_in(ada).post(address(objective), typed(objective, title="Hers"))
    answer = browser.post(address(objective), typed(objective, title="His"))
    assert '<input type="hidden" name="version" value="2">' in answer.content.decode()
    again = browser.post(address(objective), typed(objective, title="His", version=2))
    assert again.status_code == 302
    assert Objective.objects.get().title == "His"


def test_whoever_saves_anyway_is_asked_anew_where_a_third_was_faster(objective, ada, ben, olga):
    for person in (ada, olga):
        current = Objective.objects.get()
        signed_in(person).post(address(objective), typed(current, title=person.name))
    answer = signed_in(ben).post(address(objective), typed(objective, title="His", version=2))
    assert answer.status_code == 422
    assert "Title His Olga Petrenko" in text_of(answer)


def test_a_double_click_is_no_conflict(objective, ben):
    browser = signed_in(ben)
    for _ in range(2):
        assert browser.post(address(objective), typed(objective, title="His")).status_code == 302


def test_a_wrong_field_keeps_the_version_that_was_read(objective, ada, ben):
    signed_in(ada).post(address(objective), typed(objective, title="Hers"))
    answer = signed_in(ben).post(address(objective), typed(objective, title=""))
    assert answer.status_code == 422
    assert '<input type="hidden" name="version" value="1">' in answer.content.decode()


@pytest.mark.parametrize("version", ["", "🙂", "9" * 40, "-1"])
def test_a_version_that_nobody_sent_breaks_nothing(objective, ben, version):
    answer = signed_in(ben).post(address(objective), typed(objective, title="His", version=version))
    assert answer.status_code in (302, 422)


def test_the_comparison_does_not_name_what_is_hidden(objective, ben, cleo, olga, cycle):
    hidden = make_objective(cleo, cycle, title="Close the office", visibility="confidential")
    moved = typed(objective, parent=hidden.pk, level="individual")
    assert signed_in(olga).post(address(objective), moved).status_code == 302
    answer = signed_in(ben).post(address(objective), typed(objective, title="His"))
    assert answer.status_code == 422
    assert "Close the office" not in text_of(answer)


def test_a_key_result_compares_its_numbers_in_words(objective, ben, ada):
    key_result = make_key_result(objective, at="40")
    url = f"/key-results/{key_result.pk}/edit/"
    fields = {"title": "Other", "kind": "percent", "start": "0", "weight": "1", "version": 1}
    fields |= {"owner": ben.pk}
    assert signed_in(ada).post(url, fields | {"target": "60"}).status_code == 302
    answer = signed_in(ben).post(url, fields | {"target": "80"})
    assert answer.status_code == 422
    assert "To 80 60" in text_of(answer)


def test_whoever_may_not_edit_is_refused_before_anything_is_compared(objective, ada, cleo):
    signed_in(ada).post(address(objective), typed(objective, title="Hers"))
    assert signed_in(cleo).post(address(objective), typed(objective)).status_code == 403


def test_something_deleted_meanwhile_is_told(objective):
    stale = Objective.objects.get()
    objective.remove()
    with pytest.raises(StaleError) as refused:
        stale.keep()
    assert refused.value.stored is None


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_in_the_same_moment_one_gets_through():
    ben = make_person("Ben Okafor")
    pk = make_key_result(make_objective(ben, make_cycle())).pk
    start = Barrier(2)
    with ThreadPoolExecutor(2) as people:
        kept = list(people.map(lambda title: saved(pk, title, start), ("One", "Other")))
    assert sorted(kept) == [False, True]
    assert KeyResult.objects.get().version == 2


def saved(pk, title, start):
    try:
        copy = KeyResult.objects.get(pk=pk)
        copy.title = title
        start.wait(timeout=30)
        copy.keep()
    except StaleError:
        return False
    finally:
        connection.close()
    return True
