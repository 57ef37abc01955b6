"""People: found by everybody; added and changed by OKR admins."""

from typing import Any

from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from okr.api.administered import Administered
from okr.api.asking import AskedOfRows, Number, narrower
from okr.api.scopes import is_for_admin
from okr.api.shapes import Body, Shape
from okr.api.signing_in import person_of
from okr.api.written import OneRow, Rows
from okr.forms.choosing import possible_owners
from okr.forms.people import NewPersonForm, PersonForm
from okr.models import Person, Role, State
from okr.models.people import PersonQuerySet
from okr.pages.people import Filters

AMONG = ("everybody", "line")
TOLD_TO_ADMINS = ("manager", "role", "state", "invited_at", "left_at")


class PersonShape(Shape):
    """`manager`, `role`, `state` and the two moments are told to OKR admins, whose token has the
    scope for it; to others they are null."""

    role = serializers.ChoiceField(Role.choices, allow_null=True)
    state = serializers.ChoiceField(State.choices, allow_null=True, read_only=True)

    class Meta:
        model = Person
        fields = (
            *("id", "version", "name", "email", "designation", "unit", "is_active"),
            *TOLD_TO_ADMINS,
        )

    def to_representation(self, instance: Person) -> dict[str, Any]:
        told = super().to_representation(instance)
        if is_for_admin(self.context["request"]):
            return told
        return told | {name: None for name in TOLD_TO_ADMINS if name in told}


class PersonBody(Body):
    name = serializers.CharField(max_length=120)
    email = serializers.EmailField(max_length=254)
    designation = serializers.CharField(required=False, allow_blank=True, max_length=120)
    unit = Number(required=False, allow_null=True)
    manager = Number(required=False, allow_null=True)
    role = serializers.ChoiceField(Role.choices, default=Role.EMPLOYEE)


class NewPersonBody(PersonBody):
    """With `invite` they are sent a link with which they choose a password."""

    invite = serializers.BooleanField(default=False)


class AskedOfPeople(AskedOfRows):
    """`role` and `state` find nothing where an OKR admin does not ask."""

    q = serializers.CharField(
        required=False, max_length=200, help_text="Words of name, designation, unit or address."
    )
    unit = narrower(help_text="The unit, with all within it.")
    role = serializers.ChoiceField(Role.choices, required=False)
    state = serializers.ChoiceField(
        State.choices, required=False, help_text="Everybody who is here unless told."
    )
    among = serializers.ChoiceField(
        AMONG, required=False, help_text="`line`: those whom you may choose as owner."
    )


def known_to(request: Request) -> PersonQuerySet:
    """Whoever has left is known to OKR admins alone."""
    everybody: PersonQuerySet = Person.objects.all()
    return everybody if is_for_admin(request) else everybody.active()


class OfPeople(Administered):
    about, noun, route = "People", "a person", "person"
    shape, body = PersonShape, PersonBody

    def rows(self, person: Person) -> PersonQuerySet:  # noqa: ARG002
        return known_to(self.request)

    def stored(self) -> PersonQuerySet:
        everybody: PersonQuerySet = Person.objects.select_related("unit", "manager")
        return everybody

    def form(
        self,
        person: Person,  # noqa: ARG002
        row: Any = None,
        data: Any = None,
    ) -> PersonForm:
        return PersonForm(data, instance=row)


class People(OfPeople, Rows):
    body, asks = NewPersonBody, AskedOfPeople

    def rows(self, person: Person) -> PersonQuerySet:
        """As the list of the page finds them."""
        asked = {name: str(self.asked.get(name, "")) for name in ("role", "unit", "state")}
        found: PersonQuerySet = Filters(self.asked.get("q", ""), **asked).people()
        if (asked["role"] or asked["state"]) and not is_for_admin(self.request):
            return found.none()
        if self.asked.get("among") == "line":
            return found.filter(pk__in=possible_owners(person, None).order_by().values("pk"))
        return found

    def form(
        self,
        person: Person,  # noqa: ARG002
        row: Any = None,  # noqa: ARG002
        data: Any = None,
    ) -> NewPersonForm:
        return NewPersonForm(data)

    def keep(self, form: Any) -> bool:
        added = form.add(person_of(self.request), timezone.now())
        form.instance = added
        return added is not None


class OnePerson(OfPeople, OneRow):
    http_method_names = ["get", "head", "patch"]


addresses = [
    path("people/", People.as_view(), name="people"),
    path("people/<int:pk>/", OnePerson.as_view(), name="person"),
]
