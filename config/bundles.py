"""Hands a page its styles in one file and its scripts in another; the sources stay one a component.

Each app names its bundles in `bundles.py`: the path of the whole, and the paths of its parts in
their order. What `manage.py collectstatic` and the development server find is the whole.
"""

import os
from collections.abc import Iterable
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.module_loading import module_has_submodule


class BundleFinder(BaseFinder):
    """Writes each bundle once a process, into the var folder."""

    @cached_property
    def storage(self) -> FileSystemStorage:
        return FileSystemStorage(location=settings.VAR_DIR / "bundles")

    @cached_property
    def written(self) -> dict[str, str]:
        """The place of each bundle by its path below the static address."""
        return {path: self._write(path, whole) for path, whole in _wholes()}

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        place = self.written.get(path)
        found = [place] if place else []
        return found if find_all else (place or [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:  # noqa: ARG002
        return [(path, self.storage) for path in self.written]

    def _write(self, path: str, whole: str) -> str:
        place = Path(self.storage.path(path))
        if not place.exists() or place.read_text() != whole:
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_name(f"{place.name}.{os.getpid()}")
            fresh.write_text(whole)
            fresh.replace(place)
        return str(place)


def _wholes() -> Iterable[tuple[str, str]]:
    for app in apps.get_app_configs():
        if app.module and module_has_submodule(app.module, "bundles"):
            static, named = Path(app.path) / "static", import_module(f"{app.name}.bundles")
            for path, parts in getattr(named, "BUNDLES", {}).items():
                yield path, "".join((static / part).read_text() for part in parts)
