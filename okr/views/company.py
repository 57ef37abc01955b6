"""How the objectives of the company hang together."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from okr import exports
from okr.access import get_visible, person_of
from okr.http import Context, render_part, wants_part
from okr.models import Confidence, Cycle, Objective
from okr.pages import company as tree
from okr.pages import listing
from okr.pages.calendar import Calendar
from okr.pages.tagging import tags_in
from okr.pages.takeaway import company_sheet
from okr.pages.units import UnitTree
from okr.views.choosing import chosen_cycle, filters, near_unit, numbers, words

DEEPEST = 20


@require_safe
def company(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    cycle = chosen_cycle(request, today)
    if cycle is None:
        return render_part(request, "okr/no_cycle.html", "okr/no_cycle.html", {"title": "Company"})
    if exports.is_wanted(request):
        sheet = company_sheet(person_of(request), cycle, filters(request))
        return exports.download(request, sheet)
    view = "list" if request.GET.get("view") == "list" else "tree"
    rows = _list(request, cycle) if view == "list" else _tree(request, cycle)
    context = {
        "title": "Company",
        "calendar": Calendar(cycle, today),
        "cycle": cycle,
        "cycles": Cycle.objects.newest_first(),
        "view": view,
        "filters": filters(request),
        "import_into": f"objectives-{cycle.pk}",
        "tags": tags_in(person_of(request), cycle),
        "units": UnitTree().choices(near_unit(request)),
        "confidences": [*Confidence.choices, ("none", "No status")],
    }
    return render_part(request, "okr/company.html", "okr/_company.html", context | rows)


@require_safe
def children(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows below one row; without htmx, the tree with that row open."""
    objective = get_visible(request, Objective.objects.for_cards(), pk)
    if not wants_part(request):
        return redirect(f"{reverse('okr:company')}?cycle={objective.cycle_id}&open={pk}")
    asked = words(request, "depth")
    depth = min(int(asked), DEEPEST) if asked.isdecimal() else 1
    context = {
        "branches": tree.children(person_of(request), objective, depth),
        "calendar": Calendar(objective.cycle, timezone.localdate()),
    }
    return render_part(request, "okr/_branches.html", "okr/_branches.html", context)


def _tree(request: HttpRequest, cycle: Cycle) -> Context:
    person, narrowed = person_of(request), filters(request)
    if narrowed:
        branches, more = tree.found(person, cycle, narrowed)
        return {"branches": branches, "more": more}
    page = Paginator(tree.roots(person, cycle), tree.ROOTS_A_PAGE).get_page(request.GET.get("page"))
    opened = numbers(request, "open")
    opened = tree.first_open(page) if opened is None else opened
    return {"branches": tree.branches(person, cycle, page, opened), "rows": page}


def _list(request: HttpRequest, cycle: Cycle) -> Context:
    sort = words(request, "sort") or "title"
    page = request.GET.get("page")
    rows = listing.list_page(person_of(request), cycle, filters(request), sort, page)
    return {"rows": rows, "sort": sort, "columns": listing.columns(sort)}
