"""Opens what belongs to a site; a seal that does not open stops the site, as other failures do."""

from jira_integration.client import JiraError
from okr import sealing


class SealError(JiraError):
    """The sealed text was made with another key, was changed, or belongs to another address."""

    code = "sealed_token"
    retry = False
    stops_connection = True


def unseal(sealed: str, owner: list[str]) -> str:
    """Raises SealError for a wrong key or any other owner."""
    try:
        return sealing.unseal(sealed, owner)
    except sealing.SealError as error:
        raise SealError(f"The saved token {error}.") from error
