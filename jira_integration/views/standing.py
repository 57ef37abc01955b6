"""The cards that tell how each site stands: htmx gets one of them, a browser the whole page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from jira_integration.events_card import EventsCard
from jira_integration.forms.credentials import CredentialsForm
from jira_integration.health import Health
from jira_integration.sites import Sites
from okr.http import render_part

PAGE, CARD = "jira_integration/integration.html", "jira_integration/_health.html"


@dataclass(frozen=True, slots=True)
class Card:
    """`tested` is what a test of the saved credentials has just found, `proof` that it passed."""

    health: Health
    events: EventsCard
    tested: CredentialsForm | None = None
    proof: str = ""


def answer_health(
    request: HttpRequest,
    pk: int | None = None,
    tested: CredentialsForm | None = None,
    proof: str = "",
) -> HttpResponse:
    """`pk` is the site that the card is about where there are several."""
    sites = Sites.load()
    found = EventsCard.load_each([health.connection for health in sites.each])
    cards = [Card(health, events) for health, events in zip(sites.each, found, strict=True)]
    if not cards:
        cards = [Card(Health.load(), EventsCard.load(None))]
    chosen = next((card for card in cards if card.health.number == pk), cards[0])
    if tested:
        told = Card(chosen.health, chosen.events, tested, proof)
        cards = [told if card is chosen else card for card in cards]
        chosen = told
    context = {
        "title": "Jira Integration",
        "named": sites.several,
        "sites": sites,
        "health": chosen.health,
        "events": chosen.events,
        "tested": chosen.tested,
        "proof": chosen.proof,
        "cards": cards,
        "has_errors": bool(tested and not proof),
    }
    return render_part(request, PAGE, CARD, context)
