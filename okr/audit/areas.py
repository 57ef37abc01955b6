"""What admins do, kind by kind: the words for it, and what may be told of the rows it is about.

An integration adds an Area of its own through the socket `audit.areas`.
"""

from django.db.models import Model

from okr import slots
from okr.audit.area import Area
from okr.audit.outside import OUTSIDE
from okr.audit.portraits import Column, Noun, columns, secret
from okr.models import (
    ApiToken,
    Comment,
    Cycle,
    DirectoryToken,
    Objective,
    Person,
    Policy,
    SignInProvider,
    Tag,
    Template,
    Unit,
)

PERSON = Noun(
    Person,
    "person",
    (
        *columns(
            name="Name",
            email="E-mail address",
            designation="Designation",
            unit="Organizational Unit",
            manager="Manager",
            role="Role",
            is_active="Active",
            invited_at="Link sent",
        ),
        secret("Password", "password"),
    ),
)
POLICY = Noun(
    Policy,
    "policies",
    columns(
        individual_creators="Who creates individual objectives",
        individual_readers="Who sees individual objectives",
        approval_on="Approval",
        rating_scale="Rating",
        fiscal_year_start="First month of a year",
        checkin_weekday="Check-ins are due on",
        reminders_on="Reminders",
        second_factor="Who must have a second factor",
        passwords="Who may sign in with a password",
    ),
)
CYCLE = Noun(
    Cycle,
    "cycle",
    columns(
        name="Name", kind="Kind", starts_on="First day", ends_on="Last day", closed_at="Closed"
    ),
)
TEMPLATE = Noun(
    Template,
    "template",
    (
        *columns(title="Title", about="Description", category="Category"),
        Column("Key results", lambda row: "; ".join(each.title for each in row.measures)),
    ),
)
PROVIDER = Noun(
    SignInProvider,
    "sign-in provider",
    (
        *columns(name="Name", is_on="On", issuer="Issuer", client_id="Client ID"),
        *columns(adds_people="Adds people who come first", metadata_address="Metadata's address"),
        *columns(trusts_email="Trusts addresses that are not verified"),
        *columns(subject_attribute="Lasting attribute", email_attribute="E-mail attribute"),
        secret("Metadata", "metadata"),
        Column("E-mail domains", lambda row: ", ".join(row.domains)),
        secret("Client secret", "sealed_secret"),
    ),
)
TOKEN = Noun(
    ApiToken,
    "token",
    (
        *columns(name="Name", person="Acts as", ends_at="Ends", revoked_at="Revoked"),
        Column("May", lambda row: ", ".join(row.scopes)),
    ),
)
CORE = (
    Area(
        "people",
        "People",
        {
            "added": "added {label}",
            "arrived": "came through {provider} and was added as {label}",
            "changed": "changed {label}: {changes}",
            "deactivated": "deactivated {label}",
            "reactivated": "reactivated {label}",
            "factors_removed": "removed the second factors of {label}",
            "invited": "made a link for {label} to choose a password",
        },
        (PERSON,),
    ),
    Area(
        "units",
        "Units",
        {
            "added": "added the unit {label}",
            "changed": "changed the unit {label}: {changes}",
            "deleted": "deleted the unit {label}",
        },
        (Noun(Unit, "unit", columns(name="Name", parent="Within", lead="Lead")),),
    ),
    Area(
        "provisioning",
        "Provisioning",
        {
            "token_made": "made the token {label} for a directory",
            "token_revoked": "revoked the token {label} of a directory",
        },
        (Noun(DirectoryToken, "directory_token", columns(name="Name")),),
    ),
    Area(
        "cycles",
        "Cycles",
        {
            "added": "added the cycle {label}",
            "generated": "generated the cycles {label}",
            "changed": "changed the cycle {label}: {changes}",
            "deleted": "deleted the cycle {label}",
            "closed": "closed the cycle {label}",
            "reopened": "reopened the cycle {label}",
            "reminded": "reminded {people} of their retrospectives in {label}",
            "retrospectives": "wrote {objectives} of {label}",
            "carried": "carried {objectives} forward from {label} to {into}",
        },
        (CYCLE,),
    ),
    Area(
        "sign_in",
        "Company sign-in",
        {
            "added": "added {label} as a way to sign in",
            "changed": "changed {label}, a way to sign in: {changes}",
            "deleted": "deleted {label} as a way to sign in",
            "forgotten": "let go of the account of {person} at {label}",
            "turned_away": "was turned away coming from {label}: {email} {reason}",
        },
        (PROVIDER,),
    ),
    Area("policies", "Policies", {"changed": "changed the policies: {changes}"}, (POLICY,)),
    Area(
        "templates",
        "Templates",
        {
            "added": "added the template {label}",
            "changed": "changed the template {label}: {changes}",
            "deleted": "deleted the template {label}",
        },
        (TEMPLATE,),
    ),
    Area(
        "tags",
        "Tags",
        {
            "added": "added the tag {label}",
            "changed": "changed the tag {label}: {changes}",
            "merged": "merged the tag {label} into {into}",
            "deleted": "deleted the tag {label}",
        },
        (Noun(Tag, "tag", columns(name="Name", is_suggested="Suggested to everybody")),),
    ),
    *OUTSIDE,
    Area(
        "contents",
        "Objectives and comments of others",
        {
            "objective_deleted": "deleted an objective of {label}",
            "comment_deleted": "deleted a comment of {label}",
        },
        (Noun(Objective, "objective", ()), Noun(Comment, "comment", ())),
    ),
    Area(
        "keeping",
        "Backups and keys",
        {
            "restored": "restored the backup of {label}",
            "rotated": "sealed {secrets} anew by the field key {label}",
        },
    ),
    Area(
        "tokens",
        "API tokens",
        {
            "added": "made the API token {label}, which acts as {person}",
            "revoked": "revoked the API token {label}, which acted as {person}",
        },
        (TOKEN,),
    ),
    Area("imports", "Imports", {"confirmed": "imported {rows} from a file: {label}"}),
    Area("as_code", "OKRs as a file", {"applied": "applied a file of OKRs: {label}"}),
    Area("exports", "Exports", {"taken": "exported the list “{label}” as {format}"}),
    Area(
        "signing_in",
        "Signing in",
        {
            "succeeded": "signed in",
            "failed": "could not sign in as {label}",
            "password_changed": "changed their own password",
            "password_chosen": "chose a password by a link",
            "link_sent": "sent {label} a link to a new password, as was asked at the door",
            "ended_others": "ended all their other sign-ins",
            "app_added": "added an authenticator app to their sign-in",
            "app_removed": "removed the authenticator app from their sign-in",
            "passkey_added": "added a passkey to their sign-in",
            "passkey_removed": "removed a passkey from their sign-in",
            "codes_renewed": "made new recovery codes for their sign-in",
        },
    ),
)


def areas() -> list[Area]:
    return [*CORE, *slots.ask("audit.areas")]


def template_of(action: str) -> str:
    """Raises LookupError for a deed that no area knows."""
    code, _, deed = action.partition(".")
    return next(area.deeds[deed] for area in areas() if area.code == code)


def noun_of(about: Model | None) -> Noun | None:
    nouns = (noun for area in areas() for noun in area.nouns)
    return next((noun for noun in nouns if noun.model is about.__class__), None)
