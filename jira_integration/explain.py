"""The words of this room for what failed; those of every product stand in `atlassian.explain`."""

from atlassian.explain import NEW_TOKEN_URL, Explanation, Words, facts_of

__all__ = [
    "NEW_TOKEN_URL",
    "SENTENCES",
    "UNKNOWN",
    "WORDS",
    "Explanation",
    "explain",
    "explain_error",
    "explain_to_asker",
    "facts_of",
]

OWN = {
    "not_jira": "{host} answered, but it is not Jira. "
    "Copy the address your browser shows when Jira is open.",
    "wrong_credentials:password": "Jira did not accept this name and password. Check that {email} "
    "is the user name that you sign in to Jira with, and type the password again; from Jira 8.14 "
    "on a personal access token will do as well.",
    "missing_scope": "The token works but may not read {what}. "
    "Create a token with read access to Jira issues and users.",
    "query_refused": "Jira does not accept this search. "
    "Check it in Jira's own search, then paste it again.",
    "query_refused:told": "Jira does not accept this search: {messages}",
    "link_forbidden": "The connected account may not link issues in the project of {key}, or "
    "linking is switched off in Jira.",
    "link_lost": "{key} is not in Jira any more, or the connected account may not see it.",
    "link_refused": "Jira did not take the link on {key}: {messages}",
    "write_refused": "The token works but may not change anything in Jira. Create a token that has "
    "the scope write:jira-work as well, or one without scopes, then connect again.",
    "right_missing": "The connected account may {what} in no project. Ask a Jira administrator for "
    "the permission “{permission}”.",
    "create_forbidden": "The connected account may not create issues in this project.",
    "create_refused": "Jira did not create the issue: {messages}",
    "create_unknown": "Jira did not say whether it created the issue. Wait ten seconds, then press "
    "Create issue once more: what is there already will be found and linked, not made twice.",
    "nothing_visible": "{account} can see no Jira projects, so nothing can be linked. "
    "Ask a Jira administrator for browse access.",
    "issue_unreadable": "{key} can no longer be read in Jira. "
    "It counts at its last known status until you remove it.",
    "nothing_found": "This search matches no issues now. "
    "Progress stays at {progress}% until it does.",
    "history_too_long": "{issues} issues are too many to read the history of: we ask Jira for "
    "{most} at most. Nothing was drawn.",
}
WORDS = Words(
    "Jira",
    OWN,
    missing={"what": "issues", "key": "An issue", "kept": "No progress was changed"},
)
SENTENCES, UNKNOWN = WORDS.sentences, WORDS.unknown
explain, explain_error = WORDS.explain, WORDS.explain_error
explain_to_asker = WORDS.explain_to_asker
