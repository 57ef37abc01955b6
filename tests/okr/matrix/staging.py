"""What deeds are done to, and by whom: an admin, and what is there before they begin."""

from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from okr.imports.desk import take_in
from okr.imports.people import PeopleShape
from okr.models import (
    ApiToken,
    Cycle,
    DirectoryToken,
    Objective,
    Person,
    Role,
    SignInProvider,
    Tag,
    Template,
    Unit,
)
from tests.cast import make_cycle, make_person, make_unit

NEW_CYCLE = {"kind": "custom", "starts_on": "2031-01-01", "ends_on": "2031-06-30"}


@dataclass
class Stage:
    olga: Person
    ben: Person
    cycle: Cycle
    objective: Objective

    def new_template(self) -> Template:
        made = {"title": "Hire well", "category": "people", "at": timezone.now()}
        return Template.objects.get_or_create(title="Hire well", defaults=made)[0]

    def provider(self) -> SignInProvider:
        SignInProvider(name="Larkspur").keep()
        return SignInProvider.objects.get()

    def rescuer(self) -> Person:
        return make_person("Robin Rescue", password="a plumb line", role=Role.OKR_ADMIN)

    def account(self) -> SocialAccount:
        provider = self.provider()
        return SocialAccount.objects.create(provider=provider.slug, uid="1", user=self.ben)

    def tag(self, name: str = "Growth") -> Tag:
        return Tag.objects.named([name])[0]

    def directory_token(self) -> DirectoryToken:
        return DirectoryToken.objects.issue("Entra ID", by=self.olga, at=timezone.now())[0]

    def unit(self) -> Unit:
        return make_unit("Empty")

    def later(self) -> Cycle:
        starts_on = self.cycle.ends_on.replace(year=self.cycle.ends_on.year + 1)
        return make_cycle("Later", today=starts_on)

    def away(self) -> Person:
        Person.objects.filter(pk=self.ben.pk).update(is_active=False)
        return self.ben

    def closed(self) -> Cycle:
        self.cycle.close(by=self.olga, at=timezone.now())
        return self.cycle

    def token(self) -> ApiToken:
        return ApiToken.objects.issue(
            self.ben, "Report", ["read"], by=self.olga, at=timezone.now(), for_service=True
        )[0]

    def upload(self) -> Any:
        content = b"email,name\nnew@larkspur.example,Noor New\n"
        return take_in(PeopleShape(), "people.csv", content, self.olga, timezone.now())


def of_ben(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.ben.pk}


def of_cycle(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.cycle.pk}
