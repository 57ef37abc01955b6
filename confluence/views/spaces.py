"""The dialog in which an admin chooses the spaces that people may publish in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from confluence.forms.spaces import SpacesForm, offered_by
from confluence.models import ConfluenceConnection
from okr.access import require_admin
from okr.http import after, render_dialog, sent

SAVED = "Saved. People publish in the chosen spaces."
NONE_LEFT = "Saved. Nobody can publish until a space is chosen."


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    connection, back = ConfluenceConnection.objects.first(), reverse("confluence:integration")
    if connection is None:
        return after(request, back)
    offered, fault = offered_by(connection)
    form = SpacesForm(sent(request), connection=connection, offered=offered)
    if form.is_valid():
        form.keep()
        messages.success(request, SAVED if form.cleaned_data["spaces"] else NONE_LEFT)
        return after(request, back)
    context = {"title": "Spaces for publishing", "form": form, "fault": fault, "back": back}
    return render_dialog(request, "confluence/spaces.html", context)
