"""Where the pages of Confluence begin, so that its site is found in whatever a person pasted.

On Cloud everything stands below /wiki of the site, which is not part of the site's address here.
"""

from collections.abc import Collection

from atlassian.client import Layout, SiteAddress, address

LAYOUT = Layout(
    pages=frozenset(
        {
            *("_edge", "admin", "collector", "dashboard.action", "display", "download"),
            *("index.action", "label", "login.action", "pages", "people", "plugins", "rest"),
            *("s", "search", "spaces", "users", "x"),
        }
    ),
    usual_context="confluence",
)
CLOUD_CONTEXT = "/wiki"


def read_address(text: str, allowed_hosts: Collection[str] = ()) -> SiteAddress:
    """The site behind any URL of it. http becomes https, except for a listed `host:port`."""
    return address.read_address(text, LAYOUT, allowed_hosts)


def elsewhere_on_host(text: str, site: SiteAddress) -> list[SiteAddress]:
    """Where else on its host this Confluence may begin; `text` is what `site` was read from."""
    return address.elsewhere_on_host(text, site, LAYOUT)
