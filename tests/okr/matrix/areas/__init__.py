"""One file an area: which addresses it has and who is let in, and the nouns they name."""

import importlib
import pkgutil
from types import ModuleType

from tests.okr.matrix.declaring import Declared, Noun


def modules() -> list[ModuleType]:
    found = sorted(each.name for each in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}") for name in found]


def declared() -> dict[str, Declared]:
    return {name: each for module in modules() for name, each in module.ROUTES.items()}


def nouns() -> dict[str, Noun]:
    return {
        name: each for module in modules() for name, each in getattr(module, "NOUNS", {}).items()
    }
