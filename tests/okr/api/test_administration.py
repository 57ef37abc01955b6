"""What OKR admins decide and look after through the API: policies, tokens, tags, the audit log."""

import pytest

from okr.models import ApiToken, AuditEntry, Policy, Tag, Template
from tests.cast import make_objective
from tests.okr.api.script import client_of, faults, send

ADMIN = ("read", "write", "admin")
ANY = {"If-Match": "*"}
POLICIES, TAGS, OWN = "/api/v1/policies/", "/api/v1/tags/", "/api/v1/own-templates/"
TOKENS, AUDIT = "/api/v1/tokens/", "/api/v1/audit/"


@pytest.fixture
def script(olga):
    return client_of(olga, *ADMIN)


def names(response, name="name"):
    return [each[name] for each in response.json()["results"]]


@pytest.mark.parametrize("url", [POLICIES, OWN, TOKENS, AUDIT])
def test_what_is_for_admins_is_told_to_nobody_else(olga, cleo, url):
    assert client_of(cleo, *ADMIN).get(url).status_code == 403
    refused = client_of(olga).get(url)
    assert refused.status_code == 403
    assert "“admin”" in refused.json()["detail"]


def test_a_policy_is_changed_and_the_others_stay(script):
    read = script.get(POLICIES)
    assert read.json()["rating_scale"] == 5

    tag = {"If-Match": read["ETag"]}
    changed = send(script, "patch", POLICIES, {"rating_scale": 3, "approval_on": True}, **tag)

    assert changed.status_code == 200, changed.json()
    expected = read.json() | {"rating_scale": 3, "approval_on": True, "version": 2}
    assert changed.json() == script.get(POLICIES).json() == expected
    assert send(script, "patch", POLICIES, {"approval_on": False}, **tag).status_code == 412
    assert AuditEntry.objects.get().action == "policies.changed"


@pytest.mark.parametrize(
    "body", [{"rating_scale": 4}, {"checkin_weekday": 7}, {"individual_readers": "x"}, {"id": 2}]
)
def test_a_policy_that_there_is_not_is_named(script, body):
    refused = send(script, "patch", POLICIES, body, **ANY)

    assert refused.status_code == 400
    assert faults(refused) == [*body]
    assert not Policy.objects.exists()


def test_tags_are_told_to_whoever_sees_them(olga, ben, cleo, cycle):
    secret = make_objective(ben, cycle, visibility="confidential")
    secret.tag(["Takeover"])
    Tag.objects.create(name="Growth", key="growth", is_suggested=True)

    assert names(client_of(cleo).get(TAGS)) == ["Growth"]
    assert sorted(names(client_of(ben).get(TAGS))) == ["Growth", "Takeover"]
    assert names(client_of(ben).get(f"{TAGS}?q=TAKE")) == ["Takeover"]
    hidden = Tag.objects.get(key="takeover")
    assert client_of(cleo).get(f"{TAGS}{hidden.pk}/").status_code == 404


def test_a_tag_is_added_renamed_merged_and_deleted(script, ben, cycle):
    made = send(script, "post", TAGS, {"name": "Focus"})
    assert (made.status_code, made.json()["is_suggested"]) == (201, False), made.json()
    taken = send(script, "post", TAGS, {"name": "focus"})
    assert (taken.status_code, faults(taken)) == (422, ["name"])

    renamed = send(script, "patch", made["Location"], {"name": "Quiet focus"}, **ANY)
    assert renamed.json()["name"] == "Quiet focus"
    objective = make_objective(ben, cycle)
    objective.tag(["Quiet focus"])
    (stays,) = Tag.objects.named(["Growth"])
    merged = send(script, "post", f"{made['Location']}merge/", {"into": stays.pk})
    assert (merged.status_code, merged.json()["id"]) == (200, stays.pk)
    assert [each.name for each in objective.tags.all()] == ["Growth"]
    assert faults(send(script, "post", f"{TAGS}{stays.pk}/merge/", {"into": stays.pk})) == ["into"]

    assert send(script, "delete", f"{TAGS}{stays.pk}/", **ANY).status_code == 204
    assert [each.action for each in AuditEntry.objects.order_by("id")] == [
        "tags.added",
        "tags.changed",
        "tags.merged",
        "tags.deleted",
    ]


def test_others_keep_no_tags(ben, olga):
    (tag,) = Tag.objects.named(["Growth"])
    for client in (client_of(ben, *ADMIN), client_of(olga)):
        assert send(client, "post", TAGS, {"name": "X"}).status_code == 403
        assert send(client, "delete", f"{TAGS}{tag.pk}/", **ANY).status_code == 403
    assert not AuditEntry.objects.exists()


def test_a_template_is_added_with_its_key_results_changed_and_deleted(script):
    rows = [{"title": "Offers accepted", "target": 90}, {"title": "Calm", "kind": "yes_no"}]
    made = send(
        script, "post", OWN, {"title": "Hire well", "category": "people", "key_results": rows}
    )
    assert made.status_code == 201, made.json()
    template = Template.objects.get()
    assert [(each.title, int(each.target)) for each in template.measures] == [
        ("Offers accepted", 90),
        ("Calm", 1),
    ]

    kept = send(script, "patch", made["Location"], {"title": "Hire calmly"}, **ANY)
    assert kept.json() == made.json() | {"title": "Hire calmly", "version": 2}
    rows = [{"title": "Offers made"}]
    anew = send(script, "patch", made["Location"], {"key_results": rows}, **ANY)
    assert [each["kind"] for each in anew.json()["key_results"]] == ["percent"], anew.json()
    assert send(script, "delete", made["Location"], **ANY).status_code == 204
    assert not Template.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": ""}, "title"),
        ({"category": "x"}, "category"),
        ({"key_results": [{"title": "A", "target": 0}]}, "key_results.0.target"),
        ({"key_results": [{"title": "A", "kind": "milestones"}]}, "key_results.0.kind"),
        ({"key_results": [{"title": "A"}] * 11}, "key_results"),
    ],
)
def test_what_is_wrong_of_a_template_is_named(script, body, field):
    refused = send(script, "post", OWN, {"title": "Hire well", "category": "people"} | body)

    assert refused.status_code in (400, 422), refused.json()
    assert faults(refused) == [field]
    assert not Template.objects.exists()


def test_any_token_of_the_company_is_told_and_revoked(script, olga, ben):
    other = client_of(ben)
    (token,) = script.get(f"{TOKENS}?person={ben.pk}").json()["results"]
    assert len(script.get(TOKENS).json()["results"]) == 2

    assert send(script, "delete", f"{TOKENS}{token['id']}/").status_code == 204
    assert other.get("/api/v1/me/").status_code == 401
    assert ApiToken.objects.kept().get().person == olga


def test_the_log_is_read_newest_first_and_narrowed(script, olga):
    send(script, "post", TAGS, {"name": "Focus"})
    send(script, "patch", POLICIES, {"approval_on": True}, **ANY)

    assert names(script.get(AUDIT), "action") == ["policies.changed", "tags.added"]
    assert names(script.get(f"{AUDIT}?area=tags"), "action") == ["tags.added"]
    assert names(script.get(f"{AUDIT}?q=focus"), "action") == ["tags.added"]
    assert names(script.get(f"{AUDIT}?by={olga.pk}&limit=1"), "action") == ["policies.changed"]
    assert names(script.get(f"{AUDIT}?until=2001-01-01"), "action") == []
    assert faults(script.get(f"{AUDIT}?since=1999-01-01")) == ["since"]
    following = script.get(script.get(f"{AUDIT}?limit=1").json()["next"])
    assert names(following, "action") == ["tags.added"]


@pytest.mark.parametrize("url", [TOKENS, AUDIT, TAGS, OWN])
def test_a_list_costs_the_same_for_3_and_for_30(olga, django_assert_max_num_queries, url):
    client = client_of(olga, *ADMIN)

    def queries(first, last):
        for row in range(first, last):
            for body in ({"name": f"Row {row}"}, {"title": f"Row {row}", "category": "people"}):
                send(client, "post", TAGS if "name" in body else OWN, body)
            client_of(olga)
        with django_assert_max_num_queries(8) as asked:
            client.get(f"{url}?limit=100")
        return len(asked)

    queries(0, 3)
    assert queries(0, 0) == queries(3, 10)
