"""The second credentials of a site: tried at once, and kept until they are needed."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from atlassian.boxes import TokenField
from jira_integration.client import EmailNeeded, JiraError
from jira_integration.connecting import Examination, examine, knows_any_of
from jira_integration.explain import Explanation, explain_to_asker
from jira_integration.forms.boxes import email_field
from jira_integration.forms.token_end import day_field
from jira_integration.models import JiraConnection, Successor
from okr.audit import noted
from okr.models import Person

TOKEN_NEEDED = "Paste the new API token."  # noqa: S105  a sentence
TOKEN_HINT = "Of the same account, or of another that may read the same issues."  # noqa: S105
END_HINT = "Jira does not tell us. From 30 days before, every OKR admin is warned."
DAY_HINT = "Leave it empty to use it the moment that Jira refuses the present one."
PAST = "Choose today or a later day."
ENDS_BEFORE = "It would have ended before it takes over."
SEES_NOTHING = (
    "This account sees none of the issues that are linked. Give it access to them in Jira first."
)


class SuccessorForm(forms.Form):
    use_required_attribute = False

    email = email_field()
    token = TokenField(
        label="API Token",
        help_text=TOKEN_HINT,
        error_messages={"required": TOKEN_NEEDED},
    )
    ends_on = day_field("Token expires on", END_HINT)
    takes_over_on = day_field("Takes over on", DAY_HINT)

    def __init__(self, *args: Any, connection: JiraConnection, **kwargs: Any) -> None:
        apart = {"initial": {"email": connection.email}, "auto_id": "successor_%s"}
        super().__init__(*args, **{**apart, **kwargs})  # the page below has a box of each too
        self.connection = connection
        self.examined: Examination | None = None
        self.explanation: Explanation | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, ends_on = cleaned.get("takes_over_on"), cleaned.get("ends_on")
        today = timezone.localdate()
        for name, chosen in (("takes_over_on", day), ("ends_on", ends_on)):
            if chosen and chosen < today:
                self.add_error(name, PAST)
        if day and ends_on and ends_on < day:
            self.add_error("ends_on", ENDS_BEFORE)
        return cleaned

    def connects(self) -> bool:
        """Asks Jira, once; a refusal becomes an error of this form. Call it on a valid form."""
        token, email = self.cleaned_data["token"], self.cleaned_data["email"]
        policy = policy_from_settings()
        self.examined = examine(self.connection.server, email, token, policy)
        failure = self.examined.failure
        try:
            if not failure and not self._sees_what_is_linked(token):
                self.add_error("email", SEES_NOTHING)
        except JiraError as error:
            failure = error
        if failure:
            self.explanation = explain_to_asker(failure)
            place = "email" if isinstance(failure, EmailNeeded) else None
            self.add_error(place, self.explanation.sentence)
        return not self.errors

    def _sees_what_is_linked(self, token: str) -> bool:
        """Another account has to be one that can go on with the work."""
        assert self.examined  # noqa: S101  narrows the type
        if self.examined.account.id == self.connection.account_id:
            return True
        known = self.connection.linked_keys()
        return not known or knows_any_of(known, self.examined, token, policy_from_settings())

    def keep(self, by: Person, at: datetime) -> Successor:
        assert self.examined  # noqa: S101  narrows the type
        with noted("jira.successor_put", label=str(self.connection)) as note:
            note.about = put = Successor.objects.put(
                self.connection,
                self.examined,
                self.cleaned_data["token"],
                ends_on=self.cleaned_data["ends_on"],
                takes_over_on=self.cleaned_data["takes_over_on"],
                by=by,
                at=at,
            )
        return put
