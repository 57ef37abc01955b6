"""The words of this room for what failed; those of every product stand in `atlassian.sentences`."""

from atlassian.explain import Words
from confluence.publishing_words import PUBLISHING

OWN = {
    "not_confluence": "{host} answered, but it is not Confluence. "
    "Copy the address your browser shows when Confluence is open.",
    "no_confluence": "Confluence at {host} let nobody in. Either this email and token do not "
    "belong together or the token has ended, or {email} has no access to Confluence there.",
    "nothing_visible": "{account} can see no pages in Confluence, so nothing can be attached. "
    "Ask a Confluence administrator for read access to a space.",
    "overtaken": "The connection was changed meanwhile, and is read anew.",
    "page_forbidden": "The connected account may not read this page.",
    "version_conflict": "Somebody saved the page in Confluence meanwhile. Nothing was overwritten.",
    "missing_scope": "The token works but may not read {what}. Create a token with the scopes "
    "read:confluence-user, search:confluence and read:page:confluence, or one without scopes.",
    **PUBLISHING,
}
WORDS = Words("Confluence", OWN, missing={"what": "pages", "kept": "What was read before is kept"})
