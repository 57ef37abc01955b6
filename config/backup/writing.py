"""Writes a backup: one moment of the database, in a file that appears once it is whole."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import connection
from django.db.models import Model

from config.backup import OFTEN, Say
from config.backup.manifest import NAME, Manifest, Table
from config.backup.moment import snapshot
from config.backup.schema import applied, models_at
from config.backup.values import line_of
from config.sealed import Ring, sealed_texts

BATCH = 2_000


def write(path: Path, at: datetime, say: Say) -> Manifest:
    with whole_file(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as archive, snapshot():
        manifest = Manifest(at.isoformat(), connection.vendor, applied())
        needed = Needed()
        for model in models_at(manifest.migrations):
            manifest.tables.append(_write_table(archive, model, needed, say))
        manifest.keys = dict(needed.by_key)
        archive.writestr(NAME, manifest.as_json())
    return manifest


class Needed:
    """Counts which field keys open the sealed columns of the rows that pass by."""

    def __init__(self) -> None:
        self.ring, self.by_key = Ring(), Counter[str]()

    def look_at(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        for place, name in enumerate(columns):
            sealed = (text for row in rows for text in sealed_texts(table, name, row[place]))
            self.by_key.update(self.ring.opener(each) or "" for each in sealed)


def _write_table(archive: ZipFile, model: type[Model], needed: Needed, say: Say) -> Table:
    columns = [column.attname for column in model._meta.concrete_fields]
    label, count, checksum = model._meta.label_lower, 0, sha256()
    member = Table(label, columns, 0, "").member
    with archive.open(member, "w", force_zip64=True) as file:
        for rows in _batches(model, columns):
            needed.look_at(label, columns, rows)
            lines = "".join(map(line_of, rows)).encode()
            checksum.update(lines)
            file.write(lines)
            count += len(rows)
            if count % OFTEN == 0:
                say(f"{label}: {count:,} rows so far …")
    if count:
        say(f"{label}: {count:,} rows")
    return Table(label, columns, count, checksum.hexdigest())


def _batches(model: type[Model], columns: list[str]) -> Iterator[list[tuple[Any, ...]]]:
    rows = model._base_manager.order_by("pk").values_list(*columns).iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield batch


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Its owner alone may read it, and it has its name only once it is whole."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
