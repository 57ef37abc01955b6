"""User management: what becomes of a managed account itself, everywhere at once.

Atlassian, user management REST API, "Manage" and "Lifecycle": answers and statuses from there, the
reasons for a refusal from its `ManageabilityRestrictionReason`.
"""

from collections.abc import Callable

from jira_sandbox.admin.asking import Ask
from jira_sandbox.admin.refusals import (
    NOT_MYSELF,
    SYNCED,
    DeclinedError,
    ineligible,
    unmanageable,
)
from jira_sandbox.messages import Json, Response, json_response
from jira_sandbox.model.profile import Profile, Standing

SUCCESS = {"message": "Success"}
PRIVILEGES = ("lifecycle.enablement", "lifecycle.delete")


def permissions(ask: Ask) -> Response:
    profile = _managed(ask)
    reason = _restriction(ask, profile)
    verdict: Json = {"allowed": False, "reason": {"key": reason}} if reason else {"allowed": True}
    return json_response(dict.fromkeys(("profile.read", *PRIVILEGES), verdict))


def disable(ask: Ask) -> Response:
    """The message is what the owner of the account reads who tries to sign in."""
    message = ask.request.json().get("message", "")
    if not isinstance(message, str):
        raise DeclinedError(400, {"key": "badRequest"})
    return _done(ask, lambda profile: _set(ask, profile, Standing.INACTIVE))


def enable(ask: Ask) -> Response:
    return _done(ask, lambda profile: _set(ask, profile, Standing.ACTIVE))


def delete(ask: Ask) -> Response:
    """For fourteen days it can be cancelled, and the account looks deactivated."""
    profile = _changeable(ask)
    if profile.deleted_at or profile.at(ask.now) is Standing.CLOSED:
        raise ineligible("alreadyScheduled", "The account is deleted, or to be deleted, already.")
    ask.organization.delete(profile.id, ask.now)
    ask.site.people.settle()
    return json_response(SUCCESS)


def cancel_delete(ask: Ask) -> Response:
    """The account is active again, whatever it was before."""
    profile = _changeable(ask)
    if profile.status(ask.now) != "for_deletion":
        raise DeclinedError(404, {"key": "notFound"})
    ask.organization.delete(profile.id, None)
    ask.site.people.settle()
    return json_response(SUCCESS)


def _done(ask: Ask, change: Callable[[Profile], None]) -> Response:
    profile = _changeable(ask)
    if profile.deleted_at or profile.standing is Standing.CLOSED:
        raise ineligible("pendingDeletion", "Cancel the deletion of the account first.")
    change(profile)
    ask.site.people.settle()
    return Response(204)


def _set(ask: Ask, profile: Profile, standing: Standing) -> None:
    ask.organization.set_standing(profile.id, standing)


def _managed(ask: Ask) -> Profile:
    found = ask.organization.profiles.get(ask.named["account"])
    if found is None:
        raise DeclinedError(404, {"key": "notFound"})
    if not found.managed:
        raise DeclinedError(403, {"key": "forbidden"})
    return found


def _changeable(ask: Ask) -> Profile:
    profile = _managed(ask)
    if reason := _restriction(ask, profile):
        raise unmanageable(reason)
    return profile


def _restriction(ask: Ask, profile: Profile) -> str:
    if profile.id == ask.key.maker:
        return NOT_MYSELF
    return SYNCED if profile.synced else ""
