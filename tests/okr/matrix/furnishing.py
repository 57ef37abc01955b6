"""Fills the world with everything that could give something confidential away."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from okr.models import ApprovalStep, Comment, KeyResult, Notification, Objective, Person, Review
from tests.cast import make_key_result, make_objective
from tests.okr.matrix.world import CANARY, World

LOW: dict[str, Any] = {"confidence": "off_track", "note": f"{CANARY} is slow"}


@dataclass
class Furnished:
    """The reader is Cleo, who may not see the secret; `mine` is a key result of hers.

    `at` is the moment at which it was furnished.
    """

    world: World
    at: datetime
    public: KeyResult
    secret: KeyResult
    mine: KeyResult
    below: KeyResult
    moved: KeyResult
    role: str = "elsewhere"

    @property
    def reader(self) -> Person:
        return self.world.people[self.role]

    @property
    def key(self) -> str:
        """The session in which the reader is signed in."""
        return self.world.keys[self.role]

    def burn(self) -> None:
        """As if the secret had never been; what was aligned under it stands free."""
        hidden = self.secret.objective
        Objective.objects.filter(parent=hidden).update(parent=None)
        Objective.objects.get(pk=hidden.pk).delete()
        tag = Objective._meta.get_field("tags").related_model
        tag._default_manager.filter(name=f"{CANARY} tag").delete()


def furnish(world: World) -> Furnished:
    now, people = timezone.now(), world.people
    cleo, ben = people["elsewhere"], people["owner"]
    hidden, public = world.secret.objective, world.public.objective
    mine = make_key_result(make_objective(cleo, world.cycle, title="Calls are short"), at="10")
    below = _under(hidden, cleo, "Calls are rare")
    moved = _under(hidden, ben, "Failover is boring")
    _talk(world.secret, people, now)
    _tag(hidden, f"{CANARY} tag", "Growth")
    _tag(public, "Growth")
    moved.objective.parent = world.top
    moved.objective.keep(by=ben, at=now)
    for each in (public, moved.objective):
        hidden.support([*hidden.supports.all(), each])
    return Furnished(world, now, world.public, world.secret, mine, below, moved)


def _under(hidden: Objective, owner: Person, title: str) -> KeyResult:
    return make_key_result(make_objective(owner, hidden.cycle, title=title, parent=hidden), at="20")


def _talk(secret: KeyResult, people: dict[str, Person], now: datetime) -> None:
    """Check-ins, comments, a review and steps; and what Cleo was told while it was public."""
    ben, ada, cleo = people["owner"], people["manager"], people["elsewhere"]
    hidden = secret.objective
    secret.check_in(by=ben, at=now - timedelta(days=1), value=Decimal(64), **LOW)
    for about in ({"objective": hidden}, {"key_result": secret}):
        told = {"by": ben, "at": now, "words": f"{CANARY} says @Cleo Marchetti"}
        Comment.objects.create(**about, **told)
        Notification.objects.create(person=cleo, kind="comment", **about, **told)
    judged = {"rating": 2, "comment": f"{CANARY} is risky", "outcome": "continue"}
    Review.objects.say(hidden, by=ada, at=now, **judged)
    asked = {"by": cleo, "at": now, "verb": "submit"}
    ApprovalStep.objects.create(objective=hidden, comment=f"{CANARY} now", **asked)
    Objective.objects.filter(pk=hidden.pk).update(approval="waiting")


def _tag(objective: Objective, *names: str) -> None:
    objective.tag(list(names))
