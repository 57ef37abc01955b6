"""A file as a page receives it: the form that asks for it, and what comes of it."""

from django.http import HttpRequest
from django.utils import timezone

from okr.access import person_of
from okr.forms.imports import UploadForm
from okr.imports.desk import take_in
from okr.imports.reading import UnreadableError
from okr.imports.shape import Shape
from okr.models import Upload


def receive(request: HttpRequest, shape: Shape) -> tuple[UploadForm, Upload | None]:
    """The checked file, or None and the form with what stood in the way."""
    if request.method != "POST":
        return UploadForm(), None
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            by = person_of(request)
            return form, take_in(shape, file.name, file.read(), by, timezone.now())
        except UnreadableError as error:
            form.add_error("file", str(error))
    return form, None
