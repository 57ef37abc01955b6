"""Where OKR admins decide whether a password lets in, or the company's own sign-in alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from okr.access import require_admin
from okr.company_sign_in.confirming import has_just_come
from okr.company_sign_in.offered import offers
from okr.confirming import confirmed_recently
from okr.forms.password_sign_in import PasswordSignInForm
from okr.http import fitting_status, sent
from okr.models import Policy

SAVED = "Saved. It holds from the next sign-in on; whoever is signed in stays so."


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def passwords(request: HttpRequest) -> HttpResponse:
    admin = require_admin(request)
    is_tried = has_just_come(request, admin)
    form = PasswordSignInForm(sent(request), instance=Policy.load(), is_tried=is_tried)
    if request.method == "POST" and form.is_valid() and form.kept():
        messages.success(request, SAVED)
        return redirect("okr:sign_in")
    context = {
        "title": "Passwords",
        "form": form,
        "is_tried": is_tried,
        "offers": offers(),
        "here": reverse("okr:sign_in_passwords"),
    }
    return render(request, "okr/sign_in/passwords.html", context, status=fitting_status(context))
