"""Approval: who must ask, who may answer, what counts meanwhile, and who hears of it."""

import pytest
from django.utils import timezone

from okr import proof
from okr.models import Approval, ApprovalStep, DecidedError, Level, Notification, Objective, Person
from okr.models.approval import approvable, approves, nearest_approvers
from okr.pages.badges import badges_of
from tests.cast import adopt, make_key_result, make_objective, make_person, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def policy(db):
    return adopt(approval_on=True)


@pytest.fixture
def waiting(ben, cycle):
    objective = make_objective(ben, cycle)
    Objective.objects.filter(pk=objective.pk).update(approval=Approval.DRAFT)
    objective.refresh_from_db()
    objective.submit(by=ben, at=NOW)
    return objective


def typed(owner, cycle, **changed):
    return {
        "title": "Clinics trust the schedule",
        "cycle": cycle.pk,
        "owner": owner.pk,
        "weight": "1",
        "visibility": "public",
        "level": "individual",
    } | changed


def url(objective):
    return f"/objectives/{objective.pk}/approval/"


def state(objective):
    return Objective.objects.get(pk=objective.pk).approval


@pytest.mark.parametrize(
    ("who", "owner", "starts"),
    [
        ("ben", "ben", Approval.DRAFT),
        ("ada", "ada", Approval.DRAFT),
        ("ada", "ben", Approval.APPROVED),
        ("olga", "olga", Approval.APPROVED),
    ],
)
def test_what_somebody_else_must_approve_starts_as_a_draft(
    request, ben, olga, cycle, who, owner, starts
):
    who, owner = request.getfixturevalue(who), request.getfixturevalue(owner)
    response = signed_in(who).post("/objectives/new/", typed(owner, cycle))
    assert response.status_code == 302
    assert Objective.objects.get().approval == starts


def test_without_the_policy_everything_counts_at_once(ben, cycle, policy):
    policy.approval_on = False
    policy.keep()
    signed_in(ben).post("/objectives/new/", typed(ben, cycle))
    assert Objective.objects.get().approval == Approval.APPROVED


@pytest.mark.parametrize(
    ("level", "who"),
    [(Level.INDIVIDUAL, {"ada", "olga"}), (Level.UNIT, {"ada", "olga"}), (Level.COMPANY, {"olga"})],
)
def test_who_approves(ada, ben, cleo, olga, cycle, level, who):
    objective = make_objective(ben, cycle, level=level, unit=ada.unit)
    cast = {"ada": ada, "ben": ben, "cleo": cleo, "olga": olga}
    assert {name for name, person in cast.items() if approves(person, objective)} == who
    asked = {n for n, p in cast.items() if Objective.objects.filter(approvable(p)).exists()}
    assert asked == who


def test_the_nearest_manager_who_is_still_here_is_asked(ada, ben, olga, cycle):
    objective = make_objective(ben, cycle)
    assert nearest_approvers(objective) == [ada]
    ada.is_active = False
    ada.save()
    assert nearest_approvers(objective) == [olga]


def test_it_moves_nothing_above_until_it_is_approved(ben, ada, cycle, waiting):
    top = make_objective(ada, cycle, title="Above")
    Objective.objects.filter(pk=waiting.pk).update(parent=top)
    make_key_result(waiting, at="60")
    top.refresh_from_db()
    assert (waiting.progress, top.progress) == (60, None)
    assert not proof.derive_everything().differences

    Objective.objects.get(pk=waiting.pk).approve(by=ada, at=NOW)

    top.refresh_from_db()
    assert top.progress == 60
    assert not proof.derive_everything().differences


def test_one_of_two_approvers_wins_and_the_other_is_told(ada, olga, waiting):
    first, second = Objective.objects.get(), Objective.objects.get()
    first.approve(by=ada, at=NOW)
    with pytest.raises(DecidedError, match="Ada Lindqvist approved it meanwhile"):
        second.send_back(by=olga, at=NOW, comment="Not yet")
    assert state(waiting) == Approval.APPROVED
    assert ApprovalStep.objects.filter(verb="send_back").count() == 0


def test_nobody_approves_what_they_did_not_read(ada, waiting):
    seen = waiting.version
    Objective.objects.update(version=seen + 1, title="Something else")
    response = signed_in(ada).post(url(waiting), {"verb": "approve", "version": seen})
    assert response.status_code == 422
    assert "changed meanwhile" in text_of(response)
    assert state(waiting) == Approval.WAITING


def test_a_whole_way_with_its_steps(ada, ben, cycle):
    ben_, ada_ = signed_in(ben), signed_in(ada)
    ben_.post("/objectives/new/", typed(ben, cycle))
    objective = Objective.objects.get()
    assert "Draft" in text_of(ben_.get(f"/objectives/{objective.pk}/"))

    ben_.post(url(objective), {"verb": "submit", "comment": "Ready"})
    assert state(objective) == Approval.WAITING
    page = text_of(ada_.get("/approvals/"))
    assert "Ben Okafor: Ready" in page

    refused = ada_.post(url(objective), {"verb": "send_back", "comment": " "})
    assert refused.status_code == 422
    assert "Say what is to be changed." in text_of(refused)
    ada_.post(url(objective), {"verb": "send_back", "comment": "By how much?"})
    assert "By how much?" in text_of(ben_.get("/approvals/"))

    ben_.post(url(objective), {"verb": "submit"})
    ada_.post(url(objective), {"verb": "approve", "version": objective.version})
    assert state(objective) == Approval.APPROVED
    verbs = list(ApprovalStep.objects.values_list("verb", flat=True))
    assert verbs == ["submit", "send_back", "submit", "approve"]
    told = Notification.objects.order_by("id").values_list("person__name", "kind")
    asked, decided = ("Ada Lindqvist", "approval_asked"), ("Ben Okafor", "approval_decided")
    assert list(told) == [asked, decided, asked, decided]


def test_nobody_approves_their_own_but_an_admin(ada, ben, olga, cycle, waiting):
    response = signed_in(ben).post(url(waiting), {"verb": "approve"})
    assert response.status_code == 422
    assert state(waiting) == Approval.WAITING
    own = make_objective(olga, cycle)
    Objective.objects.filter(pk=own.pk).update(approval=Approval.DRAFT)
    signed_in(olga).post(url(own), {"verb": "approve"})
    assert state(own) == Approval.APPROVED


def test_who_only_reads_sees_how_it_stands_and_decides_nothing(cleo, waiting):
    client = signed_in(cleo)
    assert "waits for approval" in text_of(client.get(url(waiting)))
    assert client.post(url(waiting), {"verb": "approve"}).status_code == 403
    assert state(waiting) == Approval.WAITING


@pytest.mark.parametrize(("who", "after"), [("ben", Approval.WAITING), ("ada", Approval.APPROVED)])
def test_a_new_title_must_be_approved_again(request, ada, ben, cycle, who, after):
    person = request.getfixturevalue(who)
    objective = make_objective(ben, cycle)
    client, page = signed_in(person), f"/objectives/{objective.pk}/edit/"
    assert ("puts it back to waiting" in text_of(client.get(page))) is (after != "approved")
    client.post(page, typed(ben, cycle, description="Why it matters"))
    assert state(objective) == Approval.APPROVED
    client.post(page, typed(ben, cycle, title="Another promise"))
    assert state(objective) == after


def test_a_new_target_must_be_approved_again(ben, cycle):
    key_result = make_key_result(make_objective(ben, cycle))
    fields = {"title": key_result.title, "kind": "percent", "start": "0", "target": "100"}
    fields |= {"owner": ben.pk, "weight": "2"}
    page = f"/key-results/{key_result.pk}/edit/"
    signed_in(ben).post(page, fields)
    assert state(key_result.objective) == Approval.APPROVED
    signed_in(ben).post(page, fields | {"target": "50"})
    assert state(key_result.objective) == Approval.WAITING


def test_an_older_copy_does_not_take_an_approval_back(ada, ben, waiting):
    stale = Objective.objects.get()
    waiting.approve(by=ada, at=NOW)
    stale.description = "Typed meanwhile"
    stale.keep()
    assert state(waiting) == Approval.APPROVED


def test_turning_it_off_approves_nothing_and_lets_owners_do_it(ben, cleo, waiting, policy):
    policy.approval_on = False
    policy.keep()
    assert state(waiting) == Approval.WAITING
    assert signed_in(cleo).post(url(waiting), {"verb": "approve"}).status_code == 403
    assert "whoever may change it may let it count" in text_of(signed_in(ben).get(url(waiting)))
    signed_in(ben).post(url(waiting), {"verb": "approve"})
    assert state(waiting) == Approval.APPROVED


def test_the_way_to_what_waits_is_shown_while_the_policy_is_on(ada, cleo, waiting, policy):
    assert "Approvals 1 1 waiting" in text_of(signed_in(ada).get("/sign-out/"))
    assert "Approvals 1" not in text_of(signed_in(cleo).get("/sign-out/"))
    policy.approval_on = False
    policy.keep()
    assert badges_of(Person.objects.get(pk=ada.pk), NOW).approvals is None
    assert "Approvals" not in text_of(signed_in(ada).get("/sign-out/"))


def test_the_list_costs_the_same_for_three_and_three_hundred_rows(
    ada, ben, cycle, django_assert_max_num_queries
):
    def fill(count):
        rows = [Objective(cycle=cycle, owner=ben, title="Row", approval="waiting")] * count
        Objective.objects.bulk_create(rows)

    client = signed_in(ada)
    fill(3)
    with django_assert_max_num_queries(14) as few:
        client.get("/approvals/")
    for _ in range(99):
        fill(3)
    with django_assert_max_num_queries(14) as many:
        client.get("/approvals/")
    assert len(few) == len(many)


def test_what_is_confidential_waits_for_nobody_who_may_not_see_it(ben, cleo, olga, waiting):
    Objective.objects.update(visibility="confidential")
    dora = make_person("Dora Quist", reports_to=None)
    for person in (cleo, dora):
        assert waiting.title not in text_of(signed_in(person).get("/approvals/"))
        assert signed_in(person).get(url(waiting)).status_code == 404
