"""The fields that sizes come from: listed once a day, and looked after where one may be gone.

A field that is taken out of Jira leaves every issue without a size. That says nothing about the
issues: they count by the sizes that were known last, and no number moves.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from jira_integration.calculation import IssueId
from jira_integration.client import (
    BrokenAnswer,
    Field,
    Forbidden,
    Issue,
    JiraClient,
    MissingScope,
    NotFound,
    NotJira,
    QueryRefused,
    TimedOut,
    Unavailable,
)
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


def list_fields(
    client: JiraClient, plan: Plan, issues: dict[int, Issue], *, due: bool
) -> list[Field]:
    """What Jira lists, where it was asked; `issues` get back the sizes of fields that are gone."""
    have = {name for issue in issues.values() for name in issue.numbers}
    empty = _had(plan, issues.values()) - have
    listed = _ask(client) if due or empty - plan.gone else []
    there = {field.id for field in listed}
    gone = (set(plan.numbers) - there if there else plan.gone | empty) - have
    for number, issue in issues.items():
        if kept := _kept(plan, issue, gone):
            issues[number] = replace(issue, numbers=issue.numbers | kept)
    return listed


def _ask(client: JiraClient) -> list[Field]:
    try:
        return client.fields()
    except NOT_TOLD:
        return []


def _had(plan: Plan, issues: Iterable[Issue]) -> set[str]:
    """The fields that some of the issues had when they were read before."""
    known = {name for issue in issues for name in _numbers(plan, issue)}
    return known & set(plan.numbers)


def _kept(plan: Plan, issue: Issue, gone: Collection[str]) -> dict[str, Decimal]:
    known = _numbers(plan, issue)
    return {name: known[name] for name in gone if name in known and name not in issue.numbers}


def _numbers(plan: Plan, issue: Issue) -> Mapping[str, Decimal]:
    known = plan.mirror.get(IssueId(plan.site, issue.id))
    return known.numbers if known else {}
