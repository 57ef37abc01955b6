"""Which kind of Jira answers at an address, and who reads it."""

from .address import SiteAddress
from .cloud import CloudClient
from .credentials import Credentials
from .data_center import DataCenterClient
from .errors import Forbidden, NotFound, NotJira, QueryRefused, WrongCredentials
from .policy import AddressPolicy
from .records import Server
from .shapes import ShapeError
from .transport import Patience

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


def driver_for(*, cloud: bool) -> type[CloudClient] | type[DataCenterClient]:
    return CloudClient if cloud else DataCenterClient
