"""Whoever asks: who they are, what they set for themselves, and how they want to be told."""

from collections.abc import Mapping
from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.endpoint import Endpoint
from okr.api.forming import as_it_stands, as_typed
from okr.api.problems import fault, of_form
from okr.api.shapes import Body, Plain, Shape
from okr.api.signing_in import person_of
from okr.api.versions import require_match, tagged
from okr.forms.notifications import PreferencesForm
from okr.forms.settings import ProfileForm
from okr.models import Occasion, Person
from okr.models.person import Theme

ADMINS_KIND = "Only OKR admins are told of this."


class ProfileShape(Shape):
    """`time_zone` is empty where the company's counts."""

    class Meta:
        model = Person
        fields = (
            *("id", "version", "name", "email", "designation", "unit", "manager", "role"),
            *("time_zone", "theme"),
        )


class ProfileBody(Body):
    name = serializers.CharField(max_length=120)
    time_zone = serializers.CharField(allow_blank=True, max_length=60)
    theme = serializers.ChoiceField(Theme.choices)


class Myself(Endpoint):
    about, noun, versioned = "You", "your profile", True
    shape, body = ProfileShape, ProfileBody

    def get(self, request: Request) -> Response:
        person = person_of(request)
        return tagged(Response(self.told(person)), person)

    def patch(self, request: Request) -> Response:
        person = Person.objects.get(pk=person_of(request).pk)
        require_match(request, person)
        held = as_it_stands(ProfileForm(instance=person))
        form = ProfileForm(as_typed(held | self.taken(partial=True)), instance=person)
        if not form.is_valid():
            raise of_form(form)
        form.keep()
        return tagged(Response(self.told(person)), person)


class WayShape(serializers.Serializer):  # type: ignore[type-arg]
    kind = serializers.ChoiceField(Occasion.choices)
    in_app = serializers.BooleanField()
    by_mail = serializers.BooleanField()


class PreferencesShape(Plain):
    """`wants_mail`: an e-mail a day of what is unread; `kinds` that concern you."""

    wants_mail = serializers.BooleanField()
    kinds: Any = WayShape(many=True)


class WayBody(Body):
    kind = serializers.ChoiceField(Occasion.choices)
    in_app = serializers.BooleanField()
    by_mail = serializers.BooleanField()


class PreferencesBody(Body):
    """Kinds that are left out stay as they are."""

    wants_mail = serializers.BooleanField(required=False)
    kinds: Any = serializers.ListField(child=WayBody(), required=False, max_length=100)


class Preferences(Endpoint):
    about, noun = "You", "how you want to be told"
    shape, body = PreferencesShape, PreferencesBody
    summaries: Mapping[str, str] = {"PATCH": "Choose what you are told, and how"}

    def get(self, request: Request) -> Response:
        return self._answer(person_of(request))

    def patch(self, request: Request) -> Response:
        person = person_of(request)
        bare = PreferencesForm(person=person)
        told = as_it_stands(bare) | self._sent(bare, self.taken(partial=True))
        form = PreferencesForm(as_typed(told), person=person)
        if not form.is_valid():
            raise of_form(form)
        form.keep()
        return self._answer(Person.objects.get(pk=person.pk))

    def _answer(self, person: Person) -> Response:
        form = PreferencesForm(person=person)
        kinds = [{"kind": kind, **ways._asdict()} for kind, ways in form.ways.items()]
        return Response(self.told({"wants_mail": person.wants_mail, "kinds": kinds}))

    def _sent(self, form: PreferencesForm, values: dict[str, Any]) -> dict[str, Any]:
        sent = {name: values[name] for name in values if name == "wants_mail"}
        for place, each in enumerate(values.get("kinds", ())):
            if each["kind"] not in form.ways:
                raise fault(f"kinds.{place}.kind", ADMINS_KIND)
            sent |= {f"{each['kind']}_{name}": each[name] for name in ("in_app", "by_mail")}
        return sent


addresses = [
    path("me/", Myself.as_view(), name="me"),
    path("me/preferences/", Preferences.as_view(), name="preferences"),
]
