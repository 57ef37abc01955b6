"""The rules of the house as checks over a source tree: each answers with what breaks its rule."""

import ast
import re
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

Allows = Callable[[str], bool]
NOT_OURS = {"migrations", "node_modules"}
ROOMS = ("jira_integration", "atlassian_accounts", "confluence")
BESIDE_THE_CORE = ("atlassian", *ROOMS)
FOLDERS = ("config", "okr", *BESIDE_THE_CORE, "jira_sandbox", "tests", "bench")
LINES = {".py": 300, ".html": 60, ".css": 120, ".js": 60}
FUNCTION_LINES = 30
BANNED = {
    "goal", "metric", "ticket", "data", "info", "item", "process", "service", "util", "helper",
}  # fmt: skip
OWN_NAME = re.compile(r"data_?center", re.IGNORECASE)
"""What Atlassian calls the edition of Jira that a company runs for itself."""
BANNED_FILES = {"services", "utils", "helpers", "signals"}
BASES_DEMAND = {
    *("process_request", "process_view", "process_exception", "handle_data"),
    *("get_access_token_data", "extract_extra_data"),
}
SPOKEN = re.compile("jira|confluence|atlassian", re.IGNORECASE)
MARKS_SAFE = re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off")
INLINE = {
    "an inline style": re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\b(?:src=|type=.application/json))|<[^>]*\son[a-z]+\s*=|javascript:",
        re.IGNORECASE,
    ),
    "a thing from another host": re.compile(
        r"<(?:script|img|link|iframe)\b[^>]*(?:src|href)\s*=\s*.?(?:https?:)?//", re.IGNORECASE
    ),
}


def only(*names: str) -> Allows:
    """The standard library, and the modules named here with all below them."""
    return lambda module: within(module, {*names, *sys.stdlib_module_names})


def never(*names: str) -> Allows:
    return lambda module: not within(module, names)


def from_okr_only(*names: str) -> Allows:
    return lambda module: within(module, names) or not within(module, {"okr"})


def within(module: str, names: Collection[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


FROM_OKR = (
    "okr.models",
    "okr.access",
    "okr.api",
    "okr.as_code",
    "okr.audit",
    "okr.confirming",
    "okr.documents",
    "okr.bell",
    "okr.slots",
    "okr.http",
    "okr.exports",
    "okr.imports",
    "okr.outgoing",
    "okr.progress",
    "okr.sealing",
)


def walls_of(room: str) -> Iterator[tuple[str, Allows]]:
    """Rooms are neighbours: what two of them need has a home of its own."""
    yield f"{room}/client", only(f"{room}.client", "atlassian.client", "okr.outgoing")
    yield room, never(*(other for other in ROOMS if other != room), "jira_sandbox", "config")
    yield room, from_okr_only(*FROM_OKR)


WALLS: tuple[tuple[str, Allows], ...] = (
    ("okr/progress.py", only()),
    ("jira_integration/calculation.py", only()),
    ("jira_integration/difference.py", only("jira_integration.calculation")),
    (
        "jira_integration/keeping.py",
        only("jira_integration.calculation", "jira_integration.difference"),
    ),
    ("okr/outgoing", only("okr.outgoing", "requests", "urllib3")),
    ("okr", never(*BESIDE_THE_CORE, "jira_sandbox", "config")),
    ("atlassian/client", only("atlassian.client", "okr.outgoing", "requests", "urllib3")),
    ("atlassian", never(*ROOMS, "jira_sandbox", "config")),
    ("atlassian", from_okr_only("okr.outgoing", "okr.sealing")),
    *(wall for room in ROOMS for wall in walls_of(room)),
    ("jira_sandbox", never("okr", *BESIDE_THE_CORE, "config")),
)


def breached_walls(house: Path) -> Iterator[str]:
    """Imports that a room may not have."""
    for around, allows in WALLS:
        for path in sources(house, around):
            for module in sorted(imports(house, path)):
                if not allows(module):
                    yield f"{path.relative_to(house)} imports {module}"


def imports(house: Path, path: Path) -> set[str]:
    """Every module that a file imports, relative ones resolved; `from a import b` is a.b."""
    package = path.relative_to(house).with_suffix("").parts[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = [*above, *filter(None, [node.module])]
            found |= {".".join([*base, name.name]) for name in node.names}
    return found


def spoken_names(house: Path) -> Iterator[str]:
    """A name out of an integration's world where only the core may speak."""
    for path in [*(house / "templates").rglob("*"), *(house / "okr").rglob("*")]:
        place = path.relative_to(house)
        beside = place.parts[0] == "templates" and place.parts[1] in BESIDE_THE_CORE
        if path.is_dir() or path.suffix == ".pyc" or beside:
            continue
        if SPOKEN.search(f"{place} {path.read_text(errors='ignore')}"):
            yield f"{place} names an integration"


def banned_names(house: Path) -> Iterator[str]:
    """Files, classes and functions named by a word that says nothing."""
    for path in sources(house, *FOLDERS):
        place = path.relative_to(house)
        if path.stem in BANNED_FILES | BANNED:
            yield f"{place} is a banned file name"
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and says_nothing(node.name):
                yield f"{place}:{node.lineno} names {node.name}"


def says_nothing(name: str) -> bool:
    return bool(BANNED & words(OWN_NAME.sub("", name))) and name not in BASES_DEMAND


def words(name: str) -> set[str]:
    """`ReadPlan` and `read_plan` are both `read` and `plan`."""
    return set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))


def inline_code(house: Path) -> Iterator[str]:
    """What the strict content policy would refuse."""
    for path in templates(house):
        for fault, pattern in INLINE.items():
            for match in pattern.finditer(path.read_text()):
                line = path.read_text()[: match.start()].count("\n") + 1
                yield f"{path.relative_to(house)}:{line} has {fault}"


def marked_safe(house: Path) -> Iterator[str]:
    """Templates that switch escaping off."""
    for path in templates(house):
        if MARKS_SAFE.search(path.read_text()):
            yield f"{path.relative_to(house)} marks text as safe"


def oversized(house: Path) -> Iterator[str]:
    """Files and functions that are too long to be one thing."""
    for path in files(house, *FOLDERS, "templates"):
        length, most = len(path.read_text().splitlines()), LINES[path.suffix]
        if length > most:
            yield f"{path.relative_to(house)} has {length} lines, {most} at most"
    for path in sources(house, *FOLDERS):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > FUNCTION_LINES:
                    yield f"{path.relative_to(house)}:{node.lineno} {node.name} has {length} lines"


def templates(house: Path) -> list[Path]:
    return [path for path in files(house, *FOLDERS, "templates") if path.suffix == ".html"]


def sources(house: Path, *places: str) -> list[Path]:
    return [path for path in files(house, *places) if path.suffix == ".py"]


def files(house: Path, *places: str) -> list[Path]:
    """Ours under some files or folders: migrations are Django's, node_modules their authors'."""
    roots = [house / place for place in places]
    found = [path for root in roots for path in ([root] if root.is_file() else root.rglob("*"))]
    ours = (path for path in found if NOT_OURS.isdisjoint(path.parts))
    return sorted(path for path in ours if path.suffix in LINES)
