"""Opens what belongs to a site; a seal that does not open stops the site, as other failures do."""

from atlassian.client import SealError
from okr import sealing


def unseal(sealed: str, owner: list[str]) -> str:
    """Raises SealError for a wrong key or any other owner."""
    try:
        return sealing.unseal(sealed, owner)
    except sealing.SealError as error:
        raise SealError(f"The saved token {error}.") from error
