"""OKRs as a file in the browser: taken away, brought back, looked at, and done as it was shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from okr.as_code.exporting import export
from okr.models import AuditEntry, Cycle, FilePlan, KeyResult, Objective
from tests.cast import make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

START = "/okr-file/"
NEW = "      new-one:\n        title: New one\n        kind: number\n        target: 7\n"
SHOWN = (
    "okrs.yaml",
    "Nothing is changed yet",
    "The file would make 2 changes: 1 to add and 1 to change.",
    "Calmer releases Autumn",
    "~ Change objective Calmer releases calm-releases line 12",
    "title Calm releases → becomes Calmer releases",
    "tags without − Speed with + Safety",
    "+ Add key result New one new-one",
    "kind number",
    "target 7",
    "Make 2 changes",
)


@pytest.fixture
def window(ben, cycle):
    objective = make_objective(ben, cycle, title="Calm releases")
    make_key_result(objective, "40", title="Lead time")
    objective.tag(["Speed"])
    return signed_in(ben)


def bring(window, text, **more):
    return window.post(START, {"text": text, **more})


def confirm(window, place, **more):
    digest = FilePlan.objects.latest("pk").digest
    return window.post(f"{place}confirmation/", {"digest": digest} | more, follow=True)


def taken(window, **asked):
    return window.get(f"{START}download/", asked).content.decode()


def test_a_file_is_taken_away(window):
    answer = window.get(f"{START}download/")

    assert answer["Content-Type"] == "application/yaml; charset=utf-8"
    assert "okrs-" in answer["Content-Disposition"]


def test_a_file_is_brought_back_shown_and_done(window):
    changed = taken(window).replace("title: Calm", "title: Calmer").replace("- Speed", "- Safety")
    file = SimpleUploadedFile("okrs.yaml", (changed + NEW).encode())
    place = window.post(START, {"file": file})["Location"]

    shown = text_of(window.get(place))
    for words in SHOWN:
        assert words in shown, words
    assert Objective.objects.get().title == "Calm releases"

    done = text_of(confirm(window, place))

    assert "2 changes made: 1 added and 1 changed." in done
    assert "Added key result New one" in done
    assert Objective.objects.get().title == "Calmer releases"
    assert KeyResult.objects.filter(key="new-one", target=7).exists()
    assert FilePlan.objects.get().text == ""


def test_a_second_press_changes_nothing(window):
    place = bring(window, taken(window).replace("title: Calm", "title: Calmer"))["Location"]
    confirm(window, place)
    Objective.objects.update(title="Meanwhile")

    assert "1 change made." in text_of(confirm(window, place))
    assert Objective.objects.get().title == "Meanwhile"


def test_what_changed_since_it_was_shown_is_shown_again_and_not_done(window):
    place = bring(window, taken(window).replace("title: Calm", "title: Calmer"))["Location"]
    Objective.objects.update(title="Meanwhile")

    told = text_of(confirm(window, place))

    assert "Something changed since this was shown." in told
    assert "title Meanwhile → becomes Calmer releases" in told
    assert Objective.objects.get().title == "Meanwhile"
    confirm(window, place)
    assert Objective.objects.get().title == "Calmer releases"


@pytest.mark.parametrize("digest", ["", "0" * 32])
def test_what_was_not_shown_is_not_done(window, digest):
    place = bring(window, taken(window).replace("title: Calm", "title: Calmer"))["Location"]

    told = text_of(confirm(window, place, digest=digest))

    assert "Something changed since this was shown." in told
    assert Objective.objects.get().title == "Calm releases"


def test_faults_are_told_with_line_column_field_and_the_line_itself(window):
    text = taken(window).replace("title: Lead time", "title: Lead time\n        weight: much")

    answer = bring(window, text)

    assert answer.status_code == 422
    told = text_of(answer)
    line = text[: text.index("weight: much")].count("\n") + 1
    for words in (
        "Error: OKRs as a file",
        "Nothing was changed: the file has 1 fault.",
        f"Line {line}, column 9 objectives.calm-releases.key_results.lead-time.weight",
        "Enter a number such as 1234.5",
    ):
        assert words in told, words
    content = answer.content.decode()
    assert "        <mark>weight:</mark> much" in content
    assert "weight: much\n</textarea>" in content, "to be mended there"
    assert not FilePlan.objects.exists()


def test_what_stopped_being_allowed_is_told_when_it_is_confirmed(window):
    place = bring(window, taken(window).replace("title: Calm", "title: Calmer"))["Location"]
    Cycle.objects.update(closed_at=timezone.now())

    answer = confirm(window, place)

    assert answer.status_code == 422
    assert "Nothing was changed: the file has 1 fault." in text_of(answer)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a file or paste its text."),
        ({"file": SimpleUploadedFile("a.yaml", b"")}, "This file is empty."),
        ({"file": SimpleUploadedFile("a.yaml", b"#" * 2_000_001)}, "larger than 2 MB"),
        ({"file": SimpleUploadedFile("a.yaml", b"\xff\xfe\x00")}, "This is not text in UTF-8."),
        ({"text": "x" * 200_001}, "Choose a longer text as a file."),
        ({"text": "a: \x00"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_read_is_refused(window, sent, sentence):
    answer = window.post(START, sent)

    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_what_the_file_leaves_out_is_deleted_where_that_is_asked_for(window):
    text = taken(window).partition("    key_results:")[0]

    kept = text_of(window.get(bring(window, text)["Location"]))
    place = bring(window, text, removing="on")["Location"]

    assert "There is nothing to change. 1 row of which it says nothing stays as it is." in kept
    shown = text_of(window.get(place))
    assert "What is deleted cannot be brought back." in shown
    assert "− Delete key result Lead time" in shown
    assert "1 check-in and 1 recorded value will be deleted with it." in shown
    confirm(window, place)
    assert not KeyResult.objects.exists()


def test_nobody_does_more_by_a_file_than_by_the_pages(window, cleo):
    """The whole company's file in the hands of somebody who owns nothing of it."""
    theirs = signed_in(cleo)

    told = text_of(bring(theirs, taken(theirs).replace("title: Calm", "title: Calmer")))
    cycles = text_of(bring(theirs, taken(theirs).replace("name: Autumn", "name: Fall")))

    assert "the file has 1 fault" in told
    assert "Only OKR admins add or change cycles" in cycles


def test_a_plan_is_seen_by_whoever_brought_it(window, cleo, olga):
    place = bring(window, taken(window).replace("title: Calm", "title: Calmer"))["Location"]

    for other in (cleo, olga):
        assert signed_in(other).get(place).status_code == 404
        assert signed_in(other).post(f"{place}confirmation/").status_code == 404


def test_an_admin_changes_cycles_and_both_ways_are_logged(olga, cycle):
    window = signed_in(olga)
    changed = taken(window).replace("name: Autumn", "name: Fall")

    place = bring(window, changed)["Location"]
    assert "~ Change cycle Fall autumn line 6" in text_of(window.get(place))
    confirm(window, place)

    assert Cycle.objects.get().name == "Fall"
    told = AuditEntry.objects.values_list("action", flat=True)
    assert {"exports.taken", "cycles.changed", "as_code.applied"} <= set(told)


def test_a_cycle_or_a_unit_alone_is_taken_away(window, ada, ben, olga, cycle):
    make_objective(olga, cycle, title="Elsewhere")

    assert "Elsewhere" in taken(window, cycle=cycle.pk)
    own = taken(window, unit=ben.unit.name)
    assert own == export(ben, unit=ben.unit.name)
    assert "Calm releases" in own
    assert "Elsewhere" not in own
    refused = window.get(f"{START}download/", {"unit": "Nowhere", "cycle": "x"})
    assert refused.status_code == 422
    assert "No unit is called “Nowhere”." in text_of(refused)


def test_the_page_of_a_plan_costs_the_same_however_long_it_is(
    window, ben, django_assert_num_queries
):
    rows = "".join(f"      k-{at}:\n        title: K {at}\n" for at in range(30))
    short, long = (
        bring(window, taken(window) + more)["Location"]
        for more in (rows.split("      k-3")[0], rows)
    )
    window.get(short)
    with django_assert_num_queries(6) as few:
        window.get(short)
    with django_assert_num_queries(len(few)):
        window.get(long)


def test_a_text_that_no_form_may_hold_is_refused_with_a_way_on(window):
    answer = bring(window, "x" * 1_200_000)

    assert answer.status_code == 400
    assert "choose a long text as a file" in text_of(answer)


def test_a_browser_cuts_no_text_off(window):
    assert "maxlength" not in window.get(START).content.decode().partition("<textarea")[2][:300]


def test_company_leads_to_both_ways(window, cycle):
    page = window.get("/company/").content.decode()

    assert f'href="/okr-file/?cycle={cycle.pk}"' in page
    assert f'href="/okr-file/?cycle={cycle.pk}#take-away"' in page
