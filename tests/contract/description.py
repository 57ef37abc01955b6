"""Where Atlassian's description of its API and the recorded answers lie."""

import json
import os
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
VARIABLE = "PLUMBLINE_JIRA_SPEC"
BESIDE = HERE.parents[1].parent / "shared" / "jira-spec"
SCHEMA = re.compile(r'"#/components/schemas/([^"]+)"')
SUBSET = "jira-cloud-v3.subset.json"
ANONYMOUS = "/rest/api/2/serverInfo"
"""Data Center's description wants credentials there, Data Center does not."""
WHOLE = "jira-cloud-v3.openapi.json"
CREATING = "/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes"
BESIDES = (
    "/rest/api/3/resolution",
    "/rest/api/3/resolution/search",
    "/rest/api/3/issue",
    "/rest/api/3/permissions/check",
    CREATING,
    f"{CREATING}/{{issueTypeId}}",
)
"""What we call as well, though the subset lacks it."""
SUBSETS = {"cloud": SUBSET, "data center": "jira-dc-10.3.subset.json"}


def folder() -> Path:
    return Path(os.environ.get(VARIABLE) or BESIDE)


def missing() -> str:
    """Why there is no description here; empty when there is."""
    if (folder() / SUBSET).is_file():
        return ""
    return f"Atlassian's description is not here (set {VARIABLE} to the folder that holds {SUBSET})"


def satisfiable(edition: str = "cloud") -> Any:
    """The description, mended where no answer at all could keep to it: a few schemas list
    alternatives with properties, and in the same breath forbid every property."""
    description = json.loads((folder() / SUBSETS[edition]).read_text(encoding="utf-8"))
    if edition == "cloud":
        _add_paths(description)
    for schema in description["components"]["schemas"].values():
        if "anyOf" in schema and "properties" not in schema:
            schema.pop("additionalProperties", None)
    if about := description["paths"].get(ANONYMOUS):
        about["get"]["security"] = []
    return description


def _add_paths(description: Any) -> None:
    whole = json.loads((folder() / WHOLE).read_text(encoding="utf-8"))
    schemas = description["components"]["schemas"]
    wanted: list[Any] = [whole["paths"][path] for path in BESIDES]
    description["paths"] |= dict(zip(BESIDES, wanted, strict=True))
    while wanted:
        named = sorted(set(SCHEMA.findall(json.dumps(wanted))) - schemas.keys())
        wanted = [whole["components"]["schemas"][name] for name in named]
        schemas |= dict(zip(named, wanted, strict=True))


def recorded(name: str) -> Any:
    return json.loads((folder() / "recorded" / name).read_text(encoding="utf-8"))


def recorded_body(part: str, method: str = "GET") -> Any:
    """The first recorded answer whose address holds `part`."""
    answers = recorded("cloud-rest-defectdojo.json")
    return next(
        answer["body"]
        for answer in answers
        if part in answer["uri"] and answer["method"] == method and answer["status"] == 200
    )
