"""What a session of somebody is worth: it ends with their password, or when they end them all."""

from collections.abc import Iterator

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models


class SignedIn(AbstractBaseUser):
    signed_out = models.PositiveIntegerField(
        default=0, editable=False, help_text="How often every session was ended at once."
    )

    class Meta:
        abstract = True

    def get_session_auth_hash(self) -> str:
        """A session ends when the password changes or `signed_out` is raised."""
        return self._session_hash(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same by the secret keys of before."""
        return map(self._session_hash, super().get_session_auth_fallback_hash())

    def _session_hash(self, of_password: str) -> str:
        return f"{of_password}{self.signed_out or ''}"
