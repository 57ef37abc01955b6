"""Tags as people type them: words between commas, with suggestions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from okr.audit import noted, noted_saving
from okr.forms.choosing import too_long
from okr.forms.versions import VersionedForm
from okr.models import Tag
from okr.models.objective import MOST_TAGS
from okr.models.tag import TOO_MANY, distinct, tidy

LONGEST = 40
TOO_LONG = f"Use at most {LONGEST} characters for a tag; “{{}}” has {{}}."


class TagsInput(forms.TextInput):
    """A text box whose last word is completed; a plain text box without JavaScript."""

    template_name = "okr/forms/tags_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        options = f"{context['widget']['attrs'].get('id', name)}_options"
        context["widget"]["options"] = options
        context["widget"]["attrs"] |= {
            "role": "combobox",
            "aria-expanded": "false",
            "aria-autocomplete": "list",
            "aria-controls": options,
            "autocomplete": "off",
            "hx-get": reverse("okr:tag_suggestions"),
            "hx-trigger": "input changed delay:200ms",
            "hx-sync": "this:replace",
            "hx-target": f"#{options}",
            "hx-swap": "innerHTML",
        }
        return context


class TagsField(forms.Field):
    """Takes names between commas and gives them as a list, each once."""

    widget = TagsInput

    def __init__(self, **kwargs: Any) -> None:
        usual = {
            "required": False,
            "label": "Tags",
            "help_text": "Up to three, with commas between them. They join what belongs together.",
        }
        super().__init__(**{**usual, **kwargs})

    def to_python(self, value: Any) -> list[str]:
        return split(str(value or ""))

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_TAGS:
            raise ValidationError(TOO_MANY)
        for name in value:
            if len(name) > LONGEST:
                raise ValidationError(TOO_LONG.format(f"{name[:LONGEST]}…", len(name)))

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else ", ".join(map(str, value))


class TagForm(VersionedForm):
    class Meta:
        model = Tag
        fields = ["name", "is_suggested"]
        labels = {"is_suggested": "Suggest it to everybody"}
        help_texts = {
            "is_suggested": "Otherwise people are offered it where they see an objective with it."
        }
        widgets = {"name": forms.TextInput(attrs={"autofocus": True})}
        error_messages = {"name": {"required": "Enter a name.", "max_length": too_long(LONGEST)}}

    def keep(self) -> Tag:
        tag: Tag = self.instance
        with noted_saving("tags", tag):
            tag.keep()
        return tag


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Tag.objects.none(),
        label="Merge into",
        empty_label="Choose a tag",
        error_messages={
            "required": "Choose the tag that stays.",
            "invalid_choice": "That tag is gone. Choose another one.",
        },
    )

    def __init__(self, *args: Any, tag: Tag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tag = tag
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  narrows the type
        field.queryset = Tag.objects.exclude(pk=tag.pk)

    def keep(self) -> Tag:
        """The tag that stays."""
        stays: Tag = self.cleaned_data["into"]
        with noted("tags.merged", self.tag) as note:
            self.tag.merge_into(stays)
            note.say(into=stays)
        return stays


def split(text: str) -> list[str]:
    """The names in a text, each once whatever its case."""
    return list(distinct(text.replace("\x00", "").split(",")).values())


def completed(text: str, names: Sequence[str]) -> list[tuple[str, str]]:
    """Each name that could end the text, with the text as it would then be."""
    *before, _ = text.split(",")
    kept = [name for name in map(tidy, before) if name]
    known = {name.casefold() for name in kept}
    fresh = (name for name in names if name.casefold() not in known)
    return [(name, "".join(f"{each}, " for each in [*kept, name])) for name in fresh]
