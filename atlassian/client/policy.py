"""What the operator allows the clients of Atlassian, its gateway included."""

from dataclasses import dataclass

from okr import outgoing

from .address import SiteAddress

DEFAULT_GATEWAY = "https://api.atlassian.com"


@dataclass(frozen=True)
class AddressPolicy(outgoing.AddressPolicy):
    gateway: str = DEFAULT_GATEWAY
    """Where Atlassian takes scoped tokens."""

    def gateway_for(self, site: SiteAddress) -> str:
        """The origin that may be asked with this site's scoped token, or nothing."""
        if site.is_cloud:
            return self.gateway
        if not self.lists(site.host, site.port):
            return ""
        if self.gateway == DEFAULT_GATEWAY:
            return site.origin
        gateway = SiteAddress.from_url(self.gateway)
        return self.gateway if self.lists(gateway.host, gateway.port) else ""
