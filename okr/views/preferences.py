"""What a person wants to be told; and the link in each e-mail that ends e-mails."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from okr.access import person_of
from okr.forms.notifications import PreferencesForm
from okr.unsubscribing import person_of_token


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    person, posted = person_of(request), request.method == "POST"
    form = PreferencesForm(request.POST if posted else None, person=person)
    if posted and form.is_valid():
        form.keep()
        messages.success(request, "Your choices are saved. They count from now on.")
        return redirect("okr:settings_notifications")
    return render(request, "okr/settings/notifications.html", {"title": "Settings", "form": form})


@csrf_exempt  # a mail program presses the button (RFC 8058); the link itself is the proof
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    person = person_of_token(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        person.want_no_mail()
    context = {"title": "E-mails", "person": person, "done": not person.wants_mail}
    return render(request, "okr/unsubscribe.html", context)
