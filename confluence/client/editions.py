"""Which kind of Confluence answers at an address, and who reads and writes it."""

from collections.abc import Iterable
from dataclasses import replace

from atlassian.client import (
    AddressPolicy,
    AtlassianError,
    BrokenAnswer,
    Credentials,
    Forbidden,
    NotFound,
    QueryRefused,
    Redirected,
    SiteAddress,
    StrangeServer,
    WrongCredentials,
)
from okr.outgoing import Patience

from .address import CLOUD_CONTEXT
from .cloud import CloudClient
from .cloud_publisher import CloudPublisher
from .data_center import DataCenterClient
from .data_center_publisher import DataCenterPublisher
from .errors import NotConfluence
from .records import Server

NOBODY = Credentials("", "")
Found = tuple[SiteAddress, Server]


def recognise(site: SiteAddress, policy: AddressPolicy, patience: Patience) -> Found:
    """Asks without credentials: a site of Cloud has a name at the gateway; everything else says
    what it is in its manifest."""
    if site.base_path in ("", CLOUD_CONTEXT):
        with CloudClient(site, NOBODY, policy, patience=patience) as cloud:
            try:
                server = Server(is_cloud=True, cloud_id=cloud.cloud_id())
                return replace(site, base_path=""), server
            except (NotFound, QueryRefused, WrongCredentials, Forbidden, Redirected):
                pass
            except (StrangeServer, BrokenAnswer):
                pass
    with DataCenterClient(site, NOBODY, policy, patience=patience) as client:
        return site, client.server()


def recognise_near(
    site: SiteAddress, others: Iterable[SiteAddress], policy: AddressPolicy, patience: Patience
) -> Found:
    """Where no Confluence is there, asks at the other places of its host too; raises for the
    first."""
    try:
        return recognise(site, policy, patience)
    except (NotConfluence, NotFound, Redirected) as error:
        led_away = isinstance(error, Redirected) and "://" not in error.other_host
        found = None if led_away else _first_of(others, policy, patience)
        if found is None:
            raise
        return found


def _first_of(
    places: Iterable[SiteAddress], policy: AddressPolicy, patience: Patience
) -> Found | None:
    for site in places:
        try:
            return recognise(site, policy, patience)
        except (NotConfluence, NotFound, Redirected):
            continue
        except AtlassianError:
            return None
    return None


def driver_for(*, cloud: bool) -> type[CloudClient] | type[DataCenterClient]:
    return CloudClient if cloud else DataCenterClient


def publisher_for(*, cloud: bool) -> type[CloudPublisher] | type[DataCenterPublisher]:
    return CloudPublisher if cloud else DataCenterPublisher
