"""What each verb means for the account, for the person and for what is kept here."""

from atlassian_accounts.models import Verb

HERE = "Here nothing changes: the person, their objectives, check-ins and history stay as they are."
GRACE = 14  # days; Atlassian, "Delete a managed account"
NAMES = {
    Verb.DELETE: "Delete",
    Verb.CANCEL: "Cancel the deletion of",
    Verb.SUSPEND: "Suspend",
    Verb.RESTORE: "Restore",
    Verb.REMOVE: "Remove",
}
BUTTONS = {
    Verb.DELETE: "Delete account",
    Verb.CANCEL: "Keep the account",
    Verb.SUSPEND: "Suspend account",
    Verb.RESTORE: "Restore account",
    Verb.REMOVE: "Remove from the site",
}
BUTTONS_OF_SEVERAL = {
    Verb.DELETE: "Delete {number} accounts",
    Verb.CANCEL: "Keep {number} accounts",
    Verb.SUSPEND: "Suspend {number} accounts",
    Verb.RESTORE: "Restore {number} accounts",
    Verb.REMOVE: "Remove {number} from the site",
}
DESTROYS = frozenset((Verb.DELETE, Verb.SUSPEND, Verb.REMOVE))
MEANS: dict[str, tuple[str, ...]] = {
    Verb.DELETE: (
        "The Atlassian account itself is deleted: in every product, in your organization and in all"
        " others.",
        f"For {GRACE} days it is only deactivated, and the deletion can be cancelled here. After"
        " that it is final, and nobody can bring it back.",
        "What the person wrote stays in Jira and Confluence, without their name.",
        "This works only for accounts that your organization manages, by a verified domain. Where"
        " people sign in through an identity provider, take them out there first: it may activate"
        " the account again.",
        HERE,
    ),
    Verb.CANCEL: (
        f"Atlassian keeps the account, and it is active again. This works within {GRACE} days"
        " after it was deleted.",
    ),
    Verb.SUSPEND: (
        "The person loses all access to the products of this organization, until the account is"
        " restored.",
        "The account, its groups and roles stay, and so does its access to other organizations.",
        HERE,
    ),
    Verb.RESTORE: (
        "The person gets back the access that the account had, with its groups and roles.",
        "An account that was deactivated as a whole is activated again, in every organization.",
    ),
    Verb.REMOVE: (
        "The person is removed from this site, and loses access to its products.",
        "The Atlassian account itself is not deleted, and its access to other sites stays. To"
        " delete accounts, connect the organization with its API key.",
        "What the person wrote stays on the site.",
        HERE,
    ),
}
RESULTS = {
    Verb.DELETE: f"Deleted. It can be had back for {GRACE} days.",
    Verb.CANCEL: "The deletion is cancelled.",
    Verb.SUSPEND: "Suspended.",
    Verb.RESTORE: "Restored.",
    Verb.REMOVE: "Removed from the site.",
}
TO_DO = {
    Verb.DELETE: "delete {told} at {organization}",
    Verb.CANCEL: "cancel the deletion of {told} at {organization}",
    Verb.SUSPEND: "suspend {told} at {organization}",
    Verb.RESTORE: "restore {told} at {organization}",
    Verb.REMOVE: "remove {told} from {organization}",
}
DONE = {
    Verb.DELETE: "deleted {told} at {organization}",
    Verb.CANCEL: "cancelled the deletion of {told} at {organization}",
    Verb.SUSPEND: "suspended {told} at {organization}",
    Verb.RESTORE: "restored {told} at {organization}",
    Verb.REMOVE: "removed {told} from {organization}",
}
RIGHTS = (
    "For organizations, an API key without scopes, made by an organization admin: keys with scopes"
    " may read, and change nothing.",
    "For a single site, an API token of somebody who administers the site; with scopes of its own,"
    " it needs manage:jira-configuration.",
)
