"""A furnished house to look at: the demo company, connected to a sandbox, linked and read once.

The tests of this folder change nothing that they do not put back, and share one house a module.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from atlassian_accounts.models import (
    Account,
    AccountsSettings,
    OrganizationConnection,
    Outcome,
    Removal,
    Verb,
)
from confluence.models import ConfluenceSettings, Evidence
from jira_integration.demo import LINKS
from jira_integration.into_jira.rights import CREATES, SHOWS
from jira_integration.models import IntegrationSettings, JiraConnection, JiraLink, JiraWriting
from jira_sandbox.admin.testing import above
from jira_sandbox.confluence.testing import running_confluence
from jira_sandbox.testing import SandboxJira, running_sandbox
from okr.demo import story_ends
from okr.demo.people import DOMAIN
from okr.models import (
    ApiToken,
    ChatRoom,
    CheckIn,
    Comment,
    Cycle,
    Delivery,
    DirectoryToken,
    KeyResult,
    Objective,
    Person,
    SignInProvider,
    Tag,
    Template,
    Webhook,
)
from okr.models.delivery import ping
from okr.unsubscribing import token_of
from tests.atlassian_accounts.stage import connect as connect_organization
from tests.atlassian_accounts.stage import read as read_accounts
from tests.browser.conftest import Windows, windows_on
from tests.confluence.stage import HOURS, attach
from tests.confluence.stage import connect as connect_wiki
from tests.jira_integration.stage import connect, host_of, link, read

HIGHEST = "Clinics never lose an appointment because of us"
LINKED = "Keep every clinic online through a database failover"
BY_HAND = "Halve the cost of storing documents"


class Company:
    """Whom and what a test looks at."""

    def __init__(self, jira: SandboxJira) -> None:
        self.jira = jira

    def person(self, name: str) -> Person:
        person: Person = Person.objects.get(email=f"{name}@{DOMAIN}")
        return person

    @cached_property
    def numbers(self) -> dict[str, int | str | None]:
        """What the addresses of the pages are made of."""
        linked = self.key_result(LINKED)
        said = CheckIn.objects.editable_by(self.person("olga.petrenko"))[0]
        return {
            "closed_cycle": Cycle.objects.exclude(closed_at=None)[0].pk,
            "company_objective": Objective.objects.get(title=HIGHEST).pk,
            "person": self.person("ada.lindqvist").pk,
            "unit": self.person("ada.lindqvist").unit_id,
            "cycle": linked.objective.cycle_id,
            "closed_objective": Objective.objects.get(title=story_ends.EARLY[0].title).pk,
            "objective": linked.objective_id,
            "linked": linked.pk,
            "own": said.key_result_id,
            "said": said.pk,
            "by_hand": self.key_result(BY_HAND).pk,
            "assigned": self.of(assigned_objective__isnull=False).pk,
            "milestones": self.of(kind="milestones").pk,
            "threshold": self.of(kind="stay_above").pk,
            "template": Template.objects.all()[0].pk,
            "tag": Tag.objects.all()[0].pk,
            "comment": Comment.objects.get(by=self.person("olga.petrenko")).pk,
            "unsubscribe": token_of(self.person("olga.petrenko")),
            "token": self.token().pk,
            **self.outside(),
            "connection": JiraConnection.objects.all()[0].pk,
            "link": JiraLink.objects.get(key_result=linked).pk,
            "evidence": Evidence.objects.get(key_result=linked).pk,
        }

    def outside(self) -> dict[str, int | str | None]:
        """What the company is connected to."""
        return {
            "provider": self.provider().pk,
            "directory_token": self.directory_token().pk,
            "webhook": self.delivery.hook_id,
            "delivery": self.delivery.pk,
            "room": self.room.pk,
            "organization": OrganizationConnection.objects.get().pk,
            "account": Account.objects.get(email=f"ines.moreau@{DOMAIN}").pk,
            "colleague": Account.objects.get(email=f"ada.lindqvist@{DOMAIN}").pk,
        }

    def provider(self) -> SignInProvider:
        fields = {"name": "Larkspur", "issuer": "https://login.larkspur.example"}
        made = SignInProvider(**fields, client_id="plumbline", is_on=True)
        made.keep("a secret of the client")
        return made

    def token(self) -> ApiToken:
        olga = self.person("olga.petrenko")
        return ApiToken.objects.issue(olga, "Report", ["read"], by=olga, at=timezone.now())[0]

    def directory_token(self) -> DirectoryToken:
        olga = self.person("olga.petrenko")
        return DirectoryToken.objects.issue("Entra ID", by=olga, at=timezone.now())[0]

    @cached_property
    def delivery(self) -> Delivery:
        hook = Webhook(name="Wall", address="https://wall.example/in", events=["comment.added"])
        hook.keep(timezone.now())
        return ping(hook, timezone.now())

    @cached_property
    def room(self) -> ChatRoom:
        room = ChatRoom(name="#platform")
        room.keep("https://chat.example/in", timezone.now())
        return room

    def of(self, **sort: Any) -> KeyResult:
        return KeyResult.objects.filter(objective__cycle__closed_at=None, **sort)[0]

    def ask_for_removals(self) -> None:
        """One of each outcome."""
        AccountsSettings.load().allow_removing()
        olga = Person.objects.get(email=f"olga.petrenko@{DOMAIN}")
        accounts = Account.objects.filter(is_managed=True, status="active").exclude(name__lt="E")
        rows = Removal.objects.ask(accounts.order_by("name")[:4], Verb.SUSPEND, olga)
        for row, outcome in zip(rows, (Outcome.SENT, Outcome.DONE, Outcome.FAILED), strict=False):
            told = {"outcome": outcome, "looks": 1, "next_at": row.asked_at}
            code = "not_managed" if outcome == Outcome.FAILED else ""
            Removal.objects.filter(pk=row.pk).update(**told, failure_code=code)

    def key_result(self, title: str) -> KeyResult:
        return KeyResult.objects.get(title=title, objective__cycle__closed_at=None)


def allowed(jira: SandboxJira) -> override_settings:
    """It may be reached, also as the gateway."""
    return override_settings(JIRA_ALLOWED_HOSTS=[host_of(jira)], JIRA_GATEWAY=jira.url)


@contextmanager
def furnished_company() -> Iterator[Company]:
    """In the database as it is; the caller empties it afterwards."""
    call_command("demo", quiet=True)
    with running_sandbox("company") as jira, allowed(jira):
        writing = JiraWriting.objects.of(connect(jira))
        for name in (SHOWS, CREATES):
            writing.switch(name, on=True)
        IntegrationSettings.load().turn_on()
        company = Company(jira)
        for each in LINKS:
            link(company.key_result(each.key_result), *filter(None, [each.key]), jql=each.jql)
        read()
        read_accounts(connect_organization(above(jira), f"ines.moreau@{DOMAIN}"))
        company.ask_for_removals()
        with with_evidence(company.key_result(LINKED)):
            yield company


@contextmanager
def with_evidence(key_result: KeyResult) -> Iterator[None]:
    """A page of a Confluence, attached to it."""
    with running_confluence("small") as wiki:
        hosts = [*settings.JIRA_ALLOWED_HOSTS, wiki.server.partition("://")[2]]
        with override_settings(JIRA_ALLOWED_HOSTS=hosts):
            connect_wiki(wiki)
            ConfluenceSettings.load().switch("enabled", on=True)
            attach(HOURS, key_result)
            yield


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Company]:
    """In the place of pytest-django's: the furnished company, for the whole module."""
    with django_db_blocker.unblock():
        with furnished_company() as company:
            yield company
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def open_house(browser: Browser, db: Company) -> Iterator[Windows]:
    """Opens windows on the furnished company."""
    server = LiveServer("localhost")
    with windows_on(browser, server.url) as windows:
        yield windows
    server.stop()


@pytest.fixture(scope="module")
def olga(open_house: Windows, db: Company) -> Page:
    """The window of an OKR admin, who may see and change everything."""
    return open_house(person=db.person("olga.petrenko"))


@pytest.fixture(autouse=True)
def _quiet(open_house: Windows) -> Iterator[None]:
    """Each test answers for what the console said in it."""
    open_house.complaints.clear()
    yield
    told, open_house.complaints = open_house.complaints, []
    assert not told, "\n".join(told)
