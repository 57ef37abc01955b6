"""The pages of the wiki for a reader: what there is, and one page with its versions."""

from jira_sandbox.board.layout import button, field, hidden, page, select, text_box
from jira_sandbox.board.markup import Markup, element, join
from jira_sandbox.board.storage_view import FindPage, shown
from jira_sandbox.confluence.links import cloud_address
from jira_sandbox.messages import Response
from jira_sandbox.model.page import Page, Space, Version
from jira_sandbox.model.site import Site
from jira_sandbox.model.wiki import Wiki

ROOT = "/wiki"


def address_of(found: Page) -> str:
    return ROOT + cloud_address(found)


def spaces_page(site: Site) -> Response:
    wiki = site.wiki
    boxes = (
        element("section", element("h2", space.name), _tree(wiki, wiki.home(space)), class_="box")
        for space in wiki.spaces.values()
    )
    gone = [each for each in wiki.pages.values() if not each.alive]
    return page(
        "Wiki",
        element("h1", "Wiki"),
        element("p", "A practice Confluence on the same site, seen as an administrator sees it."),
        *boxes,
        _gone(gone) if gone else None,
        current="wiki",
    )


def one_page(site: Site, found: Page, version: Version) -> Response:
    return page(
        f"{version.title} · {found.space.name}",
        element("p", *_path(site.wiki, found), class_="path"),
        element("h1", version.title),
        element("p", _saved(version), class_="notes"),
        *_warnings(found, version),
        element("article", shown(version.body, _finder(site.wiki, found.space)), class_="box wiki"),
        _below(site.wiki, found),
        _versions(found),
        _editor(site, found),
        _switches(found),
        current="wiki",
    )


def missing_page() -> Response:
    return page(
        "No such page",
        element("h1", "No such page"),
        element("p", "There is no such page here. It may have been deleted."),
        element("p", element("a", "All pages", href=ROOT)),
        current="wiki",
        status=404,
    )


def _finder(wiki: Wiki, space: Space) -> FindPage:
    def find(title: str) -> str:
        found = wiki.titled(title, space)
        return address_of(found) if found else ""

    return find


def _link(found: Page) -> Markup:
    return element("a", found.title, href=address_of(found))


def _tree(wiki: Wiki, top: Page | None) -> Markup:
    if top is None:
        return element("p", "Nothing yet.")
    below = sorted(wiki.children(top), key=lambda each: each.id)
    inner = element("ul", *(element("li", _tree(wiki, each)) for each in below)) if below else None
    return join(_link(top), _marks(top), inner)


def _marks(found: Page) -> Markup:
    words = ["restricted"] if found.readers else []
    words += ["locked"] if found.locked else []
    return element("small", f" · {', '.join(words)}") if words else Markup()


def _gone(gone: list[Page]) -> Markup:
    rows = (element("li", _link(each), element("small", f" · {each.status}")) for each in gone)
    return element(
        "section", element("h2", "Archive and trash"), element("ul", *rows), class_="box"
    )


def _path(wiki: Wiki, found: Page) -> list[Markup | str]:
    above: list[Markup | str] = [element("a", "Wiki", href=ROOT)]
    for each in reversed(list(wiki.above(found))):
        above += [" / ", _link(each)]
    return above


def _saved(version: Version) -> str:
    words = f"Version {version.number}, saved by {version.author.display}"
    told = f": {version.message}" if version.message else ""
    return f"{words} on {version.at:%-d %B %Y at %H:%M}{told}"


def _warnings(found: Page, version: Version) -> list[Markup]:
    words = []
    if version is not found.now:
        words.append("This is an older version.")
    if not found.alive:
        words.append(f"This page is in the {'trash' if found.trashed else 'archive'}.")
    if found.readers:
        words.append(f"Only {', '.join(sorted(found.readers))} and administrators see this page.")
    if found.locked:
        words.append("Only administrators change this page.")
    return [element("p", each, class_="said") for each in words]


def _below(wiki: Wiki, found: Page) -> Markup | None:
    rows = [element("li", _link(each)) for each in wiki.children(found)]
    return (
        element("section", element("h2", "Below"), element("ul", *rows), class_="box")
        if rows
        else None
    )


def _versions(found: Page) -> Markup:
    rows = (
        element(
            "li",
            element(
                "a", f"Version {each.number}", href=f"{address_of(found)}?version={each.number}"
            ),
            f" · {each.author.display} · {each.at:%d %b %Y, %H:%M} {each.message}",
        )
        for each in reversed(found.versions)
    )
    return element("section", element("h2", "Versions"), element("ul", *rows), class_="box")


def _editor(site: Site, found: Page) -> Markup:
    """Somebody saves the page: whoever wanted to save it meanwhile meets a conflict."""
    people = [(each.name, each.display) for each in site.accounts.values() if each.active]
    return element(
        "form",
        element("h2", "Save this page as somebody"),
        hidden("id", str(found.id)),
        field("Who", "who", select("who", people, site.admin.name)),
        field("Title", "title", text_box("title", found.title, required=True)),
        field("A paragraph to add", "text", text_box("text")),
        button("Save"),
        method="post",
        action=f"{ROOT}/board/save",
        class_="box",
    )


def _switches(found: Page) -> Markup:
    """Each turns one thing around."""
    labels = {
        "restrict": "Open it to everybody" if found.readers else "Hide it from all but admins",
        "lock": "Let everybody change it" if found.locked else "Let only admins change it",
        "archive": "Move it to the archive" if found.alive else "Take it out of the archive",
        "trash": "Take it out of the trash" if found.trashed else "Move it to the trash",
        "purge": "Delete it for good",
    }
    forms = (
        element(
            "form",
            hidden("id", str(found.id)),
            button(label, quiet=True),
            method="post",
            action=f"{ROOT}/board/{verb}",
        )
        for verb, label in labels.items()
        if not (verb == "archive" and found.trashed)
    )
    return element("section", element("h2", "What may happen to it"), *forms, class_="box")
