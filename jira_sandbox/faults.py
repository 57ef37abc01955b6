"""The switches that make the sandbox misbehave: where, how often, and after how many calls."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from threading import Event, Lock
from typing import Any

from jira_sandbox.messages import Request, Response
from jira_sandbox.model.site import Site

OUTGOING = "EVENT"
Answer = Callable[[Request], Response]


@dataclass(slots=True)
class Fault:
    """`path` may hold stars and matches behind the gateway's prefix too. `times` None lasts until
    it is cleared; the first `after` calls pass unharmed. The rest are options of single kinds."""

    kind: str
    path: str = "*"
    times: int | None = None
    after: int = 0
    method: str = "*"
    seconds: float = 60.0
    retry_after: str = "30"
    reason: str = "jira-burst-based"
    location: str = "https://elsewhere.example/"
    key: str = ""
    project: str = ""
    size: int = 12_000_000
    used: int = 0

    def concerns(self, request: Request) -> bool:
        """Faults of events meet what the sandbox sends, all others what it is asked."""
        if self.kind.startswith("webhook-") != (request.method == OUTGOING):
            return False
        return fnmatchcase(request.method, self.method) and any(
            fnmatchcase(path, self.path) for path in _spellings(request.path)
        )

    @property
    def spent(self) -> bool:
        return self.times is not None and self.used >= self.after + self.times


@dataclass(frozen=True, slots=True)
class Trouble:
    """One fault at work: what its kind needs to know beside the request."""

    fault: Fault
    site: Site
    stopping: Event


Kind = Callable[[Trouble, Answer, Request], Response]


class FaultBoard:
    def __init__(self, site: Site, kinds: dict[str, Kind]) -> None:
        self._site = site
        self._kinds = kinds
        self._faults: list[Fault] = []
        self._lock = Lock()
        self.stopping = Event()

    @property
    def active(self) -> tuple[Fault, ...]:
        with self._lock:
            return tuple(fault for fault in self._faults if not fault.spent)

    def add(self, kind: str, **options: Any) -> Fault:
        if kind not in self._kinds:
            raise ValueError(f"There is no fault {kind!r}; there is {', '.join(self._kinds)}.")
        fault = Fault(kind, **options)
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def answer(self, request: Request, answer: Answer) -> Response:
        """Through every fault that is due; the one set first stands outermost."""
        for fault in reversed(self._due(request)):
            trouble = Trouble(fault, self._site, self.stopping)
            answer = partial(self._kinds[fault.kind], trouble, answer)
        return answer(request)

    def _due(self, request: Request) -> list[Fault]:
        with self._lock:
            concerned = [each for each in self._faults if not each.spent and each.concerns(request)]
            for fault in concerned:
                fault.used += 1
            return [fault for fault in concerned if fault.used > fault.after]


def _spellings(path: str) -> tuple[str, ...]:
    """A path behind the gateway also counts as the site's path that it stands for."""
    if not path.startswith(("/ex/jira/", "/ex/confluence/")):
        return (path,)
    return path, "/" + "/".join(path.split("/")[4:])
