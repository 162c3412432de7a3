"""Where a request goes: URLs read strictly into `Target`. Never resolves, never connects.

Every URL is read here once, and what is connected to, put into the request line and checked against the certificate
comes from the `Target`: no second parser can come to another opinion.
"""

import enum
import ipaddress
import re
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address
from typing import Final

from vrm_desktop.courier.addresses import IPAddress, is_loopback, may_connect
from vrm_desktop.courier.errors import AddressRefusedError
from vrm_desktop.courier.limits import Limits

# Ports of services that are no web servers and could be confused by a request (the list browsers use).
REFUSED_PORTS: Final = frozenset(
    (
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103),
        *(104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514),
        *(515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723),
        *(2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
    )
)
# Names that mean something only on this computer or its network, or only in a special resolver.
_LOCAL_ENDINGS: Final = ("localhost", "local", "internal", "home.arpa", "onion", "test", "invalid", "alt")

_URL: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*)://([^/?#]*)([^?#]*)(?:\?([^#]*))?", re.ASCII)
_PATH: Final = re.compile(r"(?:/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*)*", re.ASCII)
_QUERY: Final = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*", re.ASCII)
_AUTHORITY: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.\-]+)(?::([0-9]{1,5}))?", re.ASCII)
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_DOTTED_QUAD: Final = re.compile(r"(?:(?:0|[1-9][0-9]{0,2})\.){3}(?:0|[1-9][0-9]{0,2})", re.ASCII)
_HIGHEST_PORT: Final = 65_535
_LONGEST_NAME: Final = 253
_DEFAULT_LIMITS: Final = Limits()


class Scheme(enum.Enum):
    """`HTTPS` to the public net, `HTTP` to this computer, and nothing else."""

    HTTP = "http"
    HTTPS = "https"


_DEFAULT_PORTS: Final = {Scheme.HTTP: 80, Scheme.HTTPS: 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One place a request may go to.

    `host` is lower-case and without brackets; `address` is set when the host is a literal address; `path` is the
    request target: path and query, at least "/". Plain HTTP goes to this computer only, HTTPS to public hosts only,
    anything else raises `AddressRefusedError`. A host that `is_own` was named by whoever runs the program, and may be
    on a private network, with either.
    """

    scheme: Scheme
    host: str
    port: int
    path: str = field(repr=False)
    address: IPAddress | None = None
    is_own: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.port <= _HIGHEST_PORT or self.port in REFUSED_PORTS:
            msg = f"port {self.port} is none the courier connects to"
            raise AddressRefusedError(msg)
        if self.is_own:
            return
        if self.scheme is Scheme.HTTP:
            here = self.host == "localhost" if self.address is None else is_loopback(self.address)
            if not here:
                msg = f"{self.host} needs https: plain http goes to this computer only"
                raise AddressRefusedError(msg)
        elif self.address is not None:
            if not may_connect(self.address, loopback_allowed=False):
                msg = f"{self.host} is no public address"
                raise AddressRefusedError(msg)
        else:
            _check_public_name(self.host)

    @property
    def is_here(self) -> bool:
        """Whether the peer runs on this computer."""
        return self.scheme is Scheme.HTTP and not self.is_own

    @property
    def authority(self) -> str:
        """The `Host` header: brackets around IPv6, the port unless it is the scheme's own."""
        host = f"[{self.host}]" if isinstance(self.address, IPv6Address) else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL in its one spelling."""
        return f"{self.scheme.value}://{self.authority}{self.path}"


def parse_target(url: str, *, limits: Limits = _DEFAULT_LIMITS, own_hosts: frozenset[str] = frozenset()) -> Target:
    """Read an absolute URL; raises `AddressRefusedError` for everything the courier does not go to.

    Refused: other schemes, user names, fragments, IPv6 zones, ports of other services, trailing dots, decimal, hex,
    octal and short IPv4, characters outside RFC 3986, names that are no public host names.
    """
    if len(url) > limits.url_characters:
        msg = "the address is too long"
        raise AddressRefusedError(msg)
    parts = _URL.fullmatch(url)
    if parts is None:
        msg = "this is no absolute address without a fragment"
        raise AddressRefusedError(msg)
    scheme_text, authority, path, query = parts.groups()
    try:
        scheme = Scheme(scheme_text.lower())
    except ValueError as error:
        msg = f"the courier does not speak {scheme_text.lower()}"
        raise AddressRefusedError(msg) from error
    place = _AUTHORITY.fullmatch(authority)
    if place is None or _PATH.fullmatch(path) is None or _QUERY.fullmatch(query or "") is None:
        msg = "the address has a user name, a zone or characters that do not belong there"
        raise AddressRefusedError(msg)
    host, port_text = place[1].lower(), place[2]
    port = _DEFAULT_PORTS[scheme] if port_text is None else int(port_text)
    target = (path or "/") + ("" if query is None else f"?{query}")
    address = _literal(host)
    return Target(
        scheme=scheme,
        host=host if address is None else str(address),
        port=port,
        path=target,
        address=address,
        is_own=host in own_hosts,
    )


def _literal(host: str) -> IPAddress | None:
    """The address a host spells out, `None` for a name; raises for numbers in any but the one usual spelling."""
    try:
        if host.startswith("["):
            return IPv6Address(host[1:-1])
        if _DOTTED_QUAD.fullmatch(host):
            return IPv4Address(host)
    except ipaddress.AddressValueError as error:
        msg = f"{host} is no address"
        raise AddressRefusedError(msg) from error
    # What ends in a number is an IPv4 address to most resolvers: 2130706433, 0x7f.1, 127.1, 0177.0.0.1.
    if _NUMBER.fullmatch(host.rsplit(".", maxsplit=1)[-1]):
        msg = f"{host} is an address in an unusual spelling"
        raise AddressRefusedError(msg)
    return None


def _check_public_name(host: str) -> None:
    labels = host.split(".")
    if len(host) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        msg = "the host is no host name"
        raise AddressRefusedError(msg)
    if len(labels) == 1 or any(host.endswith(f".{ending}") for ending in _LOCAL_ENDINGS):
        msg = f"{host} is a name of this computer or its network, not of a public host"
        raise AddressRefusedError(msg)
