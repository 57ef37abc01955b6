"""The fields that sizes come from: listed once a day, and looked after where one may be gone.

A field that is taken out of Jira leaves every issue without a size. That says nothing about the
issues: they count by the sizes that were known last, and no number moves.
"""

from jira_integration.client import (
    BrokenAnswer,
    Field,
    Forbidden,
    JiraClient,
    MissingScope,
    NotFound,
    NotJira,
    QueryRefused,
    TimedOut,
    Unavailable,
)
from jira_integration.sync.found import Found
from jira_integration.sync.planned import Plan

NOT_TOLD = (
    BrokenAnswer,
    Forbidden,
    MissingScope,
    NotFound,
    NotJira,
    QueryRefused,
    TimedOut,
    Unavailable,
)
"""What the list may fail with while issues can be read."""


def list_fields(client: JiraClient, plan: Plan, found: Found, *, due: bool) -> list[Field]:
    """What Jira lists, where it was asked; what is news gets back the sizes of fields that are
    gone."""
    have = found.filled
    empty = (found.had & set(plan.numbers)) - have
    listed = _ask(client) if due or empty - plan.gone else []
    there = {field.id for field in listed}
    gone = (set(plan.numbers) - there if there else plan.gone | empty) - have
    for number, known in found.sizes.items() if gone else ():
        issue = found.issues[number]
        kept = {name: known[name] for name in gone & known.keys() - issue.numbers.keys()}
        found.issues[number] = issue._replace(numbers={**issue.numbers, **kept})
    return listed


def _ask(client: JiraClient) -> list[Field]:
    try:
        return client.fields()
    except NOT_TOLD:
        return []
