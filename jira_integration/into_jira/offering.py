"""What a new Jira issue can be: the projects and types that Jira offers the connected account."""

from dataclasses import dataclass, field

from jira_integration.client import IssueType, JiraClient, JiraError, NeededField, Project
from jira_integration.explain import Explanation, explain_to_asker
from jira_integration.models import JiraConnection, JiraLink
from jira_integration.own_rights import UNKNOWN, account_of
from okr.models import KeyResult, Person

PERSON_WAITS = 10.0
MOST_PROJECTS = 1_000
DESCRIPTION = "description"
CREATE = "CREATE_ISSUES"
NEEDS = "This project needs {names}, so create it in Jira."
NO_TYPES = "{account} may not create issues in {project}. Choose another project."


@dataclass(slots=True)
class Offer:
    """Of one site. `needed` is what the chosen type wants besides a description; `fault` is why
    Jira could not be asked."""

    connection: JiraConnection
    projects: list[Project] = field(default_factory=list)
    project: str = ""
    types: list[IssueType] = field(default_factory=list)
    type_id: str = ""
    needed: list[NeededField] = field(default_factory=list)
    fault: Explanation | None = None

    @property
    def obstacle(self) -> str:
        """Why nothing can be created in the chosen project from here."""
        if self.needed:
            return told(self.needed)
        if self.project and not self.types and not self.fault:
            account = self.connection.account_name
            return NO_TYPES.format(account=account, project=self.project)
        return ""

    @property
    def project_url(self) -> str:
        return f"{self.connection.server}/browse/{self.project}"


def look_up(connection: JiraConnection, project: str, type_id: str, person: Person) -> Offer:
    """What Jira offers; of a chosen project its types, of a chosen type what it needs."""
    offer = Offer(connection)
    if account_of(person, connection) is None:
        offer.fault = Explanation(UNKNOWN)
        return offer
    try:
        with connection.client(PERSON_WAITS) as client:
            client.myself()
            offer.projects = projects_of(client, connection, person)
            offer.project = _chosen(project, offer.projects)
            offer.types = client.issue_types(offer.project) if offer.project else []
            offer.type_id = _type_of(type_id, offer.types)
            if offer.type_id:
                needed = client.needed_fields(offer.project, offer.type_id)
                offer.needed = besides_description(needed)
    except JiraError as error:
        offer.fault = explain_to_asker(error)
    return offer


def projects_of(client: JiraClient, connection: JiraConnection, person: Person) -> list[Project]:
    """Those that the account sees, within those that an admin chose; where people link as
    themselves, those in which this person may create issues."""
    chosen, seen = connection.projects_that_count(), client.projects(MOST_PROJECTS)
    inside = [each for each in seen if chosen is None or each.id in chosen]
    account = account_of(person, connection)
    if not account:
        return inside if account == "" else []
    held = client.rights_in([each.id for each in inside], [CREATE], account)
    return [each for each in inside if held[each.id]]


def usual_project(key_result: KeyResult, connection: JiraConnection) -> str:
    """That of the issue which was linked to it last."""
    links = JiraLink.objects.filter(key_result=key_result, connection=connection)
    keys = links.exclude(issue=None).order_by("-pk").values_list("issue__key", flat=True)
    return (keys.first() or "").rpartition("-")[0]


def besides_description(needed: list[NeededField]) -> list[NeededField]:
    return [each for each in needed if each.id != DESCRIPTION]


def told(needed: list[NeededField]) -> str:
    """This project needs a 'Component', so create it in Jira."""
    names = [f"'{each.name}'" for each in needed]
    *first, last = names
    listed = f"{', '.join(first)} and {last}" if first else f"a {last}"
    return NEEDS.format(names=listed)


def _chosen(wanted: str, projects: list[Project]) -> str:
    keys = [project.key for project in projects]
    if wanted in keys:
        return wanted
    return keys[0] if len(keys) == 1 else ""


def _type_of(wanted: str, types: list[IssueType]) -> str:
    """The chosen one, else a plain task, else the first."""
    numbers = [kind.id for kind in types]
    if wanted in numbers:
        return wanted
    tasks = [kind.id for kind in types if kind.name.casefold() == "task"]
    return next(iter([*tasks, *numbers]), "")
