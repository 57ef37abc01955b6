"""An epic with stories and sub-tasks in the small Jira, and links of every shape to it."""

from jira_integration.models import JiraLink, LinkKind
from jira_sandbox.testing import SandboxJira
from okr.models import KeyResult
from tests.jira_integration.dialog import post

EPIC = "DEMO-14"


def grow_epic(jira: SandboxJira) -> str:
    """DEMO-14: below it DEMO-1 (Done), DEMO-8 (In Progress) and DEMO-10 (To Do), and below DEMO-8
    the sub-tasks DEMO-15 (Done) and DEMO-16 (To Do)."""
    assert jira.create("DEMO", "Set up in an hour", kind="Epic").key == EPIC
    for key in ("DEMO-1", "DEMO-8", "DEMO-10"):
        jira.adopt(key, EPIC)
    jira.create("DEMO", "Count the rooms", kind="Sub-task", parent="DEMO-8", status="Done")
    jira.create("DEMO", "Name the rooms", kind="Sub-task", parent="DEMO-8")
    return EPIC


def link_below(key_result: KeyResult, depth: int = 1, key: str = EPIC) -> JiraLink:
    """Through the dialog, as its owner."""
    response = post(key_result, text=key, below="1", depth=str(depth))
    assert response.status_code == 302, response.content.decode()
    return key_result.jira_links.get(kind=LinkKind.CHILDREN, issue__key=key)


def link_kept(key_result: KeyResult, jira: SandboxJira, path: str) -> JiraLink:
    """By the address of its page."""
    response = post(key_result, text=jira.url + path)
    assert response.status_code == 302, response.content.decode()
    return key_result.jira_links.latest("pk")


def found_by(link: JiraLink) -> set[str]:
    return set(link.linked.values_list("issue__key", flat=True))
