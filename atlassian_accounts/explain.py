"""The words of this room for what failed; those of every product stand in `atlassian.sentences`."""

from atlassian.explain import Words

KEYS = "under Settings › API keys in the administration of your organization"
OWN = {
    "not_atlassian": "{host} answered, but not as Atlassian does. Check the address.",
    "wrong_credentials:organization_key": "Atlassian did not accept this API key. It may have "
    "expired or was revoked; keys hold one week unless another day is chosen, one year at most. "
    f"Create a new one {KEYS}, then connect again.",
    "key_too_narrow": "Atlassian accepted the API key, but it may not read {what}. The key needs "
    "the scopes read:accounts:admin and read:directories:admin, "
    f"or none at all. Create another {KEYS}.",
    "unknown_organization": "This API key belongs to another organization. Check the organization "
    "ID: it stands in the address of the administration, behind /o/.",
    "forbidden": "Atlassian accepted the sign-in, but {email} may not administer users there. Ask "
    "a site administrator for that right, or connect with the account of one.",
    "not_managed": "Atlassian did not allow it. Only accounts that your organization manages, by a "
    "verified domain, can be changed, and the API key must be one that may change users.",
    "synced_account": "This account comes from an identity provider. Change it there.",
    "own_account": "This account made the API key, so it cannot be changed with it.",
    "account_gone": "Atlassian has no such account any more.",
    "deed_refused": "Atlassian refused: {messages}",
    "anonymous_answer": "Atlassian no longer recognises {email}. The API token has probably expired"
    " or was revoked. {kept}. Create a new token, then connect again.",
}
WORDS = Words(
    "Atlassian",
    OWN,
    missing={
        "what": "accounts",
        "kept": "The accounts read last are kept",
        "messages": "it gave no reason",
        "again": "We will try again",
    },
)
