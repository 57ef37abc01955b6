"""A unit as an OKR admin names and places it."""

from typing import Any

from django import forms
from django.db import IntegrityError

from okr.audit import noted_saving
from okr.forms.choosing import too_long
from okr.forms.person_picker import PersonField
from okr.forms.unit_picker import UnitField
from okr.forms.versions import VersionedForm
from okr.models import InTheWayError, Unit
from okr.models.unit import SEPARATOR

NOT_THERE = "Choose a unit from the list. A unit cannot be within itself."
TAKEN = "There is a unit of this name in the same place already."


class UnitForm(VersionedForm):
    parent = UnitField(label="Within", required=False, help_text="Empty: at the top.")
    lead = PersonField(
        required=False, help_text="May create objectives of this unit, besides OKR admins."
    )

    class Meta:
        model = Unit
        fields = ["name", "parent", "lead"]
        widgets = {"name": forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"})}
        error_messages = {"name": {"required": "Enter a name.", "max_length": too_long(120)}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, UnitField)  # noqa: S101  narrows the type
        inside = Unit.objects.within(self.instance.pk) if self.instance.pk else Unit.objects.none()
        parent.queryset = Unit.objects.exclude(pk__in=inside.values("pk"))
        parent.error_messages["nobody"] = NOT_THERE

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if SEPARATOR.strip() in name:
            raise forms.ValidationError("Leave out the slash: it separates units in files.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        alike = Unit.objects.filter(
            name__iexact=cleaned.get("name", ""), parent=cleaned.get("parent")
        )
        if alike.exclude(pk=self.instance.pk).exists():
            self.add_error("name", forms.ValidationError(TAKEN, code="uniqueness"))
        return cleaned

    def validate_constraints(self) -> None:
        """`clean` says it in our words."""

    def keep(self) -> None:
        with noted_saving("units", self.instance):
            self.instance.keep()

    def kept(self, *args: Any, **kwargs: Any) -> bool:
        try:
            return super().kept(*args, **kwargs)
        except InTheWayError as error:
            self.add_error("parent", str(error))
        except IntegrityError:
            self.add_error("name", forms.ValidationError(TAKEN, code="uniqueness"))
        return False
