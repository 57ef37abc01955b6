"""Documents of a unit's OKRs: what stands in them, and what must never leave the product."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okr.documents import (
    Bar,
    Contents,
    Document,
    Fold,
    Judgement,
    Link,
    Prose,
    Table,
    Words,
    company_okrs,
    company_review,
    drawn,
    fingerprint,
    unit_okrs,
    unit_review,
    withheld,
)
from okr.models import (
    Approval,
    Closure,
    Level,
    Objective,
    Policy,
    Readers,
    Review,
    Visibility,
)
from tests.cast import make_key_result, make_objective, make_person, make_unit

pytestmark = pytest.mark.django_db
EVERYTHING, WEEK = Contents(reviews=True), timedelta(days=7)


@pytest.fixture
def work(ada, ben, cycle):
    own = make_objective(ada, cycle, title="Clinics stay online", level=Level.UNIT, unit=ada.unit)
    make_key_result(own, title="Minutes offline", at="60")
    his = make_objective(ben, cycle, title="Failover is boring")
    rehearsals = make_key_result(his, title="Rehearsals")
    rehearsals.check_in(
        by=ben,
        at=timezone.now(),
        confidence="at_risk",
        note="The spare disk is late",
        value=Decimal(20),
    )
    now = timezone.now()
    Review.objects.say(his, ada, now, comment="Steady", rating=2, outcome="continue")
    Closure.objects.close(
        his, by=ada, at=now, score="0.7", retrospective="Order disks early", outcome="continue"
    )
    return own, his


def told(document) -> str:
    """Everything that a reader could find, in its order."""
    return repr(document)


def okrs(unit, cycle, by):
    return unit_okrs(unit, cycle, by, timezone.now())


def review(unit, cycle, by, contents=EVERYTHING):
    return unit_review(unit, cycle, by, timezone.now(), contents)


def test_okrs_tell_the_units_objectives_and_then_its_peoples(ada, work, cycle):
    seen = told(okrs(ada.unit, cycle, ada))

    places = [
        seen.index(each)
        for each in ("Clinics stay online", "Minutes offline", "Failover is boring", "Rehearsals")
    ]
    assert places == sorted(places)
    assert not any(each in seen for each in ("Score", "Steady", "The spare disk", "Order disks"))


def test_a_review_also_tells_how_it_ended_and_what_was_said(ada, work, cycle):
    seen = told(review(ada.unit, cycle, ada))

    for each in ("Score 0.7", "Order disks early", "rated it 2 of", "Steady", "The spare disk"):
        assert each in seen


def test_what_reviewers_said_stays_out_unless_somebody_asked_for_it(ada, work, cycle):
    seen = told(review(ada.unit, cycle, ada, Contents()))

    assert "Steady" not in seen
    assert "The spare disk is late" in seen


def test_notes_are_folded_and_counted(ada, work, cycle):
    folds = [each for each in review(ada.unit, cycle, ada).blocks if isinstance(each, Fold)]

    assert [each.title for each in folds] == ["1 note from check-ins"]


@pytest.mark.parametrize("contents", [Contents(), EVERYTHING])
def test_an_admin_publishes_nothing_that_is_confidential_or_not_approved(
    ada, ben, olga, work, cycle, contents
):
    hidden = make_objective(ben, cycle, title="Secret", visibility=Visibility.CONFIDENTIAL)
    make_key_result(hidden, title="Secret number", at="20")
    draft = make_objective(ben, cycle, title="Secret draft")
    Objective.objects.filter(pk=draft.pk).update(approval=Approval.WAITING)

    document = review(ada.unit, cycle, olga, contents)

    assert "Secret" not in told(document)
    (numbers,) = [each for each in document.blocks if isinstance(each, Table)][:1]
    assert "of 2" in repr(numbers)


def test_individual_objectives_stay_out_where_only_some_may_read_them(ada, olga, work, cycle):
    policy = Policy.load()
    policy.individual_readers = Readers.UNIT
    policy.keep()

    seen = told(okrs(ada.unit, cycle, olga))

    assert "Clinics stay online" in seen
    assert "Failover is boring" not in seen


def test_it_is_the_same_whoever_asks(ada, ben, olga, cleo, work, cycle):
    now = timezone.now()

    assert len({unit_okrs(ada.unit, cycle, each, now) for each in (ada, ben, olga, cleo)}) == 1


def test_a_bar_bears_the_tone_of_the_judgement(ada, work, cycle):
    tables = [each for each in okrs(ada.unit, cycle, ada).blocks if isinstance(each, Table)]
    row = tables[1].rows[0]

    assert row[2] == (Judgement("On track", "on_track"),)
    assert row[3] == (Bar(Decimal("60.0000"), "on_track"),)


def test_links_lead_back_to_the_product(ada, work, cycle, settings):
    settings.PUBLIC_ADDRESS = "https://okr.larkspur.example"
    own, _ = work

    document = okrs(ada.unit, cycle, ada)

    links = [
        part
        for block in document.blocks
        for part in getattr(block, "line", ())
        if isinstance(part, Link)
    ]
    assert Link(own.title, f"https://okr.larkspur.example/objectives/{own.pk}/") in links
    assert links[-1].url == f"https://okr.larkspur.example/teams/platform/?cycle={cycle.pk}"


def test_a_unit_without_objectives_says_so(cleo, cycle):
    assert "no objectives that everybody may read" in told(okrs(cleo.unit, cycle, cleo))


def test_many_objectives_are_read_as_cheaply_as_few(ada, work, cycle):
    few = queries_of(ada, cycle)
    for number in range(20):
        make_key_result(make_objective(ada, cycle, title=f"Objective {number}"), at="10")

    assert queries_of(ada, cycle) <= few


def queries_of(person, cycle) -> int:
    with CaptureQueriesContext(connection) as asked:
        review(person.unit, cycle, person)
    return len(asked)


def test_the_companys_document_tells_its_objectives_and_how_its_units_stand(olga, ada, work, cycle):
    own = make_objective(olga, cycle, title="Everybody is well", level=Level.COMPANY)
    make_key_result(own, title="Days ill", at="20")
    hidden = make_objective(
        olga, cycle, title="Secret", level=Level.COMPANY, visibility=Visibility.CONFIDENTIAL
    )
    make_key_result(hidden, title="Secret number", at="20")
    now = timezone.now()

    for document in (company_okrs(cycle, olga, now), company_review(cycle, olga, now, EVERYTHING)):
        seen = told(document)
        assert all(each in seen for each in ("Everybody is well", "Days ill", "Platform"))
        assert "Secret" not in seen
        tables = [each for each in document.blocks if isinstance(each, Table)]
        units = next(each for each in tables if each.head[0] == "Unit")
        assert [row[2] for row in units.rows if "Platform" in repr(row[0])] == [(Words("2"),)]


def test_the_companys_document_is_the_same_whoever_asks(ada, olga, work, cycle):
    make_objective(ada, cycle, title="Mine", visibility=Visibility.CONFIDENTIAL)
    now = timezone.now()

    assert company_okrs(cycle, ada, now) == company_okrs(cycle, olga, now)


def test_many_units_are_read_as_cheaply_as_few(olga, work, cycle):
    with CaptureQueriesContext(connection) as few:
        company_review(cycle, olga, timezone.now(), EVERYTHING)
    for number in range(20):
        lead = make_person(f"Lead {number}", unit=make_unit(f"Unit {number}"))
        make_key_result(make_objective(lead, cycle, level=Level.UNIT, unit=lead.unit), at="10")
        make_key_result(make_objective(olga, cycle, level=Level.COMPANY), at="10")

    with CaptureQueriesContext(connection) as many:
        company_review(cycle, olga, timezone.now(), EVERYTHING)
    assert len(many) <= len(few) + 4  # the first objective of the company brings its chapters


def test_time_alone_leaves_the_fingerprint(ada, work, cycle):
    now = timezone.now()
    before = [fingerprint(unit_okrs(ada.unit, cycle, ada, at)) for at in (now, now + WEEK)]
    make_key_result(work[0], title="One more", at="10")

    assert before[0] == before[1]
    assert fingerprint(unit_okrs(ada.unit, cycle, ada, now)) != before[0]


def test_what_is_withheld_is_counted_as_far_as_the_person_sees_it(ada, ben, olga, work, cycle):
    make_objective(ben, cycle, title="Secret", visibility=Visibility.CONFIDENTIAL)
    draft = make_objective(ada, cycle, title="Draft")
    Objective.objects.filter(pk=draft.pk).update(approval=Approval.WAITING)

    assert withheld(ada.unit, cycle, olga) == "1 confidential, 1 not approved"
    assert withheld(None, cycle, olga) == ""


def test_a_drawn_document_holds_no_markup_of_anybody():
    wicked = "<script>alert(1)</script>"
    line = (Words(wicked), Link(wicked, f"https://x.example/?{wicked}"), Judgement(wicked))
    blocks = (Prose(wicked), Table((wicked, wicked), ((line, line),)), Fold(wicked, (Prose("x"),)))

    seen = drawn(Document("x", blocks))

    assert "<script" not in seen
    assert "&lt;script&gt;" in seen
