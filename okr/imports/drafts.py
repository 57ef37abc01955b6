"""The rows of a file of objectives, put together: one objective with the key results below it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from okr.imports.reading import Line, RowError

OF_OBJECTIVE = ("level", "unit", "parent", "weight", "visibility", "tags")
Key = tuple[str, str]


@dataclass
class Draft:
    """An objective as the file tells it; its first row tells the objective itself."""

    lines: list[Line] = field(default_factory=list)

    @property
    def cells(self) -> Mapping[str, str]:
        return self.lines[0].cells

    @property
    def title(self) -> str:
        return self.cells.get("objective", "")

    @property
    def key(self) -> Key:
        return key_of(self.cells)

    def take(self, line: Line) -> None:
        """Raises RowError where the row tells the objective otherwise than the first one."""
        for column in OF_OBJECTIVE:
            told, first = line.cells.get(column, ""), self.cells.get(column, "")
            if told and told != first:
                raise RowError(column, f"Row {self.lines[0].number} says “{first}” for this.")
        self.lines.append(line)


def key_of(cells: Mapping[str, str]) -> Key:
    return cells.get("objective", "").casefold(), cells.get("owner_email", "").casefold()


def gathered(lines: Sequence[Line]) -> tuple[list[Draft], dict[int, RowError]]:
    """The objectives in the order of the file; a row without an objective belongs to the last."""
    drafts: dict[Key, Draft] = {}
    faults: dict[int, RowError] = {}
    current: Draft | None = None
    for line in lines:
        try:
            current = _draft_of(line, drafts, current)
            current.take(line) if current.lines else current.lines.append(line)
        except RowError as error:
            faults[line.number] = error
    return [draft for draft in drafts.values() if draft.lines], faults


def _draft_of(line: Line, drafts: dict[Key, Draft], current: Draft | None) -> Draft:
    if line.fault:
        raise RowError("", line.fault)
    if line.cells.get("objective"):
        title, owner = key_of(line.cells)
        if current and current.lines and not owner and title == current.key[0]:
            return current
        return drafts.setdefault((title, owner), Draft())
    if current is None:
        raise RowError("objective", "There is no objective in this row, nor in one above it.")
    if not line.cells.get("key_result"):
        raise RowError("key_result", "There is neither an objective nor a key result in this row.")
    return current


def from_the_top(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """What others of the file contribute to comes before them; a circle is left as it is."""
    by_title: dict[str, Draft] = {}
    for draft in drafts:
        by_title.setdefault(draft.title.casefold(), draft)
    done: set[int] = set()
    for draft in drafts:
        path: list[Draft] = []
        step: Draft | None = draft
        while step is not None and id(step) not in done:
            done.add(id(step))
            path.append(step)
            step = by_title.get(step.cells.get("parent", "").casefold())
        yield from reversed(path)
