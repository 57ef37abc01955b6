"""The forms of a page as a browser would send them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "search", "email", "number", "date", "url", "textarea", "tel", ""}
NEVER_SENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class Form:
    """`kinds` tells of each field what it is; `numeric` are those that take a number."""

    values: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    numeric: set[str] = field(default_factory=set)

    def typed(self) -> Iterator[str]:
        return (name for name, kind in self.kinds.items() if kind in TYPED)


class Forms(HTMLParser):
    """Reads the POST forms of a page, with the values that they hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.open = Form() if given.get("method", "").lower() == "post" else None
            self.forms += [self.open] if self.open else []
        if self.open is None:
            return
        name = given.get("name", "")
        if tag == "option" and self.select and "selected" in given:
            self.open.values.setdefault(self.select, []).append(given.get("value", ""))
        elif name and tag in ("input", "select", "textarea"):
            self._take(tag, name, given)

    def _take(self, tag: str, name: str, given: dict[str, str]) -> None:
        assert self.open is not None
        kind = given.get("type", "text") if tag == "input" else tag
        if kind in NEVER_SENT or name == "csrfmiddlewaretoken" or "disabled" in given:
            return
        self.open.kinds[name] = kind
        if given.get("inputmode") in ("decimal", "numeric") or kind == "number":
            self.open.numeric.add(name)
        self.select = name if tag == "select" else self.select
        self.area = name if tag == "textarea" else self.area
        if tag == "input" and (kind not in ("checkbox", "radio") or "checked" in given):
            self.open.values.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        self.select = "" if tag == "select" else self.select
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        if self.open and self.area:
            before = self.open.values.get(self.area, [""])[0]
            self.open.values[self.area] = [before + data]


def forms_of(html: str) -> list[Form]:
    reader = Forms()
    reader.feed(html)
    return [form for form in reader.forms if form.kinds]
