"""The story of a quarter through the API alone, from an empty company to the next quarter."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from okr.models import Person
from tests.okr.api.script import client_of, send

ALL = ("read", "write", "admin")
LEARNT = {"score": 0.6, "retrospective": "Too many at once.", "outcome": "continue"}
SOON = {"value": 70, "confidence": "on_track"}


class Script:
    """Somebody with a token; the token itself is made on a page, all else here by requests."""

    def __init__(self, person: Person, *scopes: str) -> None:
        self.client = client_of(person, *scopes)

    def get(self, way: str, **asked: Any) -> Any:
        answer = self.client.get(f"/api/v1/{way}", asked)
        assert answer.status_code == 200, answer.json()
        return answer.json()

    def post(self, way: str, **body: Any) -> Any:
        answer = send(self.client, "post", f"/api/v1/{way}", body)
        assert answer.status_code in (200, 201), answer.json()
        return answer.json()

    def patch(self, way: str, **body: Any) -> Any:
        read = self.client.get(f"/api/v1/{way}")
        answer = send(self.client, "patch", f"/api/v1/{way}", body, **{"If-Match": read["ETag"]})
        assert answer.status_code == 200, answer.json()
        return answer.json()


def on(month: int, day: int) -> Any:
    return time_machine.travel(datetime(2027, month, day, 9, tzinfo=UTC), tick=False)


def employed(admin: Script, name: str, **facts: Any) -> tuple[int, Script]:
    email = f"{name.split()[0].lower()}@larkspur.example"
    number = admin.post("people/", name=name, email=email, **facts)["id"]
    return number, Script(Person.objects.get(pk=number), "read", "write")


class Story:
    """What is known of it from one part to the next."""

    def __init__(self, olga: Person) -> None:
        self.admin = Script(olga, *ALL)
        self.admin.patch("policies/", approval_on=True)
        care = self.admin.post("units/", name="Care")["id"]
        nora, self.lead = employed(self.admin, "Nora Lind", unit=care)
        self.finn, self.worker = employed(self.admin, "Finn Berg", unit=care, manager=nora)
        self.admin.patch(f"units/{care}/", lead=nora)
        self.spring = self.cycle("Spring", "2027-01-01", "2027-03-31")
        self.summer = self.cycle("Summer", "2027-04-01", "2027-06-30")

    def cycle(self, name: str, first: str, last: str) -> int:
        told = {"name": name, "kind": "custom", "starts_on": first, "ends_on": last}
        number: int = self.admin.post("cycles/", **told)["id"]
        return number

    def is_planned(self) -> None:
        planned = {"title": "Clinics thrive", "cycle": self.spring, "level": "company"}
        self.top = self.admin.post("objectives/", **planned)["id"]
        approved(self.admin, self.admin, self.top)
        planned = {"title": "Calls are short", "cycle": self.spring, "parent": self.top}
        self.own = self.worker.post("objectives/", **planned)["id"]
        wanted = {"objective": self.own, "title": "Calls of a minute", "start": 0, "target": 100}
        self.short = self.worker.post("key-results/", **wanted)["id"]
        self.worker.post("key-results/", objective=self.own, title="A new line", kind="yes_no")
        approved(self.worker, self.lead, self.own)

    def is_checked_in(self) -> None:
        said = {"value": 60, "confidence": "at_risk", "note": "Slow start."}
        told = self.worker.post(f"key-results/{self.short}/check-ins/", **said)
        assert told["progress"] == "60.0000"
        for number in (self.own, self.top):
            assert self.lead.get(f"objectives/{number}/")["progress"] == "30.0000"
        narrowed = {"cycle": self.spring, "confidence": "at_risk"}
        (found,) = self.lead.get("objectives/", **narrowed)["results"]
        assert (found["id"], found["owner"]) == (self.own, self.finn)

    def is_judged(self) -> None:
        self.worker.post(f"objectives/{self.own}/closure/", **LEARNT)
        judged = {"rating": 4, "comment": "Well done.", "outcome": "continue"}
        self.lead.post(f"objectives/{self.own}/reviews/", **judged)

    def is_closed(self) -> None:
        (waiting,) = self.admin.get(f"cycles/{self.spring}/unsaid/")["results"]
        said = {"objective": waiting["id"], **LEARNT, "outcome": "close"}
        self.admin.post(f"cycles/{self.spring}/retrospectives/", retrospectives=[said])
        assert self.admin.post(f"cycles/{self.spring}/closure/")["closed_at"]
        late = send(
            self.worker.client, "post", f"/api/v1/key-results/{self.short}/check-ins/", SOON
        )
        assert late.status_code == 403

    def goes_on(self) -> None:
        left = self.admin.get(f"cycles/{self.spring}/unfinished/")["results"]
        assert self.own in [each["id"] for each in left]
        chosen = {"into": self.summer, "objectives": [self.own]}
        (new,) = self.admin.post(f"cycles/{self.spring}/carrying/", **chosen)["objectives"]
        (carried,) = self.worker.get("objectives/", cycle=self.summer)["results"]
        assert (carried["id"], carried["owner"]) == (new, self.finn)
        going = self.worker.get("key-results/", objective=new)["results"]
        starts = {each["title"]: each["start"] for each in going}
        assert starts["Calls of a minute"] == "60.000000"


@pytest.mark.django_db
def test_a_quarter_from_the_first_plan_to_the_next_one(olga):
    with on(1, 4):
        story = Story(olga)
        story.is_planned()
    with on(2, 15):
        story.is_checked_in()
    with on(3, 31):
        story.is_judged()
    with on(4, 1):
        story.is_closed()
        story.goes_on()
        told = story.admin.get("audit/")["results"]
        assert {each["via"] for each in told} == {"api"}


def approved(owner: Script, approver: Script, objective: int) -> None:
    if owner.get(f"objectives/{objective}/")["approval"] != "approved":
        owner.post(f"objectives/{objective}/approval/", verb="submit")
        approver.post(f"objectives/{objective}/approval/", verb="approve")
    assert approver.get(f"objectives/{objective}/")["approval"] == "approved"
