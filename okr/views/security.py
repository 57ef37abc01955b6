"""How a person signs in, and where they are signed in, under Settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from okr.access import person_of
from okr.audit import note_if_admin
from okr.factor_policy import must_add
from okr.factors import factors_of
from okr.models import SignIn
from okr.pages.devices import places
from okr.sign_ins import end_others, number_of


@never_cache
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    lasting = person.sign_ins.lasting(timezone.now())
    context = {
        "title": "Settings",
        "factors": factors_of(person),
        "must_add": must_add(request),
        "places": places(lasting, number_of(request)),
    }
    return render(request, "okr/settings/security.html", context)


@require_POST
def sign_out_there(request: HttpRequest, pk: int) -> HttpResponse:
    own = person_of(request).sign_ins.all()
    get_object_or_404(own, pk=pk)
    SignIn.objects.filter(pk=pk).end()
    messages.success(request, "That browser is signed out.")
    return redirect("mfa_index")


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    end_others(request, person)
    note_if_admin("signing_in.ended_others", person)
    messages.success(request, "You are signed out everywhere but here.")
    return redirect("mfa_index")
