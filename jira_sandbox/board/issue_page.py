"""One issue: what it is, where it stands, what belongs to it, and how it came here."""

from jira_sandbox.board.layout import (
    button,
    field,
    hidden,
    move_form,
    page,
    pill,
    select,
    text_box,
)
from jira_sandbox.board.markup import Markup, element, join
from jira_sandbox.board.planning_forms import adopt_form, plan_form
from jira_sandbox.messages import Response
from jira_sandbox.model.catalogue import RESOLUTIONS
from jira_sandbox.model.issue import Change, Issue
from jira_sandbox.model.outside import RemoteLink
from jira_sandbox.model.site import Site
from jira_sandbox.model.sizes import Size, sizes_of


def issue_page(site: Site, issue: Issue) -> Response:
    children = sorted(site.children(issue), key=lambda child: child.id)
    return page(
        f"{issue.key} {issue.summary}",
        element(
            "p",
            element("a", issue.project.name, href=f"/?project={issue.project.key}"),
            f" / {issue.key}",
            class_="path",
        ),
        element("div", element("h1", issue.summary), move_form(issue, "issue"), class_="title"),
        element("dl", *_facts(site, issue), class_="box facts"),
        _described(site, issue),
        _editor(issue),
        adopt_form(site, issue),
        plan_form(issue),
        _children(children) if children else None,
        _remote_links(site, issue),
        _history(issue.history),
        current="board",
    )


def missing_page(key: str) -> Response:
    return page(
        "No such issue",
        element("h1", "No such issue"),
        element("p", f"There is no issue {key} here. It may have been deleted."),
        element("p", element("a", "Back to the board", href="/")),
        status=404,
    )


def _facts(site: Site, issue: Issue) -> list[Markup]:
    parent = site.issues.get(issue.parent or 0)
    facts: list[tuple[str, str | Markup]] = [
        ("Status", pill(issue.status)),
        ("Status category", issue.status.category.name),
        ("Type", issue.kind.name),
        ("Assignee", issue.assignee.display if issue.assignee else "Nobody yet"),
        *((size.label, _shown(size, issue) or "None") for size in sizes_of(issue)),
        ("Resolution", issue.resolution.name if issue.resolution else "Unresolved"),
        ("Labels", ", ".join(issue.labels) or "None"),
        ("Sprint", issue.sprint or "None"),
        ("Fix version", issue.release or "None"),
        ("Id", str(issue.id)),
    ]
    if parent:
        facts.append(("Parent", element("a", parent.key, href=f"/browse/{parent.key}")))
    rows = ((element("dt", name), element("dd", value)) for name, value in facts)
    return [element("div", dt, dd) for dt, dd in rows]


def _editor(issue: Issue) -> Markup:
    """Sizes and resolution, which people set by hand; what is left empty is taken away."""
    resolutions = [("", "Unresolved"), *((each.name, each.name) for each in RESOLUTIONS)]
    chosen = issue.resolution.name if issue.resolution else ""
    sizes = (
        field(
            size.label,
            size.place,
            text_box(size.place, _shown(size, issue), kind="number"),
        )
        for size in sizes_of(issue)
    )
    return element(
        "form",
        hidden("key", issue.key),
        *sizes,
        field("Resolution", "resolution", select("resolution", resolutions, chosen)),
        button("Save", quiet=True),
        method="post",
        action="/board/edit",
        class_="box",
    )


def _shown(size: Size, issue: Issue) -> str:
    value = getattr(issue, size.place)
    return "" if value is None else f"{value / size.unit:.12g}"


def _children(children: list[Issue]) -> Markup:
    rows = (
        element(
            "tr",
            element("td", element("a", child.key, href=f"/browse/{child.key}")),
            element("td", child.summary),
            element("td", pill(child.status)),
        )
        for child in children
    )
    done = sum(child.category == "done" for child in children)
    caption = f"Issues in here: {done} of {len(children)} done"
    return _table(caption, ("Key", "Summary", "Status"), join(*rows))


def _described(site: Site, issue: Issue) -> Markup | None:
    text = site.outside.descriptions.get(issue.id, "")
    paragraphs = [element("p", line) for line in text.splitlines() if line]
    return element("div", *paragraphs, class_="box") if paragraphs else None


def _remote_links(site: Site, issue: Issue) -> Markup | None:
    rows = [
        element(
            "tr",
            element("td", link.relationship),
            element("td", element("a", element(_tag(link), link.title), href=link.url)),
        )
        for link in site.outside.links[issue.id].values()
    ]
    return _table("Web links", ("Relation", "Link"), join(*rows)) if rows else None


def _tag(link: RemoteLink) -> str:
    """What is resolved is struck through."""
    return "s" if link.resolved else "span"


def _history(history: list[Change]) -> Markup:
    rows = (
        element(
            "tr",
            element("td", f"{change.at:%d %b %Y, %H:%M}"),
            element("td", change.author.display),
            element(
                "td",
                f"{difference.field}: {difference.old_text or 'none'} → "
                f"{difference.new_text or 'none'}",
            ),
        )
        for change in reversed(history)
        for difference in change.differences
    )
    return _table("History", ("When", "Who", "What"), join(*rows))


def _table(caption: str, heads: tuple[str, ...], rows: Markup) -> Markup:
    head = element("tr", join(*(element("th", text, scope="col") for text in heads)))
    table = element(
        "table", element("caption", caption), element("thead", head), element("tbody", rows)
    )
    return element(
        "div", table, class_="box scroll", tabindex="0", role="region", aria_label=caption
    )
