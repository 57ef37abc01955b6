"""The addresses of the room of Atlassian accounts and who is let in, and the nouns they name."""

from atlassian_accounts.models import (
    Account,
    AccountsRead,
    OrganizationConnection,
    Removal,
    Trigger,
    Verb,
)
from jira_integration.people_file import JiraUsersShape
from okr.models import Person
from tests.atlassian_accounts.stage import jira_room
from tests.okr.matrix.declaring import ADMINS, api, route


def make_organization(_):
    return OrganizationConnection.objects.get().pk


def make_account(_):
    connection = OrganizationConnection.objects.get()
    found, _new = Account.objects.get_or_create(
        connection=connection, account_id="712020:made", defaults={"name": "Made", "seen_in": 0}
    )
    return found.pk


def make_match(key_result):
    found = Account.objects.get(pk=make_account(key_result))
    found.email, found.status = key_result.owner.email.lower(), "active"
    found.save()
    return found.pk


def make_reading(_):
    connection = OrganizationConnection.objects.get()
    return AccountsRead.objects.get_or_create(connection=connection, trigger=Trigger.HAND)[0].pk


def make_removal(_):
    account = Account.objects.get(pk=make_account(_))
    found = Removal.objects.open().filter(account=account).first()
    found = found or Removal.objects.ask([account], Verb.SUSPEND, Person.objects.all()[0])[0]
    return found.pk


def make_into(_):
    """An integration that takes accounts."""
    return JiraUsersShape(jira_room()).slug


ROUTES = {
    "accounts:integration": route("GET", ADMINS),
    "accounts:switch": route("POST", ADMINS),
    "accounts:turn_off": route("GET POST", ADMINS),
    "accounts:connect": route("GET POST", ADMINS),
    "accounts:change": route("GET POST", ADMINS, pk="organization"),
    "accounts:disconnect": route("GET POST", ADMINS, pk="organization"),
    "accounts:refresh": route("POST", ADMINS, pk="organization"),
    "accounts:cancel": route("POST", ADMINS, pk="organization"),
    "accounts:list": route("GET", ADMINS),
    "accounts:one": route("GET", ADMINS, pk="account"),
    "accounts:people": route("GET", ADMINS),
    "accounts:pause": route("GET POST", ADMINS, pk="organization"),
    "accounts:resume": route("POST", ADMINS, pk="organization"),
    "accounts:activity": route("GET", ADMINS),
    "accounts:take": route("POST", ADMINS, slug="into"),
    "accounts:take_one": route("POST", ADMINS, pk="match", slug="into"),
}
ROUTES |= {
    "accounts_api:switch": api("GET POST DELETE", ADMINS),
    "accounts_api:organizations": api("GET POST", ADMINS),
    "accounts_api:organization": api("GET PATCH DELETE", ADMINS, pk="organization"),
    "accounts_api:pause": api("POST DELETE", ADMINS, pk="organization"),
    "accounts_api:refresh": api("POST", ADMINS, pk="organization"),
    "accounts_api:readings": api("GET", ADMINS),
    "accounts_api:reading": api("GET", ADMINS, pk="reading"),
    "accounts_api:cancellation": api("POST", ADMINS, pk="reading"),
    "accounts_api:accounts": api("GET", ADMINS),
    "accounts_api:account": api("GET", ADMINS, pk="account"),
    "accounts_api:without": api("GET", ADMINS),
    "accounts_api:matches": api("POST", ADMINS),
}
ROUTES |= {
    "accounts:removing": route("GET POST", ADMINS),
    "accounts:remove": route("GET POST", ADMINS),
    "accounts:removals": route("GET", ADMINS),
    "accounts:withdraw": route("POST", ADMINS, pk="removal"),
    "accounts:look": route("POST", ADMINS, pk="removal"),
    "accounts_api:removing": api("GET POST DELETE", ADMINS),
    "accounts_api:removals": api("GET POST", ADMINS),
    "accounts_api:removal": api("GET", ADMINS, pk="removal"),
    "accounts_api:withdrawal": api("POST", ADMINS, pk="removal"),
    "accounts_api:look": api("POST", ADMINS, pk="removal"),
}
NOUNS = {
    "organization": make_organization,
    "account": make_account,
    "match": make_match,
    "reading": make_reading,
    "into": make_into,
    "removal": make_removal,
}
