"""Whether a change may come from where it comes: no other page may press our buttons."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from jira_sandbox.messages import Request


def is_own(request: Request) -> bool:
    """The host has to be an address or `localhost`: a name that an attacker's DNS points here
    is neither. A browser's Origin has to be that very host; tools send none."""
    host = urlsplit(f"//{request.host}").hostname or ""
    origin = request.headers.get("origin", f"http://{request.host}")
    fetched_from = request.headers.get("sec-fetch-site", "same-origin")
    return (
        (host == "localhost" or _is_address(host))
        and origin == f"http://{request.host}"
        and fetched_from in ("same-origin", "none")
    )


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
