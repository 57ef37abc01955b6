"""Reads a backup, after it has proven to be whole."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from config.backup import BackupError
from config.backup.manifest import NAME, Manifest, Table

NOT_WHOLE = "This file is damaged, cut short or no backup: {}. Nothing was restored."
FAULTS = (BadZipFile, zlib.error, KeyError, TypeError, ValueError, EOFError, OSError, RuntimeError)
PIECE = 1 << 20


class Backup:
    """A file of which everything was read and compared with its checksums."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.manifest = Manifest.from_json(archive.read(NAME))
        for table in self.manifest.tables:
            if self._checksum(table) != table.checksum:
                raise BadZipFile(f"{table.model} is not what was written")

    def lines(self, table: Table) -> Iterator[bytes]:
        with self._archive.open(table.member) as file:
            yield from file

    def _checksum(self, table: Table) -> str:
        found = sha256()
        with self._archive.open(table.member) as file:
            while piece := file.read(PIECE):
                found.update(piece)
        return found.hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """Raises BackupError for what is not a whole backup."""
    try:
        archive = ZipFile(path)
    except FAULTS as error:
        raise BackupError(NOT_WHOLE.format(error)) from error
    with archive:
        yield _proven(archive)


def _proven(archive: ZipFile) -> Backup:
    try:
        return Backup(archive)
    except FAULTS as error:
        raise BackupError(NOT_WHOLE.format(error)) from error
