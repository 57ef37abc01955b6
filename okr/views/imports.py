"""Upload → Check → Confirm → Result, for every kind of rows."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okr import exports
from okr.access import ADMINS_ONLY, person_of
from okr.imports.arrival import receive
from okr.imports.desk import CHANGED_SINCE, rejected_rows
from okr.imports.desk import confirm as confirm_upload
from okr.imports.shape import Shape
from okr.imports.shapes import shapes
from okr.models import Upload
from okr.pages.upload import UploadPage
from okr.views.choosing import words


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    shape = _shape(request, slug)
    form, upload = receive(request, shape)
    if upload:
        return redirect("okr:import_check", upload.pk)
    context = {"title": shape.title, "shape": shape, "form": form, "step": 1}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "okr/imports/start.html", context, status=status)


@require_safe
def template(request: HttpRequest, slug: str) -> HttpResponseBase:
    shape = _shape(request, slug)
    names = [column.name for column in shape.columns]
    example = [column.example for column in shape.columns]
    return exports.download_csv(exports.Sheet(f"{shape.slug} template", names, [example]))


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    upload, shape = _upload(request, pk)
    page = UploadPage(upload, shape, words(request, "fate"), request.GET.get("page"))
    context = {
        "title": shape.title,
        "shape": shape,
        "page": page,
        "step": 4 if upload.done_at else 2,
    }
    return render(request, "okr/imports/check.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    upload, shape = _upload(request, pk)
    if not confirm_upload(shape, upload, person_of(request), timezone.now()):
        messages.warning(request, CHANGED_SINCE)
    return redirect("okr:import_check", pk)


@require_safe
def rejected(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows that were not taken, as they were, with what is wrong: to mend and upload again."""
    upload, shape = _upload(request, pk)
    columns = [*upload.columns, "row", "reason"]
    sheet = exports.Sheet(f"{shape.slug} rejected", columns, rejected_rows(upload))
    return exports.download_csv(sheet)


def _shape(request: HttpRequest, slug: str) -> Shape:
    shape = shapes().get(slug)
    if shape is None:
        raise Http404
    if not shape.may_import(person_of(request)):
        raise PermissionDenied(ADMINS_ONLY)
    return shape


def _upload(request: HttpRequest, pk: int) -> tuple[Upload, Shape]:
    """One's own only."""
    upload: Upload = get_object_or_404(Upload.objects.of(person_of(request)), pk=pk)
    return upload, _shape(request, upload.shape)
