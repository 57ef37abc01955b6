"""The dialog that attaches a page: words, an address, or a page that was picked from a list."""

from typing import Any

from django import forms
from django.utils import timezone

from confluence.admission import FULL, is_full
from confluence.finding import Found, find
from confluence.models import ConfluenceConnection, ConfluencePage, Evidence
from okr.models import CheckIn, KeyResult, Person

NOTHING = "Type words of its title, or paste its address."
CHOOSE = "Choose a page from the list."
NO_MATCH = "No page that the connected account may see has these words in its title."


class AttachForm(forms.Form):
    """`pick` is the number of a page in the list that was shown last."""

    text = forms.CharField(
        required=False,
        max_length=2_000,
        label="Words of its title, or its address",
    )
    pick = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def __init__(
        self,
        *args: Any,
        connection: ConfluenceConnection,
        key_result: KeyResult,
        check_in: CheckIn | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.connection = connection
        self.key_result, self.check_in = key_result, check_in
        self.found = Found()

    def clean(self) -> dict[str, Any]:
        """Asks Confluence; what it said stays in `found`."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        picked, text = cleaned.get("pick"), str(cleaned.get("text", "")).strip()
        address = self.connection.page_url(picked) if picked else text
        if not address:
            raise forms.ValidationError({"text": NOTHING})
        self.found = find(self.connection, address)
        if fault := self._fault():
            raise forms.ValidationError({"text": fault})
        return cleaned

    def _fault(self) -> str:
        if self.found.fault:
            return self.found.fault
        if self.found.by_words:
            return CHOOSE if self.found.pages else NO_MATCH
        return FULL if is_full(self.key_result, self.check_in) else ""

    def attach(self, by: Person) -> bool:
        """Whether it is new there. Call it on a valid form."""
        now, page = timezone.now(), self.found.pages[0]
        kept = ConfluencePage.objects.keep(self.connection, page, now)
        return Evidence.objects.attach(kept, self.key_result, self.check_in, by, now)
