"""Storage format as a reader sees it: what is known is shown, what is not is named, and nothing of
it becomes part of the page unescaped."""

import re
from collections.abc import Callable

from jira_sandbox.board.markup import Markup, element, join
from jira_sandbox.confluence.storage import AC, RI, Element, parse

KEPT = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "u", "s", "del"),
    *("sub", "sup", "code", "pre", "blockquote", "br", "hr", "span", "div", "time"),
    *("table", "thead", "tbody", "tr", "th", "td", "colgroup", "col"),
}
BOXES = {"info": "Info", "note": "Note", "tip": "Tip", "warning": "Warning", "panel": ""}
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
WIDTH = re.compile(r"width:\s*(\d{1,4})(?:\.\d+)?(px|%)")
PAINT = re.compile(r"(?:^|;)\s*color:\s*rgb\((\d{1,3}),\s*(\d{1,3}),\s*(\d{1,3})\)")
UNSEEN = ("anchor", "toc")
DEEPEST = 60
FindPage = Callable[[str], str]
"""From a title to the address of the page; empty where there is none."""


def shown(body: str, find_page: FindPage) -> Markup:
    return View(find_page).inside(parse(body), 0)


class View:
    def __init__(self, find_page: FindPage) -> None:
        self.find_page = find_page

    def inside(self, parent: Element, depth: int) -> Markup:
        if depth > DEEPEST:
            return join(" ".join(parent.itertext()))
        pieces: list[str] = [parent.text or ""]
        for child in parent:
            pieces += [self._element(child, depth + 1), child.tail or ""]
        return join(*pieces)

    def _element(self, found: Element, depth: int) -> Markup:
        if special := SPECIAL.get(found.tag):
            return special(self, found, depth)
        content = self.inside(found, depth)
        if found.tag == "a":
            return _link(found.get("href", ""), content)
        if found.tag not in KEPT:
            return content
        if found.tag == "span" and (colour := _colour(found)):
            return element("font", content, color=colour)
        if found.tag in ("td", "th", "col"):
            return element(found.tag, content, **_of_cell(found))
        return element(found.tag, content)

    def _macro(self, found: Element, depth: int) -> Markup:
        name = found.get(f"{AC}name", "")
        rich, title = found.find(f"{AC}rich-text-body"), _parameter(found, "title")
        content = self.inside(rich, depth) if rich is not None else Markup()
        if name == "status":
            colour = _parameter(found, "colour").casefold()
            return element(
                "span", title, class_=f"pill lozenge {colour if colour.isalpha() else ''}"
            )
        if name in BOXES:
            head = title or BOXES[name]
            return element("div", element("strong", head) if head else None, content, class_="box")
        if name == "expand":
            return element("details", element("summary", title or "Click here to expand"), content)
        if name in UNSEEN:
            return content
        if name in ("code", "noformat"):
            return element("pre", found.findtext(f"{AC}plain-text-body", ""))
        return join(element("small", f"[{name}]"), content)

    def _page_link(self, found: Element, depth: int) -> Markup:
        page, user = found.find(f"{RI}page"), found.find(f"{RI}user")
        title = page.get(f"{RI}content-title", "") if page is not None else ""
        rich = found.find(f"{AC}link-body")
        written = found.findtext(f"{AC}plain-text-link-body", "")
        words = self.inside(rich, depth) if rich is not None else join(written or title)
        if user is not None:
            return element("strong", "@", user.get(f"{RI}account-id", "somebody"))
        address = self.find_page(title)
        return element("a", words, href=address) if address else element("s", words)

    def _task(self, found: Element, depth: int) -> Markup:
        done = found.findtext(f"{AC}task-status") == "complete"
        body = found.find(f"{AC}task-body")
        words = self.inside(body, depth) if body is not None else Markup()
        return element("li", "☑ " if done else "☐ ", words)

    def _tasks(self, found: Element, depth: int) -> Markup:
        return element("ul", self.inside(found, depth), class_="tasks")

    def _image(self, found: Element, _depth: int) -> Markup:
        return element("small", f"[image {found.get(f'{AC}alt', '')}]")

    def _emoticon(self, found: Element, _depth: int) -> Markup:
        return join(found.get(f"{AC}emoji-fallback") or f":{found.get(f'{AC}name', '')}:")

    def _nothing(self, _found: Element, _depth: int) -> Markup:
        return Markup()


SPECIAL: dict[str, Callable[[View, Element, int], Markup]] = {
    f"{AC}structured-macro": View._macro,
    f"{AC}link": View._page_link,
    f"{AC}task-list": View._tasks,
    f"{AC}task": View._task,
    f"{AC}image": View._image,
    f"{AC}emoticon": View._emoticon,
    f"{AC}parameter": View._nothing,
    f"{AC}placeholder": View._nothing,
}


def _parameter(macro: Element, name: str) -> str:
    found = (each for each in macro.findall(f"{AC}parameter") if each.get(f"{AC}name") == name)
    first = next(found, None)
    return (first.text or "") if first is not None else ""


def _link(address: str, content: Markup) -> Markup:
    """Only to the web: nothing that a page holds is run."""
    safe = address.startswith(("https://", "http://"))
    return element("a", content, href=address) if safe else element("span", content)


def _colour(found: Element) -> str:
    """Of text, as the editor writes it; the policy of these pages knows no styles."""
    painted = PAINT.search(found.get("style", ""))
    parts = [min(int(part), 255) for part in painted.groups()] if painted else []
    return "#" + "".join(f"{part:02x}" for part in parts) if parts else ""


def _of_cell(found: Element) -> dict[str, str]:
    """How far it reaches, and the colour and width that the editor knows; never a style."""
    given = {name: found.get(name, "") for name in ("colspan", "rowspan")}
    kept = {name: value for name, value in given.items() if value.isdecimal()}
    colour, width = found.get("data-highlight-colour", ""), WIDTH.search(found.get("style", ""))
    if COLOUR.fullmatch(colour):
        kept |= {"bgcolor": colour, "class_": "tinted"}
    if width:
        kept["width"] = width[1] + ("%" if width[2] == "%" else "")
    return kept
