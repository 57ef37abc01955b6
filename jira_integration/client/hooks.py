"""A webhook as we ask Jira for it, and as each generation of Jira wants to be asked.

Cloud and Data Center before 10 share an address; from 10.0 on Data Center has its own, which takes
the secret as `configuration.SECRET` and ignores any other. Before that Data Center signs nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIRST = "/rest/webhooks/1.0/webhook"
SINCE_10 = "/rest/jira-webhook/1.0/webhooks"


@dataclass(frozen=True, slots=True)
class Hook:
    name: str
    url: str
    secret: str
    events: tuple[str, ...]

    def for_cloud(self) -> Mapping[str, Any]:
        return {**self._plain(), "secret": self.secret, "filters": {}, "excludeBody": False}

    def for_data_center(self) -> Mapping[str, Any]:
        return {**self._plain(), "filters": {}, "excludeBody": False}

    def for_data_center_10(self) -> Mapping[str, Any]:
        configuration = {"SECRET": self.secret, "EXCLUDE_BODY": "false"}
        return {
            **self._plain(),
            "active": True,
            "scopeType": "global",
            "configuration": configuration,
        }

    def _plain(self) -> dict[str, Any]:
        return {"name": self.name, "url": self.url, "events": list(self.events)}
