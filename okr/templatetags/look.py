"""Tags that draw icons, numbers, ages and charts, the same on every page; always loaded."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.forms import BaseForm, BoundField
from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from lucide import _render_icon as render_icon  # its public tag builds on the same function

from okr import ages, drawing, history_chart, slots
from okr.drawing import Share
from okr.progress import shown

DRAWINGS = 5_000
register = Library()


@dataclass(frozen=True)
class Status:
    """How a confidence looks: always a glyph and a word beside the colour."""

    tone: str
    glyph: str
    word: str


STATUSES = {
    "on_track": Status("on-track", "●", "On track"),
    "at_risk": Status("at-risk", "▲", "At risk"),
    "off_track": Status("off-track", "◆", "Off track"),
    "achieved": Status("on-track", "✔", "Achieved"),
    "paused": Status("none", "‖", "Paused"),
}
NO_STATUS = Status("none", "○", "No status")


@register.filter("status")
def status_of(confidence: str | None) -> Status:
    return STATUSES.get(confidence or "", NO_STATUS)


@register.filter
def percent(progress: Share | None) -> str:
    """A progress as every page writes it: never rounded up to 100 nor down to 0."""
    return shown(_decimal(progress))


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """A line icon; decoration only, so the words beside it must say the same."""
    return _icon(name + "", size)


@cache
def _icon(name: str, size: int) -> SafeString:
    svg = render_icon(name, size, **{"class": "icon", "aria-hidden": "true"})
    return mark_safe(svg)  # noqa: S308  drawn by the icon package from its own files


@register.simple_tag
def pill(confidence: str | None) -> SafeString:
    return _drawn("okr/_pill.html", status=status_of(confidence))


@register.simple_tag
def glyph(confidence: str | None) -> SafeString:
    """The mark of a confidence in its colour, beside a word that says the same."""
    return _drawn("okr/_glyph.html", status=status_of(confidence))


@register.simple_tag
def bar(
    progress: Share | None,
    pace: Share | None = None,
    confidence: str | None = "",
    label: str = "Progress",
) -> SafeString:
    """How far it has come (length), where the calendar is (tick), how it feels (colour)."""
    return _drawn(
        "okr/_bar.html",
        filled=drawing.clamped(progress),
        tick=None if pace is None else drawing.clamped(pace),
        status=status_of(confidence),
        label=str(label),
        progress=percent(progress),
        pace=None if pace is None else percent(pace),
    )


@lru_cache(DRAWINGS)
def _drawn(template: str, **looks: Hashable) -> SafeString:
    """The same looks are drawn once: a list has many rows and few pictures."""
    return render_to_string(template, looks)


@register.inclusion_tag("okr/_ring.html")
def ring(
    progress: Share | None,
    confidence: str | None = "",
    size: int = 48,
    *,
    is_numbered: bool = True,
) -> dict[str, Any]:
    """Without its number it decorates one that stands beside it."""
    return {
        "is_numbered": is_numbered,
        "ring": drawing.ring(progress, size),
        "progress": _decimal(progress),
        "status": status_of(confidence),
    }


@register.inclusion_tag("okr/_sparkline.html")
def sparkline(points: Sequence[Any], label: str = "Progress over time") -> dict[str, Any]:
    """`points`: percents, or (datetime, percent) pairs, oldest first."""
    percents = [point[1] if isinstance(point, tuple | list) else point for point in points]
    return {
        "drawn": drawing.sparkline(percents),
        "label": label,
        "first": _decimal(percents[0]) if percents else None,
        "last": _decimal(percents[-1]) if percents else None,
    }


@register.inclusion_tag("okr/_history_chart.html")
def history(
    points: Sequence[history_chart.Dated],
    start: date,
    end: date,
    now: datetime,
    events: Sequence[history_chart.Event] = (),
    gaps: Sequence[history_chart.Gap] = (),
    due: Sequence[history_chart.Dated] = (),
    reconstructed: slots.Reconstruction | None = None,
) -> dict[str, Any]:
    """`points`, `due`: (datetime, percent); `events`: (datetime, percent, shape, label).

    All of them oldest first.
    """
    first, last = _moment(start, time.min), _moment(end, time.max)
    chart = history_chart.draw(
        points,
        start=first,
        end=last,
        now=now,
        events=events,
        gaps=gaps,
        due=due,
        retold=reconstructed,
    )
    return {"chart": chart}


@register.inclusion_tag("okr/_age.html")
def age(
    moment: datetime | None,
    label: str = "",
    now: datetime | None = None,
    stale_after: timedelta | None = None,
) -> dict[str, Any]:
    """How old something is: "Readings from 09:40"; past `stale_after` it says so."""
    now = now or timezone.now()
    state = ages.state(moment, now, stale_after) if moment else "stale"
    return {
        "moment": moment,
        "words": ages.words(moment, now, state) if moment else "",
        "label": label,
        "state": state,
    }


@register.simple_tag
def avatar(person: Any, size: str = "") -> SafeString:
    """Initials in a circle, beside a name that is written out."""
    initials, hue = drawing.avatar(str(person))
    return _drawn("okr/_avatar.html", initials=initials, hue=hue, size=str(size))


@register.inclusion_tag("okr/forms/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Names every fault of a form and leads to its field; takes the focus when it appears."""
    return {"form": form}


@register.simple_tag
def field(bound: BoundField, prefix: str = "", suffix: str = "") -> SafeString:
    """A field with its label, hint and faults, and a unit before or after its box."""
    return bound.render(context={"field": bound, "prefix": prefix, "suffix": suffix})


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, *args: Any) -> SafeString:
    """What the integrations put here; nothing where there is none."""
    answers = slots.ask(name, context["request"], *args)
    return format_html_join("", "{}", ((answer,) for answer in answers))


def _decimal(percent: Share | None) -> Decimal | None:
    return None if percent is None else Decimal(str(percent))


def _moment(day: date, at: time) -> datetime:
    if isinstance(day, datetime):
        return day
    return timezone.make_aware(datetime.combine(day, at))
