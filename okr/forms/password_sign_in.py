"""Who may sign in with a password, and who in an emergency, as an OKR admin decides it."""

from typing import Any

from django import forms

from okr.audit import noted
from okr.factors import with_factor
from okr.forms.policies import radios
from okr.forms.versions import VersionedForm
from okr.models import Person, Policy, Role, SignInProvider
from okr.models.policy import Passwords
from okr.pages.counting import listed

NO_PROVIDER = "Switch a provider on first. Without one nobody else could sign in."
NOT_TRIED = (
    "Sign in through a provider yourself first, so that it is sure to work; the buttons above lead"
    " there and back."
)
NOBODY = "Name at least one OKR admin, who gets in when the provider does not answer."
NO_FACTOR = "Name only who has a second factor: {} {} none yet. It is added under Settings."


class PasswordSignInForm(VersionedForm):
    """`is_tried` tells whether whoever decides has just come by a provider."""

    passwords = radios("Who may sign in with a password", Passwords)
    named = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label="OKR admins for emergencies",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They keep their password and need a second factor with it. Where nobody else"
        " uses a password, there is at least one.",
    )

    class Meta:
        model = Policy
        fields = ["passwords"]

    def __init__(self, *args: Any, is_tried: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_tried, self.was_company_only = is_tried, self.instance.is_company_only
        admins = Person.objects.active().with_password().filter(role=Role.OKR_ADMIN)
        named: Any = self.fields["named"]
        named.queryset, named.initial = admins, admins.filter(keeps_password=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("passwords") == Passwords.NAMED and "named" in cleaned:
            self._refuse_a_locked_house(list(cleaned["named"]))
        return cleaned

    def _refuse_a_locked_house(self, named: list[Person]) -> None:
        if not SignInProvider.objects.on().exists():
            self.add_error("passwords", NO_PROVIDER)
        elif not (self.is_tried or self.was_company_only):
            self.add_error("passwords", NOT_TRIED)
        if not named:
            self.add_error("named", NOBODY)
        ready = set(with_factor().values_list("user_id", flat=True))
        if lacking := [str(person) for person in named if person.pk not in ready]:
            has = "has" if len(lacking) == 1 else "have"
            self.add_error("named", NO_FACTOR.format(listed(lacking), has))

    def keep(self) -> None:
        named = list(self.cleaned_data["named"])
        with noted("policies.changed", self.instance) as note:
            before = list(Person.objects.filter(keeps_password=True))
            self.instance.keep()
            Person.objects.keep_passwords_of(named)
            note.tell("OKR admins for emergencies", _names(before), _names(named))


def _names(people: list[Person]) -> str:
    return ", ".join(sorted(map(str, people)))
