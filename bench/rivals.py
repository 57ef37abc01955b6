"""What the product is compared with: a bare loop, a library that one would script with, raw SQL."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import psycopg
import requests
from django.conf import settings
from jira import JIRA

from jira_sandbox.testing import EMAIL, TOKEN, basic

Connection = psycopg.Connection[tuple[object, ...]]
BATCH = 1_000
FIELDS = ["summary", "status", "issuetype", "updated", "resolution", "project"]
"""Those that the product asks for: so the pages are the same to the byte."""
READ = """
SELECT l.key_result_id, l.weight, i.category, i.resolution_id, i.numbers
  FROM jira_integration_jiralink l
  JOIN jira_integration_jiraissue i ON i.id = l.issue_id
"""
READ_KEY_RESULTS = "SELECT id, objective_id, progress, current, start, target FROM okr_keyresult"
READ_MEASUREMENTS = """
SELECT key_result_id, value, progress, at, source, why::text
  FROM okr_measurement WHERE at = (SELECT max(at) FROM okr_measurement)
"""
READ_OBJECTIVES = "SELECT id, progress FROM okr_objective WHERE progress IS NOT NULL"
WRITE = """
CREATE TEMP TABLE new (id bigint, value numeric, progress numeric, at timestamptz, source text,
                       why jsonb) ON COMMIT DROP;
CREATE TEMP TABLE above (id bigint, progress numeric) ON COMMIT DROP;
"""
WRITE_BACK = """
INSERT INTO okr_measurement (key_result_id, value, progress, at, source, why)
     SELECT id, value, progress, at, source, why FROM new;
UPDATE okr_keyresult k SET current = n.value, progress = n.progress, measured_at = n.at
  FROM new n WHERE k.id = n.id;
UPDATE okr_objective o SET progress = a.progress FROM above a WHERE o.id = a.id;
"""


def bare_loop(server: str, numbers: Sequence[int]) -> float:
    """Seconds to download and parse the pages, one after the other, over one connection."""
    begun = time.perf_counter()
    with requests.Session() as session:
        session.headers.update({**basic(), "Accept": "application/json"})
        for at in range(0, len(numbers), BATCH):
            wanted = [str(number) for number in numbers[at : at + BATCH]]
            body = {"issueIdsOrKeys": wanted, "fields": FIELDS}
            answer = session.post(f"{server}/rest/api/3/issue/bulkfetch", json=body, timeout=60)
            assert len(answer.json()["issues"]) == len(wanted)  # noqa: S101
    return time.perf_counter() - begun


def one_by_one(server: str, numbers: Sequence[int], sample: int) -> float:
    """Seconds for each issue, read as one would script it with the `jira` package."""
    told = {"rest_api_version": "3", "check_update": False}
    client = JIRA(server, options=told, basic_auth=(EMAIL, TOKEN), get_server_info=False)
    begun = time.perf_counter()
    for number in islice(numbers, sample):
        assert client.issue(str(number)).fields.status.statusCategory.key  # noqa: S101
    took = time.perf_counter() - begun
    return took / sample


@dataclass(frozen=True, slots=True)
class RawSql:
    """Replays what new percentages wrote last: the same rows read, the same changes written."""

    measurements: list[tuple[object, ...]]
    objectives: list[tuple[object, ...]]

    @classmethod
    def of_last(cls) -> "RawSql":
        with _connected() as raw:
            return cls(
                raw.execute(READ_MEASUREMENTS).fetchall(), raw.execute(READ_OBJECTIVES).fetchall()
            )

    def replay(self) -> float:
        """Seconds; nothing of it stays."""
        with _connected() as raw:
            begun = time.perf_counter()
            for query in (READ_KEY_RESULTS, READ):
                raw.execute(query).fetchall()
            raw.execute(WRITE)
            self._copy(raw, "new", self.measurements)
            self._copy(raw, "above", self.objectives)
            raw.execute(WRITE_BACK)
            took = time.perf_counter() - begun
            raw.rollback()
        return took

    def _copy(
        self,
        raw: Connection,
        into: str,
        rows: list[tuple[object, ...]],
    ) -> None:
        with raw.cursor().copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _connected() -> Connection:
    return psycopg.connect(settings.DATABASE_URL)
