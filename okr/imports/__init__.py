"""Tables that people upload: read safely, checked row by row, written only when confirmed.

A kind of rows is a `Shape`: its columns, what a check finds, and how the accepted rows are written.
The engine does the rest: Upload → Check → Confirm → Result.
"""

from okr.imports.reading import Column, Line, RowError, Table, UnreadableError, read
from okr.imports.shape import Fate, Finding, Shape, Verdict

__all__ = [
    "Column",
    "Fate",
    "Finding",
    "Line",
    "RowError",
    "Shape",
    "Table",
    "UnreadableError",
    "Verdict",
    "read",
]
