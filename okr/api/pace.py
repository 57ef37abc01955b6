"""How many requests each token, or each person in a browser, may send a minute."""

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from okr.models import ApiToken, Person

WINDOW = 60  # seconds


@dataclass(frozen=True, slots=True)
class Pace:
    """Where somebody stands in the minute that runs."""

    limit: int
    used: int
    seconds_left: int

    def tell(self, response: Response) -> None:
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(max(0, self.limit - self.used))
        response["RateLimit-Reset"] = str(self.seconds_left)


class Paced(BaseThrottle):
    """Counted together by all processes that share a cache."""

    def allow_request(self, request: Any, view: Any) -> bool:  # noqa: ARG002
        if request.auth is None and not isinstance(request.user, Person):
            return True
        now = time.time()
        key = f"api.pace.{self.who(request)}.{int(now // WINDOW)}"
        cache.add(key, 0, 2 * WINDOW)
        used = cache.incr(key)
        self.pace = Pace(settings.API_REQUESTS_A_MINUTE, used, WINDOW - int(now % WINDOW))
        request.pace = self.pace
        return used <= self.pace.limit

    def wait(self) -> float:
        return float(self.pace.seconds_left)

    def who(self, request: Request) -> str:
        token = request.auth
        return f"token.{token.pk}" if isinstance(token, ApiToken) else f"person.{request.user.pk}"
