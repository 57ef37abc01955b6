"""The card of events: how they stand, what to enter in Jira, and a question before a change."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jira_integration import events_card, registering
from jira_integration.events_card import EventsCard
from jira_integration.models import JiraConnection, WebhookReceiver
from jira_integration.question import Question
from jira_integration.sites import site_or_404
from jira_integration.views.sections import place
from okr.access import require_admin
from okr.confirming import confirmed_recently
from okr.http import after, beneath, render_dialog, wants_part

REGISTERED = "Jira now tells us of every change. The first event proves it."
REMOVED = "The webhook is removed. Jira is read at its usual pace."
SHOWN = "jira_webhook_to_enter"
asked_or_told = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def card(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """How events stand, which a page asks again until the first has come."""
    require_admin(request)
    connection = site_or_404(pk)
    if not wants_part(request):
        return redirect(_place(pk))
    context = {"events": EventsCard.load(connection), "named": pk is not None}
    return render(request, "jira_integration/_events_now.html", context)


@asked_or_told
@confirmed_recently
def register(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Has Jira tell us of changes. Where the account may not ask that, shows what to enter."""

    def act(connection: JiraConnection) -> None:
        receiver = registering.register(connection)
        if receiver.number_in_jira:
            messages.success(request, REGISTERED)
        else:
            _show_once(request, receiver)

    return _asking(request, pk, events_card.REGISTER, act)


@asked_or_told
@confirmed_recently
def by_hand(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new address and secret to enter in Jira, shown on the page that follows and never again."""

    def act(connection: JiraConnection) -> None:
        _show_once(request, registering.open_by_hand(connection))

    return _asking(request, pk, events_card.BY_HAND, act)


@asked_or_told
def remove(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    def act(connection: JiraConnection) -> None:
        registering.remove(connection)
        messages.info(request, REMOVED)

    return _asking(request, pk, events_card.REMOVE, act)


def to_show(request: HttpRequest) -> WebhookReceiver | None:
    """What was opened for this person a moment ago; asked again, there is nothing to show."""
    number = request.session.pop(SHOWN, None)
    return WebhookReceiver.objects.filter(pk=number).first() if number else None


def _show_once(request: HttpRequest, receiver: WebhookReceiver) -> None:
    request.session[SHOWN] = receiver.pk


def _asking(
    request: HttpRequest,
    pk: int | None,
    question: Question,
    act: Callable[[JiraConnection], None],
) -> HttpResponse:
    require_admin(request)
    connection = site_or_404(pk)
    if connection is None:
        return after(request, reverse("jira:integration"))
    if request.method == "POST":
        act(connection)
        return beneath(request, _place(pk))
    context = {"title": question.title, "question": question, "back": _place(pk)}
    return render_dialog(request, "jira_integration/question.html", context)


def _place(pk: int | None) -> str:
    return f"{place(pk)}#events"
