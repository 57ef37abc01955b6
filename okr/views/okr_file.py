"""OKRs as a file in the browser: taken away, brought, its plan shown, and done when confirmed."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okr.access import person_of
from okr.as_code.desk import confirm as confirm_file
from okr.as_code.desk import order_of, take_in
from okr.as_code.exporting import exported
from okr.as_code.plan import Order
from okr.as_code.reading import FaultyError, text_of
from okr.forms.okr_file import OkrFileForm, TakeAwayForm, refused
from okr.models import FilePlan
from okr.pages.file_plan import FaultsPage, FilePlanPage
from okr.views.choosing import asked

TITLE = "OKRs as a file"
CHANGED = "Something changed since this was shown. Look at it again, then confirm."


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _start(request, OkrFileForm())
    form = OkrFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _start(request, form)
    order = form.order(person_of(request), timezone.now())
    try:
        filed = take_in(order, form.name, text_of(order.content))
    except FaultyError as faulty:
        return _refused(request, order, faulty)
    return redirect("okr:okr_file_plan", filed.pk)


@never_cache
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    page = FilePlanPage(_own(request, pk))
    context = {"title": TITLE, "page": page, "step": 4 if page.is_done else 2}
    return render(request, "okr/okr_file/plan.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    filed, now = _own(request, pk), timezone.now()
    order = order_of(filed, now)
    try:
        if not confirm_file(filed, request.POST.get("digest", ""), now):
            messages.warning(request, CHANGED)
    except FaultyError as faulty:
        return _refused(request, order, faulty)
    return redirect("okr:okr_file_plan", pk)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    form = TakeAwayForm(asked(request, "cycle", "unit"), is_sent=True)
    if not form.is_valid():
        return _start(request, OkrFileForm(), form)
    text = exported(person_of(request), form.cycles, form.cleaned_data["unit"])
    name = f"okrs-{timezone.localdate():%Y-%m-%d}.yaml"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition or ""}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


def _refused(request: HttpRequest, order: Order, faulty: FaultyError) -> HttpResponse:
    return _start(request, refused(order, faulty), faults=FaultsPage(faulty, order.content))


def _start(
    request: HttpRequest,
    form: OkrFileForm,
    take_away: TakeAwayForm | None = None,
    faults: FaultsPage | None = None,
) -> HttpResponse:
    chosen = take_away or TakeAwayForm(asked(request, "cycle", "unit"), is_sent=False)
    context = {
        "title": TITLE,
        "form": form,
        "take_away": chosen,
        "faults": faults,
        "step": 1,
        "has_errors": bool(chosen.errors),
    }
    wrong = form.errors or chosen.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "okr/okr_file/start.html", context, status=status)


def _own(request: HttpRequest, pk: int) -> FilePlan:
    filed: FilePlan = get_object_or_404(FilePlan.objects.of(person_of(request)), pk=pk)
    return filed
