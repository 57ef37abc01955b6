"""Which kind of Jira answers at an address, and who reads it."""

from collections.abc import Iterable

from atlassian.client import (
    AddressPolicy,
    Credentials,
    Forbidden,
    NotFound,
    QueryRefused,
    Redirected,
    SiteAddress,
    WrongCredentials,
)
from atlassian.client.shapes import ShapeError
from okr.outgoing import Patience

from .cloud import CloudClient
from .data_center import DataCenterClient
from .errors import JiraError, NotJira
from .records import Server

NOBODY = Credentials("", "")


def recognise(site: SiteAddress, policy: AddressPolicy, patience: Patience) -> Server:
    """Asks without credentials: first as Cloud answers, then as everything else does."""
    with CloudClient(site, NOBODY, policy, patience=patience) as client:
        try:
            return client.about()
        except ShapeError as error:
            raise NotJira(host=site.host, detail=f"serverInfo: {error}") from None
        except (NotFound, QueryRefused, WrongCredentials, Forbidden):
            pass
    with DataCenterClient(site, NOBODY, policy, patience=patience) as client:
        return client.server()


def recognise_near(
    site: SiteAddress, others: Iterable[SiteAddress], policy: AddressPolicy, patience: Patience
) -> tuple[SiteAddress, Server]:
    """Where no Jira is there, asks at the other places of its host too; raises for the first."""
    try:
        return site, recognise(site, policy, patience)
    except (NotJira, NotFound, Redirected) as error:
        led_away = isinstance(error, Redirected) and "://" not in error.other_host
        found = None if led_away else _first_of(others, policy, patience)
        if found is None:
            raise
        return found


def _first_of(
    places: Iterable[SiteAddress], policy: AddressPolicy, patience: Patience
) -> tuple[SiteAddress, Server] | None:
    for site in places:
        try:
            return site, recognise(site, policy, patience)
        except (NotJira, NotFound, Redirected):
            continue
        except JiraError:
            return None
    return None


def driver_for(*, cloud: bool) -> type[CloudClient] | type[DataCenterClient]:
    return CloudClient if cloud else DataCenterClient
