"""Says how far an IP address reaches, by our own table: the library's flags miss several ranges."""

from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address


class Reach(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"
    LOOPBACK = "loopback"
    NEVER = "never"


# IANA's special-purpose registries, and the metadata addresses of the large clouds.
V4 = (
    (Reach.LOOPBACK, ("127.0.0.0/8",)),
    (
        Reach.NEVER,
        (
            "0.0.0.0/8",
            "100.100.100.200/32",  # metadata at Alibaba
            "168.63.129.16/32",  # metadata at Azure
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        ),
    ),
    (
        Reach.PRIVATE,
        ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15"),
    ),
)
V6 = (
    (Reach.LOOPBACK, ("::1/128",)),
    (
        Reach.NEVER,
        (
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20",
            "fd00:ec2::/32",  # metadata at Amazon
            "fd20:ce::/32",  # metadata at Google
        ),
    ),
    (Reach.PRIVATE, ("fc00::/7",)),
    (Reach.PUBLIC, ("2000::/3",)),
)
V4_TABLE = [(reach, [IPv4Network(n) for n in names]) for reach, names in V4]
V6_TABLE = [(reach, [IPv6Network(n) for n in names]) for reach, names in V6]

# IPv6 ranges that carry an IPv4 address, and how many bits follow it.
CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),  # mapped
    (IPv6Network("::ffff:0:0:0/96"), 0),  # translated (SIIT)
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
)
TEREDO = IPv6Network("2001::/32")
ISATAP = (0x00005EFE, 0x02005EFE)


def reach_of(address: Address) -> Reach:
    """How far the address reaches, and whatever it carries: the carried one must be public too."""
    if isinstance(address, IPv4Address):
        return _look_up_v4(address)
    address = IPv6Address(int(address))  # without a zone
    carried = _carried_by(address)
    if any(_look_up_v4(inner) != Reach.PUBLIC for inner in carried):
        return Reach.NEVER
    if carried and not _is_isatap(address):
        return Reach.PUBLIC
    return _look_up_v6(address)


def read_literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _look_up_v4(address: IPv4Address) -> Reach:
    for reach, networks in V4_TABLE:
        if any(address in network for network in networks):
            return reach
    return Reach.PUBLIC


def _look_up_v6(address: IPv6Address) -> Reach:
    for reach, networks in V6_TABLE:
        if any(address in network for network in networks):
            return reach
    return Reach.NEVER


def _carried_by(address: IPv6Address) -> list[IPv4Address]:
    bits = int(address)
    if address in TEREDO:
        return [_v4(bits >> 64), _v4(~bits)]  # the server, and the client inverted
    for network, trailing in CARRIERS:
        if address in network:
            return [_v4(bits >> trailing)]
    return [_v4(bits)] if _is_isatap(address) else []


def _is_isatap(address: IPv6Address) -> bool:
    return (int(address) >> 32) & 0xFFFFFFFF in ISATAP


def _v4(bits: int) -> IPv4Address:
    return IPv4Address(bits & 0xFFFFFFFF)
