"""The file of an import, before anybody reads it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from okr.imports.reading import LARGEST


class UploadForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        help_text=f"Commas, semicolons or tabs; at most {LARGEST // 1_000_000} MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        error_messages={
            "required": "Choose a file.",
            "missing": "Choose a file.",
            "empty": "This file is empty.",
            "max_length": "The name of this file is too long. Rename it.",
        },
        max_length=200,
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise ValidationError(
                f"This file has {(file.size or 0) / 1_000_000:.1f} MB; at most"
                f" {LARGEST // 1_000_000} MB can be read. Split it."
            )
        return file
