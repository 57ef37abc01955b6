"""Numeric fields and resolutions: exact, times in hours, and null is not zero."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jira_integration.client import (
    AddressPolicy,
    Credentials,
    Field,
    Kind,
    Resolution,
    driver_for,
    read_address,
)
from jira_integration.client.readings import size
from jira_sandbox.testing import SandboxDataCenter
from tests.editions import running_edition
from tests.jira_integration.client.wire import client_of, issue_body
from tests.stations import Said, station

POINTS, ESTIMATE, CLINICS = "customfield_10026", "timeoriginalestimate", "customfield_10210"


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (8, "8"),
        (8.0, "8"),
        (0, "0"),
        (0.1, "0.1"),
        (2.5, "2.5"),
        (-3, "-3"),
        (999_999_999_999, "999999999999"),
        (1e12, None),
        (1e300, None),
        (1e-300, None),
        (True, None),
        ("8", None),
        (None, None),
        ([8], None),
        ({"value": 8}, None),
    ],
)
def test_a_size_is_a_plain_number_and_nothing_else(told, read):
    body = issue_body(1)
    body["fields"][POINTS] = told
    with station(lambda _: Said({"issues": [body]})) as server, client_of(server) as client:
        [[issue]] = client.search("x = y", numbers=[POINTS, "customfield_1"])
        assert issue.numbers == ({} if read is None else {POINTS: Decimal(read)})
        assert [str(number) for number in issue.numbers.values()] == ([read] if read else [])


@pytest.mark.parametrize(
    ("seconds", "hours"), [(57_600, "16"), (5_400, "1.5"), (1_200, "0.333333"), (0, "0")]
)
def test_times_come_in_hours(seconds, hours):
    assert str(size(ESTIMATE, seconds)) == hours
    assert size(POINTS, seconds) == seconds


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_any_number_is_read_exactly_or_not_at_all(told):
    read = size(POINTS, told)
    assert read is None or float(read) == told


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (None, None),
        ({"id": "10001", "name": "Won't Do"}, Resolution("10001", "Won't Do")),
        ({"name": "Won't Do"}, Resolution("", "Won't Do")),
    ],
)
def test_a_resolution_is_read_as_it_is_named(told, read):
    body = issue_body(1)
    body["fields"]["resolution"] = told
    with station(lambda _: Said({"issues": [body]})) as server, client_of(server) as client:
        [[issue]] = client.search("x = y")
        assert issue.resolution == read


def test_a_resolution_of_another_shape_spoils_its_issue_alone():
    bodies = [issue_body(1), issue_body(2)]
    bodies[0]["fields"]["resolution"] = "Done"
    with station(lambda _: Said({"issues": bodies})) as server, client_of(server) as client:
        [[issue]] = client.search("x = y")
        assert (issue.id, len(client.poisoned)) == (int(bodies[1]["id"]), 1)


@pytest.mark.parametrize(
    ("field", "number", "time", "points"),
    [
        (Field(POINTS, "Story Points", True, "number", "com.x.customfieldtypes:float"), 1, 0, 1),
        (Field("cf", "Story point estimate", True, "number", "com.pyxis.greenhopper.jira:jsw-story-points"), 1, 0, 1),  # noqa: E501
        (Field("cf", "Clinics", True, "number", "com.x.customfieldtypes:float"), 1, 0, 0),
        (Field(ESTIMATE, "Original estimate", False, "number", ""), 1, 1, 0),
        (Field("workratio", "Work Ratio", False, "number", ""), 0, 0, 0),
        (Field("cf", "Rank", True, "number", "com.pyxis.greenhopper.jira:gh-global-rank"), 0, 0, 0),
        (Field("summary", "Summary", False, "string", ""), 0, 0, 0),
    ],
)  # fmt: skip
def test_fields_are_told_apart(field, number, time, points):
    assert (field.is_number, field.is_time, field.is_points) == (number, time, points)


def live(jira):
    cloud = not isinstance(jira, SandboxDataCenter)
    kind = Kind.API_TOKEN if cloud else Kind.ACCESS_TOKEN
    policy = AddressPolicy(frozenset([jira.place]))
    site = read_address(jira.url, policy.allowed_hosts)
    return driver_for(cloud=cloud)(site, Credentials(jira.email, jira.token, kind), policy)


@pytest.mark.parametrize("edition", ["cloud", "data center"])
def test_both_editions_give_sizes_and_resolutions(edition):
    numbers = [POINTS, ESTIMATE, CLINICS, "customfield_99999"]
    with running_edition(edition, "small") as jira:
        jira.resize("DEMO-1", points=0.5, estimate=5_400, clinics=None)
        jira.resolve("DEMO-1", "Won't Do")
        jira.resize("DEMO-10", points=None)
        with live(jira) as client:
            client.myself()
            [found] = client.read_issues(["DEMO-1", "DEMO-10"], numbers)
            [page] = client.search('project = DEMO AND resolution = "Won\'t Do"', 10, numbers)
            names = {each.name for each in client.resolutions()}
            sizes = {field.id for field in client.fields() if field.is_number}
    assert found[0].numbers == {POINTS: Decimal("0.5"), ESTIMATE: Decimal("1.5")}
    assert found[0].resolution == Resolution("10001", "Won't Do")
    assert (found[1].numbers, found[1].resolution) == ({}, None)
    assert page == [found[0]]
    assert names >= {"Done", "Won't Do", "Duplicate", "Cannot Reproduce"}
    assert {POINTS, ESTIMATE, CLINICS} <= sizes
    assert "workratio" not in sizes
