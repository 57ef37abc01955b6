"""The boxes of an organization, what they ask for, and what is said of them."""

from django import forms
from django.utils.html import format_html

from atlassian.boxes import TokenField
from atlassian.explain import NEW_TOKEN_URL

LABEL_NEEDED = "Give the organization a label, as Head office."
LABEL_TAKEN = "Another organization is called {label}. Choose another label."
EMAIL_NEEDED = "Enter the email address of the administrator."
NEITHER = "Paste the API key of the organization, or the API token for a single site."
BOTH = "With the API key of an organization no API token is used: leave this box empty."
ID_NEEDED = "Enter the organization ID, or the address of its administration with /o/ in it."
ID_WRONG = "An organization ID has letters, digits and hyphens only."
SITE_NEEDED = "Enter the address of the site, as https://your-company.atlassian.net."
URL_WRONG = "Enter an address, as https://admin.atlassian.com/o/…"
AGAIN = "Enter the secret again. A saved one is never sent to another organization or site."
CONNECTED = "This is connected already, as {label}."
KEY_HINT = (
    "From Settings › API keys in the administration of your organization. It is never shown again."
)
TOKEN_HINT = format_html(
    "Only for a single site, where nobody has an API key of the organization:"
    ' <a href="{}" target="_blank" rel="noopener noreferrer">Create an API token</a>'
    " of an account that administers the site.",
    NEW_TOKEN_URL,
)
PLAIN = {"autocomplete": "off", "spellcheck": "false"}


def _box(**more: str) -> forms.TextInput:
    return forms.TextInput(attrs={**PLAIN, **more})


class Boxes(forms.Form):
    use_required_attribute = False

    label = forms.CharField(max_length=80, widget=_box(), error_messages={"required": LABEL_NEEDED})
    admin_email = forms.EmailField(
        label="Admin email",
        max_length=254,
        widget=_box(inputmode="email"),
        error_messages={"required": EMAIL_NEEDED},
        help_text="Of the administrator whose key or token this is. That account is never removed.",
    )
    admin_url = forms.CharField(
        label="Admin URL",
        max_length=300,
        widget=_box(inputmode="url"),
        required=False,
        help_text="As https://admin.atlassian.com/o/…, or the address of a single site.",
    )
    organization_id = forms.CharField(
        label="Organization ID",
        max_length=64,
        widget=_box(),
        required=False,
        help_text="Stands behind /o/ in the admin URL; may be left empty then.",
    )
    organization_key = TokenField(label="Organization API key", required=False, help_text=KEY_HINT)
    api_token = TokenField(label="API token", required=False, help_text=TOKEN_HINT)
