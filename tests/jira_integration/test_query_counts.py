"""What a page asks of the database does not grow with what it shows."""

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jira_integration.into_jira.rights import CREATES
from jira_integration.models import JiraConnection, JiraIssue, JiraLink, JiraWriting
from jira_sandbox.testing import SandboxJira
from okr.models import KeyResult, Objective, Person
from tests.cast import make_key_result, make_objective, signed_in
from tests.jira_integration.seen import HTMX
from tests.jira_integration.stage import link, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("connection")]

PAGES = [
    "/my/",
    "/company/?open={objective}",
    "/company/?view=list",
    "/objectives/new/",
    "/objectives/{objective}/",
    "/objectives/{objective}/edit/",
    "/objectives/{objective}/delete/",
    "/objectives/{objective}/key-results/new/",
    "/key-results/{key_result}/",
    "/key-results/{key_result}/?issues=all",
    "/key-results/{key_result}/edit/",
    "/key-results/{key_result}/delete/",
    "/key-results/{key_result}/check-in/",
    "/key-results/{key_result}/jira/",
    "/key-results/{key_result}/jira/create/",
    "/key-results/{key_result}/jira/measure/",
    "/key-results/jira/{link}/remove/",
    "/okr-admin/integration/",
    "/okr-admin/integration/jira/",
    "/okr-admin/integration/jira/manage/",
    "/okr-admin/integration/jira/manage/users/",
    "/okr-admin/integration/jira/manage/left-out/",
    "/okr-admin/integration/jira/activity/",
    "/okr-admin/integration/jira/into/",
]
PARTS = [
    "/company/{objective}/children/",
    "/key-results/{key_result}/jira/why/",
    "/okr-admin/integration/jira/manage/percentages/preview/?to_do=1&in_progress=60&done=100",
]
MOST = {
    "/my/": 11,
    "/objectives/{objective}/": 20,
    "/key-results/{key_result}/": 26,
    "/key-results/{key_result}/?issues=all": 26,
}
"""Two of a key result's are for the other room that shows something there."""
MOST_OTHERWISE = 24


class House:
    """An objective with many parts, one of which follows many issues."""

    def __init__(self, ben: Person, objective: Objective) -> None:
        self.ben, self.objective = ben, objective
        self.key_result = make_key_result(objective, title="All of it")
        [self.link] = link(self.key_result, jql="project = OPS")

    def grow(self, jira: SandboxJira, number: int) -> None:
        """So many more people, aligned objectives, key results, issues and links."""
        ben, objective = self.ben, self.objective
        have = Person.objects.count()
        Person.objects.bulk_create(
            Person(email=f"{each}@larkspur.example", name=f"Person {each}", unit=ben.unit)
            for each in range(have, have + number)
        )
        Objective.objects.bulk_create(
            Objective(owner=ben, cycle=objective.cycle, title=f"Part {each}", parent=objective)
            for each in range(number)
        )
        created = jira.create_many("OPS", number, status="Done")
        link(self.key_result, *(issue.key for issue in created))
        read()
        self._follow(JiraIssue.objects.order_by("-pk")[:number])
        read()

    def _follow(self, issues) -> None:
        rows = KeyResult.objects.bulk_create(
            KeyResult(
                objective=self.objective,
                owner=self.ben,
                title=issue.summary,
                current=0,
                tracked_by="jira",
            )
            for issue in issues
        )
        JiraLink.objects.bulk_create(
            JiraLink(
                key_result=row, connection=issue.connection, kind="issue", issue=issue, by=self.ben
            )
            for row, issue in zip(rows, issues, strict=True)
        )

    def costs(self, admin: Client, owner: Client) -> dict[str, int]:
        """Queries by page; an owner's pages are asked for by somebody with no more rights."""
        numbers = {
            "objective": self.objective.pk,
            "key_result": self.key_result.pk,
            "link": self.link.pk,
        }
        return {
            page: cost(admin if "okr-admin" in page else owner, page, numbers)
            for page in [*PAGES, *PARTS]
        }


def cost(client: Client, page: str, numbers: dict[str, int]) -> int:
    with CaptureQueriesContext(database) as queries:
        response = client.get(page.format_map(numbers), headers=HTMX if page in PARTS else {})
    assert response.status_code == 200, page
    return len(queries)


def test_pages_cost_the_same_for_3_and_for_300_rows(olga, ben, cycle, jira):
    JiraWriting.objects.of(JiraConnection.objects.get()).switch(CREATES, on=True)
    house = House(ben, make_objective(ben, cycle, level="company"))
    clients = signed_in(olga), signed_in(ben)
    house.grow(jira, 3)
    few = house.costs(*clients)
    house.grow(jira, 297)

    assert house.costs(*clients) == few
    most = {page: MOST.get(page, MOST_OTHERWISE) for page in few}
    assert {page: number for page, number in few.items() if number > most[page]} == {}
