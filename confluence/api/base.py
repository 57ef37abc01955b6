"""What the addresses of the room have in common: whom they let in, and what they are about."""

from typing import Any

from django.shortcuts import get_object_or_404

from confluence.admission import connection_to_use, require_attacher
from confluence.models import ConfluenceConnection
from okr.api.endpoint import Endpoint
from okr.api.scopes import FOR_ADMINS
from okr.api.signing_in import person_of
from okr.models import CheckIn, KeyResult


class OfPeople(Endpoint):
    about = "Evidence in Confluence"

    def attachable(self, key_result: KeyResult, check_in: CheckIn | None) -> ConfluenceConnection:
        """Through what a page is found; 403 with the reason for whoever may not attach there."""
        require_attacher(person_of(self.request), key_result, check_in)
        return connection_to_use()

    def of_key_result(self, pk: int) -> tuple[KeyResult, None]:
        return self.visible(KeyResult.objects.all(), pk), None

    def of_check_in(self, pk: int) -> tuple[KeyResult, CheckIn]:
        visible: Any = CheckIn.objects.visible_to(person_of(self.request)).standing()
        check_in: CheckIn = get_object_or_404(visible, pk=pk)
        return self.visible(KeyResult.objects.all(), check_in.key_result_id), check_in


class OfAdmins(Endpoint):
    """Only for OKR admins, and with a token that was made for that."""

    about = "Confluence"
    scopes = FOR_ADMINS
