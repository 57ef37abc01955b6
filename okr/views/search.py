"""The search of the frame: suggestions while one types, and everything found as a page."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from okr import exports, slots
from okr.access import person_of
from okr.http import Context, render_part
from okr.pages.search import KINDS, SHORTEST, Group, Search, grouped
from okr.pages.takeaway_own import search_sheet
from okr.views.choosing import words

SUGGESTED = 4


@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """All kinds at a glance, or one kind page by page."""
    asked, kind = _asked(request), words(request, "in")
    if exports.is_wanted(request):
        theirs = slots.search_hits(request, asked.words)
        sheet = search_sheet(asked, kind, theirs, request.build_absolute_uri)
        return exports.download(request, sheet)
    context: Context = {"title": "Search", "query": asked.query, "is_whole": True}
    if asked.query and kind in KINDS:
        rows = asked.page(kind, request.GET.get("page"))
        context |= {"kind": kind, "kind_name": KINDS[kind].name, "rows": rows}
    elif asked.query:
        context["groups"] = _everything(request, asked)
    return render_part(request, "okr/search.html", "okr/_found.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The options below the box; without htmx they are the page itself."""
    asked = _asked(request)
    long_enough = len(asked.query) >= SHORTEST
    groups = _everything(request, asked, SUGGESTED) if long_enough else []
    context = {"title": "Search", "query": asked.query, "groups": groups}
    count = sum(len(group.hits) for group in groups)
    return render_part(
        request,
        "okr/search.html",
        "okr/_search_options.html",
        context | {"count": count, "long_enough": long_enough},
    )


def _asked(request: HttpRequest) -> Search:
    return Search(person_of(request), words(request, "q"), timezone.localdate())


def _everything(request: HttpRequest, asked: Search, most: int | None = None) -> list[Group]:
    theirs = slots.search_hits(request, asked.words)
    return [*(asked.groups(most) if most else asked.groups()), *grouped(theirs)]
