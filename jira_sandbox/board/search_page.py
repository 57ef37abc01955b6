"""What a query finds, as a list: where links to a search lead."""

from jira_sandbox.board.layout import page, pill
from jira_sandbox.board.markup import element, join
from jira_sandbox.jql.errors import JqlError
from jira_sandbox.jql.search import prepare
from jira_sandbox.messages import Request, Response
from jira_sandbox.model.site import Site
from jira_sandbox.model.viewer import Viewer


def search_page(site: Site, request: Request) -> Response:
    """As an administrator sees it; a saved filter is named by its number."""
    kept = request.argument("filter")
    jql = request.argument("jql") or (f"filter = {kept}" if kept else "")
    try:
        found = prepare(jql, Viewer(site, site.admin), site.clock()).issues()
    except JqlError as error:
        raise LookupError(str(error)) from error
    rows = (
        element(
            "tr",
            element("td", element("a", issue.key, href=f"/browse/{issue.key}")),
            element("td", issue.summary),
            element("td", pill(issue.status)),
        )
        for issue in found
    )
    heads = join(*(element("th", text, scope="col") for text in ("Key", "Summary", "Status")))
    caption = element("caption", f"{len(found)} issues: {jql or 'all'}")
    table = element(
        "table", caption, element("thead", element("tr", heads)), element("tbody", *rows)
    )
    return page("Search", element("h1", "Search"), element("div", table, class_="box scroll"))
