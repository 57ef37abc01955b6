"""Second factors: how allauth keeps them here, in which words, and what is known of a person's.

Authenticator apps and passkeys let somebody in; recovery codes come with the first of either.
"""

from dataclasses import dataclass
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.template.loader import render_to_string
from qrcode.main import QRCode

from okr.audit import noted
from okr.factor_news import RESET, write
from okr.models import Person
from okr.pages.counting import counted
from okr.sealing import seal, unseal

WRONG_CODE = (
    "This code does not fit. Enter the one that your app shows now, or a recovery code that you "
    "have not used yet."
)
OWNER = ["second factor"]
QUIET = 4
"""Modules of empty margin that a reader of the picture needs."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": "Recovery codes come with an app or a passkey.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text, OWNER)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises SealError."""
        return unseal(encrypted_text, OWNER)

    def build_totp_svg(self, url: str) -> str:
        """Drawn without inline styles, dark on light in either theme."""
        code = QRCode(border=QUIET)
        code.add_data(url)
        rows = code.get_matrix()
        squares = [(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
        drawn = {"size": len(rows), "squares": squares}
        return render_to_string("okr/settings/_code_picture.html", drawn)

    def generate_authenticator_name(self, user: Person, type: str) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def _get_site_name(self) -> str:
        return settings.PRODUCT_NAME


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person set up; each of the library's rows tells when it was added and last used."""

    app: Any
    passkeys: list[Any]
    codes: Any

    @property
    def any(self) -> bool:
        return bool(self.app or self.passkeys)

    @property
    def words(self) -> list[str]:
        app = ["authenticator app"] if self.app else []
        keys = counted(len(self.passkeys), "passkey")
        return [*app, *filter(None, [keys])]

    @property
    def codes_left(self) -> int:
        used = self.codes.data.get("used_mask", 0) if self.codes else 0
        return int(app_settings.RECOVERY_CODE_COUNT - used.bit_count()) if self.codes else 0


def factors_of(person: Person) -> Factors:
    rows = list(Authenticator.objects.filter(user_id=person.pk).order_by("pk"))
    by_kind = {kind: [row for row in rows if row.type == kind] for kind in Authenticator.Type}
    kinds = Authenticator.Type
    app, codes = (next(iter(by_kind[kind]), None) for kind in (kinds.TOTP, kinds.RECOVERY_CODES))
    return Factors(app, by_kind[kinds.WEBAUTHN], codes)


def with_factor() -> Any:
    """The ids of those who have one that lets them in; recovery codes are none."""
    rows = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return rows.values("user_id")


def has_factor(person: Person) -> bool:
    return bool(with_factor().filter(user_id=person.pk).exists())


def remove_all(person: Person) -> None:
    """For somebody who lost them: the password alone lets in again, and nobody stays in."""
    with noted("people.factors_removed", person, always=True):
        Authenticator.objects.filter(user_id=person.pk).delete()
        person.end_sign_ins()
    write(person, RESET)
