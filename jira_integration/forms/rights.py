"""The key of one issue that an admin asks about."""

import re
from typing import Any

from django import forms

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,254}-[1-9][0-9]{0,17}")


class KeyForm(forms.Form):
    key = forms.CharField(
        label="Issue key",
        max_length=255,
        error_messages={"required": "Enter an issue key, as PLAT-12."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].strip().rstrip("/").rpartition("/")[2]
        if not KEY.fullmatch(key):
            raise forms.ValidationError("This is no issue key. It looks like PLAT-12.")
        return key.upper()
