"""Which calls came in, so that a test can count them and see who made them."""

from collections import deque
from dataclasses import dataclass
from threading import Lock

from jira_sandbox.messages import Request, Response

LONGEST = 100_000


@dataclass(slots=True)
class Call:
    """`status` is None until the answer is known. `authorised_as` is the e-mail of the account
    that was served, or `anonymous` or `rejected`; it is empty when a fault answered first."""

    method: str
    path: str
    target: str
    credentials_sent: bool
    body: bytes
    authorised_as: str = ""
    status: int | None = None


class Ledger:
    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=LONGEST)
        self._lock = Lock()

    @property
    def calls(self) -> tuple[Call, ...]:
        with self._lock:
            return tuple(self._calls)

    def open(self, request: Request) -> Call:
        sent = "authorization" in request.headers
        call = Call(request.method, request.path, request.target, sent, request.body)
        with self._lock:
            self._calls.append(call)
        return call

    def close(self, call: Call, response: Response) -> None:
        call.authorised_as = response.caller
        call.status = response.status

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()
