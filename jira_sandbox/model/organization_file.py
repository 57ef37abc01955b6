"""Organizations as the state file keeps them: what every account is today, by organization."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from jira_sandbox.model.organization import Organizations
from jira_sandbox.model.profile import Membership, Profile, Standing

Json = dict[str, Any]


def body(organizations: Organizations) -> Json:
    homes = organizations.by_id.values()
    return {home.id: [_profile_body(each) for each in home.profiles.values()] for home in homes}


def restore(organizations: Organizations, kept: Json) -> None:
    """An older file keeps none of them: they stay as the seed has them."""
    for number, profiles in kept.items():
        found = [_profile(each) for each in profiles]
        organizations.by_id[number].profiles = {each.id: each for each in found}


def _profile_body(profile: Profile) -> Json:
    moments = {"added": profile.added.isoformat(), "deleted_at": _text(profile.deleted_at)}
    seen = {key: at.isoformat() for key, at in profile.seen.items()}
    return asdict(profile) | moments | {"seen": seen}


def _profile(kept: Json) -> Profile:
    directories = kept["directories"].items()
    lists = {name: tuple(kept[name]) for name in ("roles", "groups", "products")}
    deleted_at = kept["deleted_at"]
    changed = {
        "added": datetime.fromisoformat(kept["added"]),
        "standing": Standing(kept["standing"]),
        "directories": {number: Membership(word) for number, word in directories},
        "seen": {key: datetime.fromisoformat(at) for key, at in kept["seen"].items()},
        "deleted_at": datetime.fromisoformat(deleted_at) if deleted_at else None,
    }
    return Profile(**(kept | lists | changed))


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
