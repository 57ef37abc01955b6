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
from jira_integration.health import Health
from jira_integration.models import IntegrationSettings, SyncRun, Trigger, WhoMayLink
from jira_integration.scale_picture import marks
from okr.http import Context, render_part, wants_part
from okr.models import Person

PAGE = "jira_integration/manage.html"


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


def page_context(**given: Any) -> Context:
    """What the page shows: the saved values, unless a form with others is given."""
    health = Health.load()
    settings = health.settings
    return {
        "title": "Manage Integration",
        "health": health,
        "credentials": ManagedCredentialsForm(connection=health.connection),
        "percentages": PercentagesForm.of_saved(settings),
        "scale": marks(settings.scale),
        "recalculation": SyncRun.objects.open().filter(trigger=Trigger.SETTINGS).first(),
        "disagreeing": disagreeing(health.connection),
        "access": AccessForm(initial={"who_may_link": settings.who_may_link}),
        "reach": Reach.of(settings),
        "events": EventsCard.load(health.connection),
    } | given


def answer_section(request: HttpRequest, name: str, form: Form, **more: Any) -> HttpResponse:
    """A section whose form could not be saved, or that shows more than what is saved."""
    context = page_context(**{name: form, "form": form, "section": name}, **more)
    return render_part(request, PAGE, f"jira_integration/_{name}.html", context)


def answer_saved(request: HttpRequest, name: str, notice: str) -> HttpResponse:
    """What a section shows after its form was saved; without htmx the page is asked for again."""
    if not wants_part(request):
        messages.success(request, notice)
        return redirect(f"{reverse('jira:manage')}#{name}")
    context = page_context(section=name, notice=notice)
    return render(request, f"jira_integration/_{name}.html", context)
