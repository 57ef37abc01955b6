"""What a person typed → what would be linked, and what the number would be then."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice

from django.utils import timezone

from jira_integration.client import (
    Foreign,
    Issue,
    IssueKeys,
    JiraClient,
    JiraError,
    Jql,
    Named,
    QueryRefused,
    Reference,
    Shorthand,
    Unsupported,
    Words,
)
from jira_integration.descending import Top, descend
from jira_integration.models import JiraConnection
from jira_integration.proposal import MOST_READ, MOST_SHOWN, Proposal, Typed
from jira_integration.siting import hosts_told

MOST_ISSUES = 100
LEAST_LETTERS = 3
"""From so many on filters, sprints and versions are looked for too."""
PERSON_WAITS = 10.0
"""Seconds for one answer of Jira."""

FOREIGN = "{host} is not {which} connected Jira. Paste an address of {sites}, or type an issue key."
UNSUPPORTED = {
    "own list": "This list of Jira shows everybody other issues. Save it as a filter and paste its"
    " address, or type JQL.",
    "board": "The address of this board names no project. Paste the address of its sprint, of its"
    " project or of its filter.",
    "plan": "A plan cannot be linked: Jira's search does not know it. Link the issues at its"
    " top, or type JQL.",
    "dashboard": "A dashboard cannot be linked. Open the filter behind one of its parts and paste"
    " the filter's address.",
    "wiki": "This is a page of Confluence. Paste the address of an issue, a filter, a sprint or a"
    " version.",
    "page": "This page of Jira names no issue. Open the issue and copy its address or its key.",
}
UNREADABLE = (
    "{keys} cannot be read in Jira. It may not exist, or the connected account may not see it."
)
NOT_KEPT = {
    Shorthand.FILTER: "There is no filter {}, or it is not shared with the connected account.",
    Shorthand.SPRINT: "There is no sprint {}, or the connected account may not see its board.",
    Shorthand.VERSION: "There is no version {}, or the connected account may not see its project.",
}
OUT_OF_BOUNDS = (
    "{keys} cannot be linked. It may not exist, the connected account may not see it, or its"
    " project is not among those that may be linked here: {projects}."
)
TOO_MANY = f"At most {MOST_ISSUES} issues can be linked one by one. Use JQL for more."


def propose(
    typed: Typed,
    connection: JiraConnection,
    most: int = MOST_SHOWN,
    numbers: Sequence[str] = (),
    seen_by: str = "",
) -> Proposal:
    """Asks Jira what it stands for; of a query, `most` issues are read, with these fields.

    Nothing is told that the account `seen_by` may not browse. May raise JiraError.
    """
    proposal = Proposal(connection.pk, picked=list(typed.picked))
    reference = typed.means(connection)
    keys = [*typed.picked, *(reference.keys if isinstance(reference, IssueKeys) else ())]
    with connection.client(PERSON_WAITS, seen_by=seen_by) as client:
        prove_identity(client, connection)
        _ask_reference(client, reference, most, proposal, numbers)
        _ask_keys(client, list(dict.fromkeys(keys)), proposal, numbers)
        withheld = bool(client.withheld)
        _ask_below(client, typed.depth, proposal, numbers)
        proposal.withholds = bool(client.withheld) if proposal.goes_below else withheld
    _tell_lost(proposal, connection)
    return proposal


def _ask_reference(
    client: JiraClient,
    reference: Reference,
    most: int,
    proposal: Proposal,
    numbers: Sequence[str],
) -> None:
    match reference:
        case Jql(query):
            _ask_query(client, query, most, proposal, numbers)
        case Named() as named:
            _ask_kept(client, named, most, proposal, numbers)
        case Words(words):
            _ask_words(client, words, proposal)
        case Foreign(host):
            proposal.fault = _foreign(host)
        case Unsupported(reason):
            proposal.fault = UNSUPPORTED[reason]


def _foreign(host: str) -> str:
    sites = list(JiraConnection.objects.all())
    which = "a" if len(sites) > 1 else "the"
    return FOREIGN.format(host=host, which=which, sites=hosts_told(sites))


def prove_identity(client: JiraClient, connection: JiraConnection) -> None:
    """Credentials that are refused here are not tried again by the schedule or the next person."""
    try:
        client.myself()
    except JiraError as error:
        same = JiraConnection.objects.filter(
            pk=connection.pk, sealed_token=connection.sealed_token
        ).first()
        if same and error.stops_connection:
            same.failed(error, timezone.now())
        raise


def _ask_query(
    client: JiraClient, query: str, most: int, proposal: Proposal, numbers: Sequence[str]
) -> None:
    try:
        problems = client.check_jql(query)
        proposal.matches = [] if problems else _first(client, query, most + 1, numbers)
    except QueryRefused as refused:
        problems = refused.messages or ["Jira does not accept this search."]
    if problems:
        proposal.fault = " ".join(problems)
        return
    proposal.jql = query
    proposal.whole = len(proposal.matches) <= most
    if not proposal.whole:
        proposal.matches = proposal.matches[:most]
        proposal.about = client.count(query)


def _ask_kept(
    client: JiraClient, named: Named, most: int, proposal: Proposal, numbers: Sequence[str]
) -> None:
    proposal.kept = client.kept(named.shorthand, named.number)
    if proposal.kept is None:
        proposal.fault = NOT_KEPT[named.shorthand].format(named.number)
        return
    _ask_query(client, proposal.kept.jql, most, proposal, numbers)


def _ask_below(
    client: JiraClient, depth: int | None, proposal: Proposal, numbers: Sequence[str]
) -> None:
    """How many issues are right below the one that was chosen, and what counts of its levels."""
    top = proposal.top
    if top is None or top.is_subtask:
        return
    read: dict[int, Issue] = {}

    def take(page: list[Issue]) -> None:
        read.update((issue.id, issue) for issue in page)

    def below(levels: int) -> list[Issue]:
        tops = [Top(top.id, levels)]
        told = descend(client, tops, {top.id: top.key}, numbers, take, MOST_READ)
        proposal.whole = not told.refused
        return [read[number] for number in told.below.get(tops[0], read.keys() - {top.id})]

    children = below(1)
    proposal.children = len(children) if proposal.whole or children else None
    if depth is not None:
        proposal.depth = depth
        proposal.matches = below(depth) if depth != 1 else children
    proposal.whole = proposal.whole or depth is None


def _first(client: JiraClient, query: str, most: int, numbers: Sequence[str]) -> list[Issue]:
    pages = client.search(query, limit=most, numbers=numbers)
    issues = (issue for page in pages for issue in page)
    return list(islice(issues, most))


def _ask_words(client: JiraClient, words: str, proposal: Proposal) -> None:
    """The issues that were seen last where nothing is typed; a single letter asks nothing."""
    proposal.words = words
    if len(words) != 1:
        proposal.suggestions = client.suggest(words)[:MOST_SHOWN]
    if len(words) >= LEAST_LETTERS:
        with suppress(JiraError):
            proposal.keepsakes = client.suggest_kept(words)


def _ask_keys(
    client: JiraClient, keys: list[str], proposal: Proposal, numbers: Sequence[str]
) -> None:
    if not keys:
        return
    if len(keys) > MOST_ISSUES:
        proposal.fault = TOO_MANY
        return
    found = [issue for batch in client.read_issues(keys, numbers) for issue in batch]
    proposal.issues = found
    if len(found) < len(keys):
        lost = keys if len(keys) == 1 else [key for key in keys if key not in _keys(found)]
        proposal.lost = lost


def _tell_lost(proposal: Proposal, connection: JiraConnection) -> None:
    """The same of an issue outside the chosen projects as of none, so that nothing is told."""
    if not proposal.lost:
        return
    projects = connection.chosen_projects.values_list("key", flat=True)
    sentence = OUT_OF_BOUNDS if connection.only_chosen else UNREADABLE
    named = ", ".join(proposal.lost)
    proposal.fault = sentence.format(keys=named, projects=", ".join(projects))


def _keys(issues: Iterable[Issue]) -> set[str]:
    return {issue.key for issue in issues}
