"""The wiki's own pages: which address shows or does what, as both editions write addresses."""

from collections.abc import Callable
from html import escape
from urllib.parse import parse_qs, unquote_plus

from jira_sandbox.board.origin import is_own
from jira_sandbox.board.wiki_page import ROOT, address_of, missing_page, one_page, spaces_page
from jira_sandbox.confluence.links import page_of_tiny
from jira_sandbox.messages import RefusedError, Request, Response, redirect, refused_response
from jira_sandbox.model.page import Page
from jira_sandbox.model.site import Site
from jira_sandbox.model.wiki import TitleTakenError, Wiki

ON_PREMISE = "/confluence"
APIS = (f"{ROOT}/rest/", f"{ROOT}/api/", f"{ON_PREMISE}/rest/")
Form = dict[str, str]


class WikiBoard:
    def __init__(self, site: Site) -> None:
        self.site = site

    def owns(self, request: Request) -> bool:
        path = f"{request.path}/"
        return path.startswith((f"{ROOT}/", f"{ON_PREMISE}/")) and not path.startswith(APIS)

    def answer(self, request: Request) -> Response:
        with self.site.lock:
            try:
                if request.method in ("GET", "HEAD"):
                    return self._show(request)
                return self._do(request)
            except RefusedError as error:
                return refused_response(error)
            except (LookupError, ValueError):
                return missing_page()

    def _show(self, request: Request) -> Response:
        """What is asked for by another address than its own is led to its own."""
        path = request.path.removeprefix(ON_PREMISE).removeprefix(ROOT)
        if path.strip("/") == "":
            return spaces_page(self.site) if request.path.startswith(ROOT) else redirect(ROOT, 302)
        steps = path.strip("/").split("/")
        found = self._find(steps, request)
        if not (request.path.startswith(ROOT) and _is_own_address(steps)):
            return redirect(address_of(found), 302)
        number = int(request.argument("version", str(found.now.number)))
        version = found.version(number)
        if version is None:
            raise LookupError(number)
        return one_page(self.site, found, version)

    def _find(self, steps: list[str], request: Request) -> Page:
        wiki = self.site.wiki
        match steps:
            case ["spaces", key] | ["spaces", key, "overview"] | ["display", key]:
                return _home(wiki, key)
            case ["spaces", _, "pages", "edit-v2", number]:
                return wiki.page(int(number))
            case ["spaces", _, "pages", number, *_]:
                return wiki.page(int(number))
            case ["display", key, title]:
                return _titled(wiki, key, unquote_plus(title))
            case ["pages", "viewpage.action"]:
                return wiki.page(int(request.argument("pageId")))
            case ["x", code]:
                return wiki.page(page_of_tiny(code))
        raise LookupError(request.path)

    def _do(self, request: Request) -> Response:
        if not is_own(request):
            raise RefusedError(403, "This came from another page.")
        verb = VERBS[request.path.removeprefix(f"{ROOT}/board/")]
        form = {name: values[-1] for name, values in parse_qs(request.body.decode()).items()}
        found = self.site.wiki.page(int(form["id"]))
        try:
            verb(self.site, found, form)
        except TitleTakenError as error:
            raise RefusedError(400, str(error)) from error
        alive = found.id in self.site.wiki.pages
        return redirect(address_of(found) if alive else ROOT)


def _save(site: Site, found: Page, form: Form) -> None:
    text = form.get("text", "").strip()
    body = found.now.body + (f"<p>{escape(text)}</p>" if text else "")
    site.wiki.amend(found, body, site.accounts[form["who"]], form.get("title", "").strip()[:250])


def _restrict(site: Site, found: Page, _form: Form) -> None:
    site.wiki.restrict(found, () if found.readers else (site.admin.name,))


def _lock(site: Site, found: Page, _form: Form) -> None:
    site.wiki.lock(found, locked=not found.locked)


def _archive(site: Site, found: Page, _form: Form) -> None:
    site.wiki.archive(found, archived=found.alive)


def _trash(site: Site, found: Page, _form: Form) -> None:
    site.wiki.trash(found, trashed=not found.trashed)


def _purge(site: Site, found: Page, _form: Form) -> None:
    site.wiki.purge(found)


VERBS: dict[str, Callable[[Site, Page, Form], None]] = {
    "save": _save,
    "restrict": _restrict,
    "lock": _lock,
    "archive": _archive,
    "trash": _trash,
    "purge": _purge,
}


def _home(wiki: Wiki, key: str) -> Page:
    found = wiki.home(wiki.spaces[key])
    if found is None:
        raise LookupError(key)
    return found


def _titled(wiki: Wiki, key: str, title: str) -> Page:
    found = wiki.titled(title, wiki.spaces[key])
    if found is None:
        raise LookupError(title)
    return found


def _is_own_address(steps: list[str]) -> bool:
    """An old title at its end is no reason to go elsewhere."""
    return steps[0] == "spaces" and len(steps) > 2 and "edit-v2" not in steps
