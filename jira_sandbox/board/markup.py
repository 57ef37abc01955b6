"""HTML by plain calls: everything is escaped unless it is markup already."""

from collections.abc import Iterable
from html import escape

VOID = frozenset({"input", "link", "meta", "br", "hr", "col"})


class Markup(str):
    """Text that may stand in a page as it is."""

    __slots__ = ()


Child = str | Iterable[str] | None
Attribute = str | int | bool | None


def element(tag: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """`class_` is written class, `aria_label` aria-label; None and False leave one out."""
    opening = f"<{tag}{''.join(_attributes(attributes))}>"
    if tag in VOID:
        return Markup(opening)
    return Markup(f"{opening}{join(*children)}</{tag}>")


def join(*children: Child) -> Markup:
    return Markup("".join(_safe(child) for child in children))


def _safe(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return child
    if isinstance(child, str):
        return escape(child)
    return "".join(_safe(each) for each in child)


def _attributes(attributes: dict[str, Attribute]) -> Iterable[str]:
    for name, value in attributes.items():
        written = name.rstrip("_").replace("_", "-")
        if value is True:
            yield f" {written}"
        elif value is not None and value is not False:
            yield f' {written}="{escape(str(value))}"'
