"""What a person sets for themselves; each section is a page and a form of its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from okr.access import person_of
from okr.forms.passwords import PasswordForm
from okr.forms.settings import ProfileForm
from okr.http import fitting_status
from okr.sign_in import COMPANY_ONLY
from okr.sign_ins import end_others


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.keep()
        messages.success(request, "Your settings are saved.")
        return redirect("okr:settings")
    person.refresh_from_db(fields=["name", "theme"])
    return _section(request, "okr/settings/profile.html", form)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not person.may_use_password:
        raise PermissionDenied(COMPANY_ONLY)
    form = PasswordForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        form.keep()
        end_others(request, person)
        messages.success(request, "Your password is changed. Other devices are signed out.")
        return redirect("okr:settings_password")
    return _section(request, "okr/settings/password.html", form)


def _section(request: HttpRequest, template: str, form: BaseForm) -> HttpResponse:
    context = {"title": "Settings", "form": form}
    return render(request, template, context, status=fitting_status(context))
