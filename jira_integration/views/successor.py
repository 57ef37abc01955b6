"""A second set of credentials: put in place, used before its time, taken away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jira_integration import deeds, succession_card
from jira_integration.forms.successor import SuccessorForm
from jira_integration.models import (
    Successor,
)
from jira_integration.question import Question
from jira_integration.sites import site_or_404
from jira_integration.views.sections import place
from okr.access import require_admin
from okr.confirming import confirmed_recently
from okr.http import after, beneath, render_dialog, sent
from okr.models import Person

WAITS = "Jira accepted it, as {account}. It waits until it is needed."
IN_USE = "Jira is read as {account} from now on."
OTHER = (
    "This is another account, {account} instead of {before}. "
    "What it may not read keeps its last status."
)
TAKEN_AWAY = "The successor is taken away. Its token is forgotten here, and still works in Jira."
asked_or_told = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters("token")
@asked_or_told
@confirmed_recently
def put(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Where Jira has refused what is in use already, the successor takes over at once."""
    admin = require_admin(request)
    connection = site_or_404(pk)
    if connection is None:
        return after(request, reverse("jira:integration"))
    form = SuccessorForm(sent(request), connection=connection)
    if form.is_bound and form.is_valid() and form.connects():
        successor, in_use = deeds.put(form, admin)
        _tell_of_another(request, successor)
        words = IN_USE if in_use else WAITS
        messages.success(request, words.format(account=successor.account_name))
        return beneath(request, _back(pk))
    context = {
        "title": "Put a successor in place",
        "form": form,
        "connection": connection,
        "back": _back(pk),
    }
    return render_dialog(request, "jira_integration/successor.html", context)


@asked_or_told
def use(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Tried once more before the one in use is given up for it."""
    admin = require_admin(request)
    successor = Successor.objects.of(site_or_404(pk))
    if successor is None or request.method != "POST":
        return _answer(request, pk, successor, succession_card.USE)
    if refusal := deeds.refusal_of(successor):
        messages.error(request, refusal)
    else:
        _use(request, successor, admin)
    return beneath(request, _back(pk))


@asked_or_told
def take_away(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    admin = require_admin(request)
    successor = Successor.objects.of(site_or_404(pk))
    if successor is None or request.method != "POST":
        return _answer(request, pk, successor, succession_card.TAKE_AWAY)
    deeds.take_away(successor, by=admin)
    messages.info(request, TAKEN_AWAY)
    return beneath(request, _back(pk))


def _answer(
    request: HttpRequest, pk: int | None, successor: Successor | None, question: Question
) -> HttpResponse:
    if successor is None:
        return beneath(request, _back(pk))
    context = {"title": question.title, "question": question, "back": _back(pk)}
    return render_dialog(request, "jira_integration/question.html", context)


def _use(request: HttpRequest, successor: Successor, admin: Person) -> None:
    if deeds.use(successor, by=admin):
        messages.success(request, IN_USE.format(account=successor.account_name))


def _tell_of_another(request: HttpRequest, successor: Successor) -> None:
    if successor.is_another_account:
        before = successor.connection.account_name
        messages.warning(request, OTHER.format(account=successor.account_name, before=before))


def _back(pk: int | None) -> str:
    return f"{place(pk)}#credentials"
