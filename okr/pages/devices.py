"""What a browser calls itself, in words that its owner knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from okr.models import SignIn

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """`number` ends it; `here` is the browser that asks."""

    number: int
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    here: bool


def places(sign_ins: Iterable[SignIn], here: int) -> list[Place]:
    """This browser first, then the others as they were seen last."""
    told = [
        Place(
            each.pk, device(each.agent), each.address, each.began_at, each.seen_at, each.pk == here
        )
        for each in sign_ins
    ]
    return sorted(told, key=lambda place: not place.here)


def device(agent: str) -> str:
    browser = _first(BROWSERS, agent) or "A browser"
    system = _first(SYSTEMS, agent)
    return f"{browser} on {system}" if system else browser


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((words for mark, words in names if mark in agent), "")
