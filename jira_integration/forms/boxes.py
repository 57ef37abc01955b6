"""Boxes that more than one form of credentials has."""

from django import forms

EMAIL_NEEDED = "Enter the email address that you sign in to Jira with."
EMAIL_HINT = "On Jira Data Center a user name will do."


def email_field() -> forms.CharField:
    return forms.CharField(
        label="Email Address (In Jira)",
        max_length=254,
        help_text=EMAIL_HINT,
        error_messages={"required": EMAIL_NEEDED},
        widget=forms.TextInput(
            attrs={"inputmode": "email", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
