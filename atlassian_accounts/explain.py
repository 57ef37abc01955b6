"""The words of this room for what failed; those of every product stand in `atlassian.sentences`."""

from atlassian.explain import Words

KEYS = "under Settings › API keys in the administration of your organization"
REMOVAL = {
    "key_only_reads": "The API key may read accounts, but not change them: keys with scopes never "
    f"may. An organization admin creates one without scopes {KEYS}; then change the connection.",
    "key_only_reads:site": "{host} does not let the connected account remove people. Ask a site "
    "administrator for that right, or connect with the account of one.",
    "not_managed": "Atlassian did not allow it. Only accounts that your organization manages, by a "
    "verified domain, can be deleted or activated. Any other one can be suspended, which takes "
    "away its access to your organization.",
    "synced_account": "This account comes from an identity provider. Change it there.",
    "own_account": "This account made the API key, so it cannot be changed with it.",
    "account_gone": "Atlassian has no such account any more, so nothing is left to be done.",
    "deed_refused": "Atlassian refused, and nothing was changed: {messages}",
    "not_heeded": "Atlassian gave no clear answer, and the account still reads as it did before. "
    "It was probably not done. Look at it in Atlassian's administration, then ask once more.",
    "never_told": "Atlassian gave no clear answer, and for a day the account could not be read. "
    "Nobody knows whether it was done. Look at it in Atlassian's administration.",
    "tried_thrice": "This was begun three times without getting anywhere, so it was given up. "
    "Nothing was sent. Ask whoever runs this application to look at its log.",
    "removing_off": "Removing accounts was turned off before this was done. Nothing was sent.",
    "reconnected": "The connection was changed to another organization or site before this was "
    "done. Nothing was sent.",
    "asker_left": "{by} is no OKR admin any more, so this was not done. Nothing was sent.",
    "guarded": "{why} Nothing was sent.",
}
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
    **REMOVAL,
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
