"""Handing a key result on, weighing the parts, and the history of who changed what."""

from decimal import Decimal

import pytest

from okr.models import Change, KeyResult, Objective, Policy
from tests.cast import adopt, make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def objective(ada, cycle):
    return make_objective(ada, cycle, title="Clinics stay online")


@pytest.fixture
def key_result(objective):
    return make_key_result(objective, at="30", title="A boring failover")


def page_of(row):
    noun = "key-results" if isinstance(row, KeyResult) else "objectives"
    return f"/{noun}/{row.pk}/"


def get(person, row, more=""):
    return signed_in(person).get(page_of(row) + more)


def post(person, row, more, **typed):
    return signed_in(person).post(page_of(row) + more, typed)


def decided(**policy):
    adopt()
    Policy.objects.update(**policy)


def handed_on(ada, ben, key_result):
    post(ada, key_result, "assign/", owner=ben.pk, title="Make it boring")
    return Objective.objects.get(title="Make it boring")


def test_a_manager_hands_a_key_result_on(ada, ben, key_result):
    assert b"assign/" in get(ada, key_result).content
    assert 'value="A boring failover"' in get(ada, key_result, "assign/").content.decode()
    objective = handed_on(ada, ben, key_result)
    assert (objective.owner, objective.assigned_from) == (ben, key_result)
    assert ben.notifications.get().kind == "handed_over"
    told = text_of(get(ada, key_result))
    assert "From an objective" in told
    assert "it was assigned on as Make it boring of Ben Okafor" in told
    assert "Take it back" in told
    assert "Moves the key result A boring failover" in text_of(get(ben, objective))


def test_only_editors_hand_on_and_only_in_their_line(ada, ben, cleo, key_result):
    assert post(cleo, key_result, "assign/", owner=cleo.pk, title="Mine").status_code == 403
    answer = post(ada, key_result, "assign/", owner=cleo.pk, title="Hers")
    assert answer.status_code == 422
    assert "Choose yourself or somebody who reports to you." in text_of(answer)
    assert 'value="Hers"' in answer.content.decode()


def test_whom_the_policy_refuses_does_not_hand_on(ben, cycle):
    mine = make_key_result(make_objective(ben, cycle))
    decided(individual_creators="admins")
    assert get(ben, mine, "assign/").status_code == 403


def test_what_cannot_be_handed_on_says_why(ada, ben, key_result):
    handed_on(ada, ben, key_result)
    answer = get(ada, key_result, "assign/")
    assert answer.status_code == 403
    assert "only one thing can move it" in text_of(answer)
    assert b"assign/" not in get(ada, key_result).content


def test_the_check_in_of_an_assigned_key_result_offers_no_value(ada, ben, key_result):
    handed_on(ada, ben, key_result)
    dialog = get(ada, key_result, "check-in/")
    assert b'name="value"' not in dialog.content
    assert "Progress comes from the objective that this was assigned on as." in text_of(dialog)


def test_it_is_taken_back_with_its_number(ada, ben, cleo, key_result):
    objective = handed_on(ada, ben, key_result)
    make_key_result(objective, at="80")
    assert post(cleo, key_result, "take-back/").status_code == 403
    assert "stays at 80%" in text_of(get(ada, key_result, "take-back/"))
    assert post(ada, key_result, "take-back/").status_code == 302
    key_result.refresh_from_db()
    assert (key_result.progress, key_result.takes_value) == (Decimal(80), True)
    assert get(ada, key_result, "take-back/").status_code == 404


def test_a_secret_key_result_becomes_a_secret_objective(ada, ben, cleo, olga, cycle):
    secret = make_objective(
        ada, cycle, title="Close an office", visibility="confidential", viewers=[olga]
    )
    objective = handed_on(ada, ben, make_key_result(secret))
    assert objective.visibility == "confidential"
    assert list(objective.viewers.all()) == [olga]
    assert get(cleo, objective).status_code == 404


def test_an_objective_that_is_hidden_from_the_reader_is_not_named(ada, ben, cleo, key_result):
    handed_on(ada, ben, key_result)
    decided(individual_readers="line")
    Objective.objects.filter(pk=key_result.objective_id).update(level="company")
    told = text_of(get(cleo, key_result))
    assert "Progress comes from an objective that is not shown to you." in told
    assert "Make it boring" not in told


def test_supports_are_shown_on_both_pages_to_those_who_may_see_them(ada, ben, cleo, cycle):
    helper = make_objective(ada, cycle, title="Helps")
    secret = make_objective(ben, cycle, title="Secret", visibility="confidential")
    helped = make_objective(ben, cycle, title="Helped")
    helper.support([helped, secret])
    assert "Supports Helped , Secret" in text_of(get(ada, helper))
    assert "Supports Helped" in text_of(get(cleo, helper))
    assert "Secret" not in text_of(get(cleo, helper))
    assert "Supported by Helps" in text_of(get(cleo, helped))


def typed_weights(objective, person):
    form = signed_in(person).get(page_of(objective) + "weights/").context["form"]
    return {name: field.initial for name, field in form.fields.items()}


def test_all_weights_are_edited_at_once(ada, ben, objective, key_result, cycle):
    other = make_key_result(objective, at="90", title="Other")
    below = make_objective(ben, cycle, title="Below", parent=objective)
    make_key_result(below, at="0")
    typed = typed_weights(objective, ada)
    typed |= {f"key_result-{other.pk}": "3", f"objective-{below.pk}": "0"}
    assert post(ada, objective, "weights/", **typed).status_code == 302
    objective.refresh_from_db()
    assert objective.progress == 75
    told = text_of(get(ada, objective))
    assert "75.0% of the roll-up" in told
    assert "weight 0: shown, not counted" in told
    assert "changed the weight from 1 to 3 in Other" in told


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-1", "Enter 0 or more."),
        ("", "Enter a weight. 1 is usual, 0 is shown but not counted."),
        ("🙂", "Enter a number such as 1234.5 or 1,234.5, with a point before the decimals."),
        ("9" * 10_000, "Use at most 4 digits before the point and 2 after it."),
    ],
)
def test_a_weight_that_cannot_be_is_refused_beside_its_field(
    ada, objective, key_result, typed, sentence
):
    name = f"key_result-{key_result.pk}"
    answer = post(ada, objective, "weights/", **typed_weights(objective, ada) | {name: typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {name: [sentence]}
    assert f'value="{typed}"' in answer.content.decode()


def test_weights_that_somebody_changed_meanwhile_are_not_overwritten_unseen(
    ada, objective, key_result
):
    name = f"key_result-{key_result.pk}"
    typed = typed_weights(objective, ada) | {name: "3"}
    KeyResult.objects.update(weight=2)
    answer = post(ada, objective, "weights/", **typed)
    assert answer.status_code == 422
    assert "Somebody else set this to 2 while you were editing." in text_of(answer)
    assert KeyResult.objects.get().weight == 2
    again = post(ada, objective, "weights/", **typed | {f"was-{name}": "2.00"})
    assert again.status_code == 302
    assert KeyResult.objects.get().weight == 3


def test_others_do_not_weigh(cleo, objective, key_result):
    assert get(cleo, objective, "weights/").status_code == 403


def test_a_part_that_is_hidden_is_not_offered_for_weighing(ada, ben, cleo, cycle):
    top = make_objective(ben, cycle, title="Top")
    make_objective(cleo, cycle, title="Hidden", visibility="confidential", parent=top)
    assert "Hidden" not in text_of(get(ben, top, "weights/"))


def test_the_table_names_where_each_part_comes_from_and_sums_up(ada, ben, key_result, cycle):
    objective = key_result.objective
    below = make_objective(ben, cycle, title="Below", parent=objective)
    make_key_result(below, at="90")
    told = text_of(get(ada, objective))
    table = told[told.index("How this is calculated") :]
    assert "A boring failover By hand 30% 1 50.0% 15.0" in table
    assert "Below Rolled up 90% 1 50.0% 45.0" in table
    assert "Total, shown as 60% 60.0" in table


def test_what_was_changed_is_told_with_who_and_from_what(ada, ben, cleo, key_result):
    typed = {"title": "A dull failover", "kind": "percent", "start": "0", "target": "80"}
    typed |= {"owner": str(ben.pk), "weight": "1", "version": "1"}
    assert post(ada, key_result, "edit/", **typed).status_code == 302
    told = text_of(get(cleo, key_result))
    assert "Ada Lindqvist changed the title from “A boring failover” to “A dull failover”" in told
    assert "Ada Lindqvist changed the target from 100 to 80" in told
    assert "Ada Lindqvist changed the owner from Ada Lindqvist to Ben Okafor" in told
    assert "in A dull failover" in text_of(get(cleo, key_result.objective))


def test_a_change_names_only_what_the_reader_may_see(ada, cleo, olga, objective, cycle):
    secret = make_objective(olga, cycle, title="Close an office", visibility="confidential")
    objective.parent = secret
    objective.keep(by=olga, at=objective.created_at)
    hidden = "moved it from under nothing to under something that is not shown to you"
    assert hidden in text_of(get(cleo, objective))
    assert "moved it from under nothing to under “Close an office”" in text_of(get(olga, objective))


def test_a_stale_form_says_who_was_faster(ada, olga, objective):
    typed = {"title": "Hers", "cycle": objective.cycle_id, "owner": ada.pk, "weight": "1"}
    typed |= {"visibility": "public", "level": "individual", "version": 1}
    post(olga, objective, "edit/", **typed)
    answer = post(ada, objective, "edit/", **typed | {"title": "Mine"})
    assert answer.status_code == 422
    assert "Olga Petrenko saved it on" in text_of(answer)


def test_a_long_history_is_shown_on_request(ada, objective):
    for number in range(8):
        objective.title = f"Title {number}"
        objective.keep(by=ada, at=objective.created_at)
    assert Change.objects.count() == 8
    assert "Show all changes" in text_of(get(ada, objective))
    told = text_of(get(ada, objective, "?changes=all"))
    assert "from “Clinics stay online” to “Title 0”" in told
    assert "Show all changes" not in told
