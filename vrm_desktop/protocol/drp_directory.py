"""The Data Rights Protocol's directories: which businesses answer it, which agents ask. Files in, entries out.

No harder than the published schemas: live ids hold lower case, digits and hyphens, and live entries misspell a key.
Entries that cannot be used are counted, not fatal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.drp import DrpClaim
from vrm_desktop.protocol.cards import check_endpoint
from vrm_desktop.protocol.drp_members import LINK_LENGTH, Members, link, text, texts
from vrm_desktop.protocol.drp_signing import KEY_BYTES, key_text, read_key
from vrm_desktop.protocol.errors import BadCard, Malformed

_T = TypeVar("_T")
MOST_ENTRIES = 10_000
_CLAIMS = {
    "name": DrpClaim.NAME,
    "email": DrpClaim.EMAIL,
    "phone": DrpClaim.PHONE,
    "phone_number": DrpClaim.PHONE,
    "address": DrpClaim.ADDRESS,
}
"""Verification names: the protocol's, and those of deployed code."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Agent:
    """One agent that may ask: its id, its name and its public key (32 bytes)."""

    id: str
    name: str
    key: bytes
    web: str = ""

    def __post_init__(self) -> None:
        if not self.id or len(self.key) != KEY_BYTES:
            raise Malformed("an agent has an id and a key of 32 bytes")

    @property
    def members(self) -> dict[str, JsonValue]:
        """The entry as a directory has it."""
        shown = {"id": self.id, "name": self.name, "verify_key": key_text(self.key), "web_url": self.web}
        return {key: value for key, value in shown.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Business:
    """One business that answers. `asks` is what it wants to know of the person, `unknown` the names that are new."""

    id: str
    name: str
    api_base: str
    actions: tuple[str, ...] = ()
    asks: tuple[DrpClaim, ...] = ()
    unknown: tuple[str, ...] = ()
    web: str = ""
    privacy: str = ""
    contact: str = ""

    @property
    def members(self) -> dict[str, JsonValue]:
        """The entry as a directory has it."""
        return {
            "id": self.id,
            "name": self.name,
            "logo": None,
            "api_base": self.api_base,
            "supported_actions": list(self.actions),
            "supported_verifications": [claim.value for claim in self.asks],
            "web_url": self.web,
            "privacy_policy_url": self.privacy,
            "technical_contact": self.contact,
            "business_contact": self.contact,
        }


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Directory:
    """What a file holds; `left_out` entries could not be used."""

    agents: tuple[Agent, ...] = ()
    businesses: tuple[Business, ...] = ()
    left_out: int = 0


def read_directory(data: bytes) -> Directory:
    """The entries of an agents or a businesses file, or of one entry's own file. The last one of an id counts.

    Raises:
        Malformed: not JSON, not a list of objects, or too long a list.
    """
    try:
        value = strict_json.decode(data)
    except CanonError as error:
        raise Malformed(f"{error.code}: {error}") from error
    rows = [value] if isinstance(value, dict) else value
    if not isinstance(rows, list) or len(rows) > MOST_ENTRIES:
        raise Malformed("a directory is a list of entries")
    agents: dict[str, Agent] = {}
    businesses: dict[str, Business] = {}
    left_out = 0
    for row in rows:
        agent, business = _or_none(_agent, row), _or_none(_business, row)
        if agent is not None:
            agents[agent.id] = agent
        if business is not None:
            businesses[business.id] = business
        left_out += agent is None and business is None
    return Directory(agents=tuple(agents.values()), businesses=tuple(businesses.values()), left_out=left_out)


def _or_none(read: Callable[[Members], _T], row: JsonValue) -> _T | None:
    if not isinstance(row, dict):
        return None
    try:
        return read(row)
    except Malformed:
        return None


def _agent(row: Members) -> Agent:
    return Agent(
        id=text(row, "id", needed=True),
        name=text(row, "name"),
        key=read_key(text(row, "verify_key", needed=True)),
        web=link(row, "web_url"),
    )


def _business(row: Members) -> Business:
    try:
        base = check_endpoint(text(row, "api_base", most=LINK_LENGTH, needed=True))
    except BadCard as error:
        raise Malformed(str(error)) from error
    spelled = (*texts(row, "supported_verifications"), *texts(row, "supported_verfications"))
    claims = dict.fromkeys(_CLAIMS[name] for name in spelled if name in _CLAIMS)
    identity = text(row, "id", needed=True)
    return Business(
        id=identity,
        name=text(row, "name") or identity,
        api_base=base,
        actions=texts(row, "supported_actions"),
        asks=tuple(claims),
        unknown=tuple(name for name in spelled if name not in _CLAIMS),
        web=link(row, "web_url"),
        privacy=link(row, "privacy_policy_url"),
        contact=text(row, "business_contact") or text(row, "technical_contact"),
    )
