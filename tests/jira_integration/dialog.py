"""The link dialog as a browser sends and reads it."""

import re

from tests.cast import signed_in

HTMX = {"HX-Request": "true"}


def dialog(key_result) -> str:
    return f"/key-results/{key_result.pk}/jira/"


def preview(key_result, person=None, *, whole=False, **typed):
    """What the dialog asks while somebody types."""
    url = f"{dialog(key_result)}preview/{'?whole=1' if whole else ''}"
    client = signed_in(person or key_result.owner)
    return client.post(url, {"kind": "issues", **typed}, headers=HTMX)


def post(key_result, person=None, **typed):
    """The Link button, without JavaScript."""
    client = signed_in(person or key_result.owner)
    return client.post(dialog(key_result), {"kind": "issues", **typed})


def sentence(response) -> str:
    found = re.search(r'id="link-outlook"[^>]*>(.*?)</p>', response.content.decode(), re.DOTALL)
    assert found, response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


def button(response) -> str:
    found = re.search(r'id="link-submit".*?>(.*?)</button>', response.content.decode(), re.DOTALL)
    assert found
    return found[1].strip()


def linked_to(key_result) -> set[str]:
    return {str(each) for each in key_result.jira_links.all()}
