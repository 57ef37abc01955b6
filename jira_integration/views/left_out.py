"""Which resolutions count as left out: tried out, saved, and worked into every number."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from jira_integration.forms.left_out import LeftOutForm
from jira_integration.outcomes import Outcomes
from jira_integration.preview import preview_leaving_out
from jira_integration.sites import are_several, site_or_404
from jira_integration.views.percentages import saved_notice
from jira_integration.views.sections import place
from okr.access import require_admin
from okr.http import Context, render_part, sent

PAGE, CHANGES = "jira_integration/left_out.html", "jira_integration/_left_out_changes.html"
SAME = "Nothing was changed: these resolutions are left out already."


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Saves and asks for the recalculation; its second button only tries the choice out."""
    admin = require_admin(request)
    connection = site_or_404(pk)
    if connection is None:
        return redirect(place(pk))
    outcomes = Outcomes.of(connection, timezone.now())
    form = LeftOutForm(sent(request), connection=connection, outcomes=outcomes)
    context: Context = {
        "title": "Left-out resolutions",
        "named": pk is not None,
        "several": are_several(),
        "connection": connection,
        "form": form,
        "back": place(pk),
    }
    if form.is_bound and form.is_valid():
        context["preview"] = found = preview_leaving_out(connection, form.chosen)
        if "try" not in request.POST:
            messages.success(request, SAME if form.is_saved else saved_notice(found.number))
            if not form.is_saved:
                form.save(admin)
            return redirect(place(pk))
    return render_part(request, PAGE, CHANGES, context)
