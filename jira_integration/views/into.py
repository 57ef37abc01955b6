"""What may be written into Jira: two switches for each site, off until an admin turns them on."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jira_integration import deeds
from jira_integration.explain import Explanation
from jira_integration.into_jira.card import WritingCard
from jira_integration.into_jira.rights import NEEDED, SHOWS, what_is_missing
from jira_integration.models import JiraConnection, JiraWriting, ShownKeyResult
from okr.access import require_admin
from okr.http import after, render_dialog, render_part

TURNED_ON = {
    "shows_key_results": "On. Linked issues show their key results within a minute.",
    "creates_issues": "On. People who may link can create issues from their key results.",
}
TURNED_OFF = {
    "shows_key_results": "Off. The key results are being taken out of Jira.",
    "creates_issues": "Off. Nobody creates issues from here.",
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    return _show(request)


@require_POST
def switch(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Turns on what Jira lets us do; turning off what leaves traces there asks first."""
    require_admin(request)
    if name not in NEEDED:
        raise Http404
    writing = _writing(pk)
    if not getattr(writing, name):
        return _turn_on(request, writing, name)
    if name == SHOWS:
        return after(request, reverse("jira:into_hide", args=[pk]))
    return _turn(request, writing, name, on=False)


@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    writing = _writing(pk)
    if request.method == "POST" or not writing.shows_key_results:
        return _turn(request, writing, SHOWS, on=False)
    lines = ShownKeyResult.objects.filter(connection=pk, sent_at__isnull=False)
    context = {
        "title": "Take the key results out of Jira?",
        "connection": writing.connection,
        "number": lines.count(),
        "back": reverse("jira:into"),
    }
    return render_dialog(request, "jira_integration/into_hide.html", context)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """What Jira refused is tried once more, without waiting for a day."""
    require_admin(request)
    writing = _writing(pk)
    deeds.write_again(writing)
    return after(request, reverse("jira:into"))


def _turn_on(request: HttpRequest, writing: JiraWriting, name: str) -> HttpResponse:
    if missing := what_is_missing(writing.connection, name):
        return _show(request, {writing.connection_id: missing})
    return _turn(request, writing, name, on=True)


def _turn(request: HttpRequest, writing: JiraWriting, name: str, *, on: bool) -> HttpResponse:
    if deeds.switch_writing(writing, name, on=on):
        messages.success(request, (TURNED_ON if on else TURNED_OFF)[name])
    return after(request, reverse("jira:into"))


def _show(request: HttpRequest, missing: dict[int, Explanation] | None = None) -> HttpResponse:
    cards = WritingCard.of_every_site(missing)
    context = {"title": "Into Jira", "cards": cards, "several": len(cards) > 1}
    part = "jira_integration/_into_cards.html"
    status = 422 if missing else None
    return render_part(request, "jira_integration/into.html", part, context, status)


def _writing(pk: int) -> JiraWriting:
    return JiraWriting.objects.of(get_object_or_404(JiraConnection, pk=pk))
