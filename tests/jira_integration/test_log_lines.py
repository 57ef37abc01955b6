"""The log tells of each run in numbers, and of no secret whatever Jira answers."""

import base64

import pytest

from jira_integration.models import JiraIssue
from tests.jira_integration.stage import read
from tests.watch.lines import listening

FAULTS = ("401", "403", "captcha", "html", "redirect", "429", "500", "truncated", "invalid-json")


def test_a_run_is_one_line_of_numbers(jira, linked):
    with listening() as lines:
        run = read()
    [line] = lines.of("run")
    assert (line["site"], line["run"], line["trigger"]) == (run.connection_id, run.pk, "hand")
    assert (line["outcome"], line["calls"], line["changed"]) == ("done", run.calls, run.changed)
    assert line["milliseconds"] >= 0


@pytest.mark.parametrize("fault", FAULTS)
def test_no_failure_brings_a_secret_an_address_or_a_summary_into_the_log(jira, linked, fault):
    jira.fault(fault)
    with listening() as lines:
        run = read()
    [line] = lines.of("run")
    assert (line["outcome"], line["failure"]) == (run.state, run.failure_code)
    pair = base64.b64encode(f"{jira.email}:{jira.token}".encode()).decode()
    for canary in (
        jira.token,
        pair,
        jira.email,
        "jql=",
        *JiraIssue.objects.values_list("summary", flat=True),
    ):
        assert canary not in lines.text
