"""Attaching a page to a key result or to a check-in, and taking it away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from confluence.admission import connection_to_use, require_attacher
from confluence.finding import Found, find
from confluence.forms.attach import AttachForm
from confluence.models import Evidence
from okr.access import get_editable, get_visible, person_of
from okr.http import after, render_dialog, sent
from okr.models import CheckIn, KeyResult

ATTACHED = "“{title}” is attached."
ALREADY = "“{title}” was attached already."
AT_A_KEY_RESULT = "confluence:attach", "confluence:search"
AT_A_CHECK_IN = "confluence:attach_to_check_in", "confluence:search_for_check_in"
REMOVED = "“{title}” is no longer attached. Nothing changes in Confluence."


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    return _attach(request, *_key_result(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def attach_to_check_in(request: HttpRequest, pk: int) -> HttpResponse:
    return _attach(request, *_check_in(request, pk))


@require_safe
def search(request: HttpRequest, pk: int) -> HttpResponse:
    return _search(request, *_key_result(request, pk))


@require_safe
def search_for_check_in(request: HttpRequest, pk: int) -> HttpResponse:
    return _search(request, *_check_in(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may attach there; also while Confluence is turned off."""
    evidence = get_object_or_404(Evidence.objects.in_order(), pk=pk)
    key_result = get_visible(request, KeyResult.objects.all(), evidence.key_result_id)
    require_attacher(person_of(request), key_result, evidence.check_in)
    back = reverse("okr:key_result", args=[key_result.pk])
    if request.method == "POST":
        evidence.delete()
        messages.success(request, REMOVED.format(title=evidence.page.title))
        return after(request, back)
    context = {
        "title": "Take this page away?",
        "evidence": evidence,
        "key_result": key_result,
        "back": back,
    }
    return render_dialog(request, "confluence/evidence_remove.html", context)


def _key_result(request: HttpRequest, pk: int) -> tuple[KeyResult, None]:
    return get_editable(request, KeyResult.objects.all(), pk), None


def _check_in(request: HttpRequest, pk: int) -> tuple[KeyResult, CheckIn]:
    visible = CheckIn.objects.visible_to(person_of(request)).standing()
    check_in = get_object_or_404(visible, pk=pk)
    key_result = get_visible(request, KeyResult.objects.all(), check_in.key_result_id)
    require_attacher(person_of(request), key_result, check_in)
    return key_result, check_in


def _search(request: HttpRequest, _: KeyResult, __: CheckIn | None) -> HttpResponse:
    """What is found while somebody types; without words the pages that were edited last."""
    text = request.GET.get("text", "").strip()[:2_000]
    context = {"found": find(connection_to_use(), text), "text": text}
    return render(request, "confluence/_found.html", context)


def _attach(request: HttpRequest, key_result: KeyResult, check_in: CheckIn | None) -> HttpResponse:
    connection = connection_to_use()
    form = AttachForm(
        sent(request), connection=connection, key_result=key_result, check_in=check_in
    )
    back = reverse("okr:key_result", args=[key_result.pk])
    if form.is_bound and form.is_valid():
        words = ATTACHED if form.attach(person_of(request)) else ALREADY
        messages.success(request, words.format(title=form.found.pages[0].title))
        return after(request, back)
    action, search = AT_A_CHECK_IN if check_in else AT_A_KEY_RESULT
    place = [(check_in or key_result).pk]
    context = {
        "title": "Attach a Confluence page",
        "form": form,
        "found": form.found if form.is_bound else Found(),
        "key_result": key_result,
        "check_in": check_in,
        "connection": connection,
        "action": reverse(action, args=place),
        "search": reverse(search, args=place),
        "back": back,
    }
    return render_dialog(request, "confluence/attach.html", context)
