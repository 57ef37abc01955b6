"""What stands in a backup: of which version, how many rows, under which keys."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from config import VERSION
from config.backup import BackupError
from config.backup.schema import LEFT_OUT, State

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a model; `checksum` is that of its member, SHA-256."""

    model: str
    columns: list[str]
    rows: int
    checksum: str

    @property
    def member(self) -> str:
        return f"tables/{self.model}.jsonl"


@dataclass(slots=True)
class Manifest:
    """`keys` tells how many sealed texts each field key opens, by its name; "" opens none."""

    made_at: str
    database: str
    migrations: State
    tables: list[Table] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    version: str = VERSION
    left_out: list[str] = field(default_factory=lambda: list(LEFT_OUT))
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Raises BackupError for a file that a newer version wrote, or nobody of us."""
        told: dict[str, Any] = json.loads(text)
        if told["format"] > FORMAT:
            raise BackupError("A newer version of the product wrote this file. Use that version.")
        told["migrations"] = [(app, name) for app, name in told["migrations"]]
        told["tables"] = [Table(**each) for each in told["tables"]]
        return cls(**told)
