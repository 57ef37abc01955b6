"""What a person is told who came from the provider and is not signed in."""

from dataclasses import dataclass


class ProviderError(Exception):
    """The provider is not to be reached, or what it says is not to be believed.

    The text is for admins and for the log; it holds nothing of what was sent.
    """


@dataclass(eq=False)
class TurnedAwayError(Exception):
    """The provider vouches for somebody who is not let in; `reason` goes into the log."""

    reason: str
    sentence: str
