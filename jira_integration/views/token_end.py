"""Asking when the token in use ends, without trying it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jira_integration.expiring import NAMES
from jira_integration.forms.token_end import TokenEndForm
from jira_integration.sites import site_or_404
from jira_integration.views.sections import place
from okr.access import require_admin
from okr.http import after, beneath, render_dialog, sent

KEPT = "Saved. Every OKR admin is warned 30, 7 and 1 days before."
NEVER = "Saved. Nobody is warned."


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    require_admin(request)
    connection = site_or_404(pk)
    if connection is None:
        return after(request, reverse("jira:integration"))
    form = TokenEndForm(sent(request), connection=connection)
    back = f"{place(pk)}#credentials"
    if form.is_bound and form.is_valid():
        messages.success(request, KEPT if form.keep() else NEVER)
        return beneath(request, back)
    title = f"When does the {NAMES[connection.kind]} end?"
    context = {"title": title, "form": form, "connection": connection, "back": back}
    return render_dialog(request, "jira_integration/token_end.html", context)
