"""Where the pages of Jira begin, so that its site is found in whatever a person pasted."""

from collections.abc import Collection

from atlassian.client import Layout, SiteAddress, address

LAYOUT = Layout(
    pages=frozenset(
        {
            *("_edge", "browse", "dashboard.jspa", "dashboards", "issues", "login", "login.jsp"),
            *("people", "plugins", "projects", "rest", "s", "secure", "servicedesk", "si", "sr"),
            "wiki",
        }
    ),
    usual_context="jira",
    # Cloud's newer pages
    below_context=frozenset(
        {
            *("core", "dashboards", "filters", "for-you", "people", "plans", "polaris"),
            *("portfolio", "projects-directory", "servicedesk", "software", "your-work"),
        }
    ),
)


def read_address(text: str, allowed_hosts: Collection[str] = ()) -> SiteAddress:
    """The site behind any URL of Jira. http becomes https, except for a listed `host:port`."""
    return address.read_address(text, LAYOUT, allowed_hosts)


def elsewhere_on_host(text: str, site: SiteAddress) -> list[SiteAddress]:
    """Where else on its host this Jira may begin; `text` is what `site` was read from."""
    return address.elsewhere_on_host(text, site, LAYOUT)
