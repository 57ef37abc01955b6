"""A file as somebody sends it."""

from typing import Any

import pytest
from django.utils import timezone

from okr.as_code.plan import Order, plan
from okr.as_code.reading import FaultyError
from okr.models import Person


def order(person: Person, text: str | bytes, **told: Any) -> Order:
    content = text.encode() if isinstance(text, str) else text
    return Order(content, person, timezone.now(), person.is_okr_admin, **told)


def faults(person: Person, text: str | bytes, **told: Any) -> list[str]:
    """As a terminal shows them; nothing may be planned beside."""
    with pytest.raises(FaultyError) as refused:
        plan(order(person, text, **told))
    return str(refused.value).splitlines()
