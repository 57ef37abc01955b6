"""Asks Jira for somebody who waits: what goes wrong is told in a sentence."""

from django.utils import timezone

from jira_integration.client import JiraError
from jira_integration.counting import fields_named
from jira_integration.explain import explain_to_asker
from jira_integration.models import JiraConnection, Measuring
from jira_integration.own_rights import propose_for
from jira_integration.proposal import MOST_SHOWN, Proposal, Typed
from okr.models import KeyResult, Person


def answer(
    person: Person,
    typed: Typed,
    connection: JiraConnection,
    key_result: KeyResult,
    most: int = MOST_SHOWN,
) -> Proposal:
    """What Jira says to what this person typed; after a failure, what was picked stays."""
    refusal = connection.refusal(timezone.now())
    if refusal is None:
        try:
            numbers = fields_named([Measuring.objects.of(key_result)], connection.pk)
            return propose_for(person, typed, connection, most, numbers)
        except JiraError as error:
            refusal = explain_to_asker(error)
    return Proposal(picked=list(typed.picked), fault=refusal.sentence, unreachable=True)
