"""Every reading of late: of which organization, how it ended, what it brought."""

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from atlassian_accounts.activity import A_PAGE, RESULTS, Line, runs_sheet
from atlassian_accounts.models import AccountsRead, OrganizationConnection
from atlassian_accounts.models.accounts_read import AccountsReadQuerySet
from okr import exports
from okr.access import require_admin


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    require_admin(request)
    asked = _asked(request)
    if exports.is_wanted(request):
        return exports.download(request, runs_sheet(asked.iterator()))
    found = Paginator(asked, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "Reading activity",
        "runs": found,
        "lines": [Line(run) for run in found],
        "results": [("", "All"), *((name, label) for name, (label, _) in RESULTS.items())],
        "result": request.GET.get("result", ""),
        "named": OrganizationConnection.objects.count() > 1,
    }
    return render(request, "atlassian_accounts/activity.html", context)


def _asked(request: HttpRequest) -> AccountsReadQuerySet:
    runs = AccountsRead.objects.select_related("connection", "by")
    result = request.GET.get("result", "")
    return runs.filter(RESULTS[result][1]) if result in RESULTS else runs
