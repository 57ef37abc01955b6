"""Scripts, styles and pictures by names that tell their content, once they have been collected.

Until then they are served by their plain names from where they are, as in the tests.
"""

from hashlib import sha256
from itertools import chain
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Statics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name


def are_collected(folder: Path) -> bool:
    return bool((folder / Statics.manifest_name).exists())


def sources() -> str:
    """What there is to collect, in a few characters that change with any file of it."""
    listed = chain.from_iterable(finder.list([]) for finder in finders.get_finders())
    places = sorted(Path(storage.path(name)) for name, storage in listed)
    stamps = (f"{place} {place.stat().st_mtime_ns}" for place in places)
    return sha256("\n".join(stamps).encode()).hexdigest()


def collect_changed(folder: Path) -> None:
    """As the image's build does once; here whenever a script or a style has changed."""
    record, now = folder.with_suffix(".collected"), sources()
    if are_collected(folder) and record.exists() and record.read_text() == now:
        return
    record.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    record.write_text(now)
