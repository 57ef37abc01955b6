"""Breaks words into the lines of a drawn card, where no browser does it; pure.

Widths are estimated from kinds of letters, on the safe side, in parts of the size of the type.
"""

from unicodedata import east_asian_width

NARROW, WIDE = set("iljtfrI.,:;'’|!()[] -"), set("mwMWÆŒ@%&")
ELLIPSIS = "…"


def width(text: str, size: float) -> float:
    return sum(map(_letter, text)) * size


def wrapped(text: str, room: float, size: float, most: int) -> list[str]:
    """At most so many lines; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < most - 1:
        line, rest = _first_line(rest, room, size)
        lines.append(line)
    return [*lines, cut(rest, room, size)] if rest else lines


def cut(text: str, room: float, size: float) -> str:
    """One line that fits."""
    if width(text, size) <= room:
        return text
    while text and width(text + ELLIPSIS, size) > room:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def _first_line(text: str, room: float, size: float) -> tuple[str, str]:
    """Broken between words; a word that is too long is broken anywhere."""
    words = text.split(" ")
    count = len(words)
    while count > 1 and width(" ".join(words[:count]), size) > room:
        count -= 1
    line, rest = " ".join(words[:count]), " ".join(words[count:])
    if width(line, size) <= room:
        return line, rest
    length = len(line)
    while length > 1 and width(line[:length], size) > room:
        length -= 1
    return line[:length], f"{line[length:]} {rest}".strip()


def _letter(letter: str) -> float:
    if letter in NARROW:
        return 0.33
    if letter in WIDE:
        return 0.9
    if east_asian_width(letter) in "WF":
        return 1.05
    return 0.68 if letter.isupper() else 0.57
