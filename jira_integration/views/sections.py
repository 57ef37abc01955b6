"""The three sections of `Manage Integration`: htmx gets one of them, a browser the whole page."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jira_integration.disagreeing import disagreeing
from jira_integration.events_card import EventsCard
from jira_integration.forms.access import AccessForm
from jira_integration.forms.credentials import ManagedCredentialsForm
from jira_integration.forms.percentages import PercentagesForm
from jira_integration.forms.site import NameForm
from jira_integration.health import Health
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    SyncRun,
    Trigger,
    WhoMayLink,
)
from jira_integration.scale_picture import marks
from jira_integration.succession_card import Succession
from okr.http import Context, render_part, wants_part
from okr.models import Person

PAGE, SITE_PAGE = "jira_integration/manage.html", "jira_integration/site.html"


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people the present choice lets link."""

    selected_only: bool
    selected: int
    everybody: int

    @classmethod
    def of(cls, settings: IntegrationSettings) -> "Reach":
        return cls(
            settings.who_may_link == WhoMayLink.SELECTED,
            settings.selected_people.active().count(),
            Person.objects.active().count(),
        )

    @property
    def sentence(self) -> str:
        if not self.selected_only:
            return f"All {self.everybody:,} people may link Jira issues."
        return f"{self.selected:,} of {self.everybody:,} people may link Jira issues."


def page_for(pk: int | None) -> str:
    return PAGE if pk is None else SITE_PAGE


def place(pk: int | None) -> str:
    return reverse("jira:manage") if pk is None else reverse("jira:site_manage", args=[pk])


def page_context(pk: int | None = None, **given: Any) -> Context:
    """What the page shows: the saved values, unless a form with others is given."""
    health = Health.load(pk)
    own = _of_a_site(health)
    return (own if pk else own | _of_all_sites(health)) | given


def _of_a_site(health: Health) -> Context:
    connection = health.connection
    return {
        "title": f"Manage {connection.name}" if connection else "",
        "named": health.named,
        "health": health,
        "credentials": ManagedCredentialsForm(connection=connection),
        "name": NameForm(connection=connection) if connection else None,
        "events": EventsCard.load(connection),
        "succession": Succession.load(connection),
    }


def _of_all_sites(health: Health) -> Context:
    settings = health.settings
    return {
        "title": "Manage Integration",
        "percentages": PercentagesForm.of_saved(settings),
        "scale": marks(settings.scale),
        "recalculation": SyncRun.objects.open().filter(trigger=Trigger.SETTINGS).last(),
        "disagreeing": disagreeing(),
        "connections": list(JiraConnection.objects.all()),
        "access": AccessForm(initial={"who_may_link": settings.who_may_link}),
        "reach": Reach.of(settings),
    }


def answer_section(
    request: HttpRequest, name: str, form: Form, pk: int | None = None, **more: Any
) -> HttpResponse:
    """A section whose form could not be saved, or that shows more than what is saved.

    `pk` is the site whose own page this is.
    """
    context = page_context(pk, **{name: form, "form": form, "section": name}, **more)
    return render_part(request, page_for(pk), f"jira_integration/_{name}.html", context)


def answer_saved(
    request: HttpRequest, name: str, notice: str, pk: int | None = None
) -> HttpResponse:
    """What a section shows after its form was saved; without htmx the page is asked for again."""
    if not wants_part(request):
        messages.success(request, notice)
        return redirect(f"{place(pk)}#{name}")
    context = page_context(pk, section=name, notice=notice)
    return render(request, f"jira_integration/_{name}.html", context)
