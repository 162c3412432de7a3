"""Which addresses the courier may connect to: a pure decision over numbers. Never resolves a name, never connects.

`ipaddress.is_global` is not the rule: depending on the Python version it lets several special ranges through
(multicast, NAT64, 6to4, site-local). This is an explicit list after the IANA special-purpose registries.
"""

import ipaddress
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final, TypeAlias

from vrm_desktop.courier.errors import AddressRefusedError, NameNotFoundError

IPAddress: TypeAlias = IPv4Address | IPv6Address

_LOOPBACK_V4: Final = IPv4Network("127.0.0.0/8")
_LOOPBACK_V6: Final = IPv6Address("::1")

_DENIED_V4: Final = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relay
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved and broadcast
    )
)

# IPv6 the other way round: only the global unicast range, less its special parts. That leaves out loopback, mapped
# and compatible IPv4, NAT64, unique-local, link-local, site-local and multicast without naming them.
_GLOBAL_V6: Final = IPv6Network("2000::/3")
_DENIED_V6: Final = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which carries any IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)


def is_loopback(address: IPAddress) -> bool:
    """Whether the address is this computer's own: 127.0.0.0/8 or ::1, and no other spelling of them."""
    match address:
        case IPv4Address():
            return address in _LOOPBACK_V4
        case IPv6Address():
            return address == _LOOPBACK_V6


_PRIVATE: Final = tuple(
    ipaddress.ip_network(network)
    for network in ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
"""Where a host of one's own may be. Link-local is not among them: that is where clouds keep their keys."""


def may_be_own(address: IPAddress) -> bool:
    """Whether a host that was named as one's own may have this address: here, in a private network, or public."""
    private = any(address.version == network.version and address in network for network in _PRIVATE)
    return is_loopback(address) or private or may_connect(address, loopback_allowed=False)


def may_connect(address: IPAddress, *, loopback_allowed: bool) -> bool:
    """Whether the courier may open a connection to this address.

    With `loopback_allowed` only loopback passes, without it only public addresses do: a target is one or the other.
    """
    if loopback_allowed:
        return is_loopback(address)
    match address:
        case IPv4Address():
            return not any(address in network for network in _DENIED_V4)
        case IPv6Address():
            # A scoped address ("%eth0") names an interface of this computer: never a public host.
            return (
                address.scope_id is None
                and address in _GLOBAL_V6
                and not any(address in network for network in _DENIED_V6)
            )


def admitted(host: str, answers: Iterable[str], *, loopback_allowed: bool, own: bool = False) -> tuple[IPAddress, ...]:
    """The addresses of a host in the order given, without repeats, if the courier may connect to every one of them.

    One bad answer refuses all: a name that answers with a public and a private address is a trick or a mistake.
    Raises `AddressRefusedError`, or `NameNotFoundError` when there is no answer.
    """
    addresses: dict[IPAddress, None] = {}
    for answer in answers:
        try:
            address = ipaddress.ip_address(answer)
        except ValueError as error:
            msg = f"{host} resolves to something that is no address"
            raise AddressRefusedError(msg) from error
        if not (may_be_own(address) if own else may_connect(address, loopback_allowed=loopback_allowed)):
            msg = f"{host} resolves to an address the courier does not connect to"
            raise AddressRefusedError(msg)
        addresses[address] = None
    if not addresses:
        msg = f"{host} has no address"
        raise NameNotFoundError(msg)
    return tuple(addresses)
