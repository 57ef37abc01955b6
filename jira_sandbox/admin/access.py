"""Access to a directory of the organization: suspended, restored, taken away.

Atlassian, organizations REST API, "Suspend user access in directory", "Restore user access in
directory" and "Remove user from directory". The path names one directory: `-` is none here.
"""

from collections.abc import Callable

from jira_sandbox.admin.asking import Ask
from jira_sandbox.admin.refusals import declined
from jira_sandbox.messages import Response
from jira_sandbox.model.profile import Profile, Standing

DONE = 204


def suspend(ask: Ask) -> Response:
    _require_json(ask)
    return _done(ask, _place(ask), ask.organization.suspend)


def restore(ask: Ask) -> Response:
    _require_json(ask)
    return _done(ask, _place(ask), ask.organization.restore)


def remove(ask: Ask) -> Response:
    """Put into a queue, on Atlassian's side: see the fault `lagging`."""
    return _done(ask, _place(ask, alive=False), ask.organization.remove)


def _done(ask: Ask, directory: str, change: Callable[[str, str], None]) -> Response:
    change(ask.named["account"], directory)
    ask.site.people.settle()
    return Response(DONE)


def _place(ask: Ask, *, alive: bool = True) -> str:
    """The directory, where this account is in it and may be changed by this key."""
    directory, profile = ask.directory(), _current(ask)
    if directory is None or directory.id not in profile.directories:
        raise declined("ADMIN-404-8", "The account is not in this directory.")
    if profile.id == ask.key.maker:
        raise declined("ADMIN-UAM-403-1", "Nobody takes their own access away.")
    if alive and profile.at(ask.now) is not Standing.ACTIVE:
        raise declined("ADMIN-UAM-400-2", "The account is not active.")
    return directory.id


def _current(ask: Ask) -> Profile:
    """As it stands, however far the lists lag behind."""
    found = ask.organization.profiles.get(ask.named["account"])
    if found is None:
        raise declined("ADMIN-404-8", "There is no such account in this organization.")
    return found


def _require_json(ask: Ask) -> None:
    """Even though there is nothing to say: seen on a live organization."""
    if "json" not in ask.request.headers.get("content-type", ""):
        raise declined("ADMIN-UAM-415-1", "Send the body as application/json.")
