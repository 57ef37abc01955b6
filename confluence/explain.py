"""The words of this room for what failed; those of every product stand in `atlassian.sentences`."""

from atlassian.explain import Words

OWN = {
    "not_confluence": "{host} answered, but it is not Confluence. "
    "Copy the address your browser shows when Confluence is open.",
    "missing_scope": "The token works but may not read {what}. Create a token with the scopes "
    "read:confluence-user, search:confluence and read:page:confluence, or one without scopes.",
}
WORDS = Words("Confluence", OWN, missing={"what": "pages", "kept": "What was read before is kept"})
