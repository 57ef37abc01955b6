"""Keeping the site in one JSON file, so that a restart finds the work as it was left."""

import json
import os
from dataclasses import astuple
from datetime import datetime
from pathlib import Path
from typing import Any

from jira_sandbox.model import organization_file
from jira_sandbox.model.catalogue import KIND_BY_NAME, RESOLUTION_BY_NAME
from jira_sandbox.model.hook import Hook
from jira_sandbox.model.issue import Change, Difference, Issue
from jira_sandbox.model.nouns import Account, Project, Status
from jira_sandbox.model.planning import SavedFilter
from jira_sandbox.model.seeding import bare_site, seeded_site
from jira_sandbox.model.site import Clock, Site, clock_on_the_wall
from jira_sandbox.model.wiki_seeding import seed_pages

Json = dict[str, Any]


class StateFileError(Exception):
    """The file is there but is not ours, or is damaged."""


def kept_site(path: Path, seed: str, clock: Clock = clock_on_the_wall) -> Site:
    """The site of the file; the first time, a freshly seeded one. Every change is written."""
    site = _read(path, clock) if path.exists() else seeded_site(seed, clock)
    site.changed.append(lambda: write(site, path))
    write(site, path)
    return site


def write(site: Site, path: Path) -> None:
    """Written beside and then put in place: a reader sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(_site_body(site), file, ensure_ascii=False, indent=1)
    beside.replace(path)


def _read(path: Path, clock: Clock) -> Site:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        site = bare_site(body["seed"], clock)
        for issue in body["issues"]:
            site.add(_issue(site, issue))
        for number, name, url, secret, events, *on_premise in body.get("hooks", []):
            site.hooks[number] = Hook(number, name, url, secret, tuple(events), any(on_premise))
        site.outside.restore(body.get("outside", {}))
        organization_file.restore(site.people.organizations, body.get("organizations", {}))
        site.people.removed = set(body.get("removed", ()))
        site.people.settle()
        _restore_wiki(site, body)
        for number, name, owner, shared, jql in body.get("filters", []):
            site.filters[number] = SavedFilter(number, name, site.accounts[owner], shared, jql)
        site.keys |= body["keys"]
        site.numbers |= body["numbers"]
        site.next_id, site.weeks = body["next_id"], body["weeks"]
    except (OSError, ValueError, KeyError, TypeError, LookupError) as error:
        raise StateFileError(f"{path} does not hold a sandbox: {error}.") from error
    return site


def _restore_wiki(site: Site, body: Json) -> None:
    """A file of the time before there were pages gets those of the seed."""
    if "wiki" in body:
        site.wiki.restore(body["wiki"], site.accounts)
    else:
        seed_pages(site)


def _site_body(site: Site) -> Json:
    return {
        "seed": site.seed,
        "weeks": site.weeks,
        "next_id": site.next_id,
        "numbers": site.numbers,
        "hooks": [list(astuple(hook)) for hook in site.hooks.values()],
        "outside": site.outside.body(),
        "organizations": organization_file.body(site.people.organizations),
        "removed": sorted(site.people.removed),
        "wiki": site.wiki.body(),
        "filters": [[f.id, f.name, f.owner.name, f.shared, f.jql] for f in site.filters.values()],
        "keys": site.keys,
        "issues": [_issue_body(issue) for issue in site.issues.values()],
    }


def _issue_body(issue: Issue) -> Json:
    return {
        "id": issue.id,
        "key": issue.key,
        "project": issue.project.key,
        "kind": issue.kind.name,
        "summary": issue.summary,
        "status": issue.status.name,
        "created": issue.created.isoformat(),
        "updated": issue.updated.isoformat(),
        "reporter": issue.reporter.name,
        "assignee": issue.assignee.name if issue.assignee else None,
        "parent": issue.parent,
        "points": issue.points,
        "estimate": issue.estimate,
        "clinics": issue.clinics,
        "labels": list(issue.labels),
        "sprint": issue.sprint,
        "release": issue.release,
        "resolution": issue.resolution.name if issue.resolution else None,
        "resolved": issue.resolved.isoformat() if issue.resolved else None,
        "category_since": issue.category_since.isoformat() if issue.category_since else None,
        "locked": issue.locked,
        "history": [_change_body(change) for change in issue.history],
    }


def _issue(site: Site, body: Json) -> Issue:
    project = site.projects[body["project"]]
    return Issue(
        **{name: body[name] for name in ("id", "key", "summary", "parent", "points", "estimate")},
        **{name: body[name] for name in ("sprint", "release", "locked")},
        clinics=body.get("clinics"),
        project=project,
        kind=KIND_BY_NAME[body["kind"]],
        status=_status(project, body["status"]),
        created=datetime.fromisoformat(body["created"]),
        updated=datetime.fromisoformat(body["updated"]),
        reporter=site.accounts[body["reporter"]],
        assignee=_account(site, body["assignee"]),
        labels=tuple(body["labels"]),
        resolution=RESOLUTION_BY_NAME[body["resolution"]] if body["resolution"] else None,
        resolved=_moment(body["resolved"]),
        category_since=_moment(body["category_since"]),
        history=[_change(site, change) for change in body["history"]],
    )


def _change_body(change: Change) -> list[Any]:
    differences = [
        [d.field, d.old, d.old_text, d.new, d.new_text, d.custom] for d in change.differences
    ]
    return [change.at.isoformat(), change.author.name, differences]


def _change(site: Site, body: list[Any]) -> Change:
    at, author, differences = body
    changes = tuple(Difference(*difference) for difference in differences)
    return Change(datetime.fromisoformat(at), site.accounts[author], changes)


def _status(project: Project, name: str) -> Status:
    return project.status(name)


def _account(site: Site, name: str | None) -> Account | None:
    return site.accounts[name] if name else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
