"""Addresses that one counterparty alone was given, and leaks: such an address that turned up with somebody else."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, RelationshipId, VendorId

_TEXT_LENGTH = 2000
_ADDRESS_LENGTH = 254


def _check_address(address: str) -> None:
    name, _, host = address.rpartition("@")
    if not name or not host or len(address) > _ADDRESS_LENGTH or not address.isprintable() or " " in address:
        raise InvalidValue("an address has a name, an @ and a host")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReplyReference:
    """An address given to this counterparty and to no other. `retired`: the person does not read it any more."""

    id: str
    vendor: VendorId
    at: datetime
    address: str
    relationship: RelationshipId | None = None
    retired: date | None = None

    def __post_init__(self) -> None:
        _check_address(self.address)

    @property
    def words(self) -> str:
        """The address."""
        return self.address

    def given_up(self, on: date) -> "ReplyReference":
        """The reference, retired on that day; it stays known for ever, and is never drawn again."""
        return self if self.retired is not None else replace(self, retired=on)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Leak:
    """An address that only `vendor` had, used by somebody else, as the person reports on the day `on`.

    `agreement` is the one that it breaks, `roster` its id (None and "" where nothing was agreed). `cut_off` is the day
    on which the person let go of the counterparty for it.
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId | None
    at: datetime
    on: date
    address: str
    what: str = ""
    agreement: Digest | None = None
    roster: str = ""
    cut_off: date | None = None

    def __post_init__(self) -> None:
        _check_address(self.address)
        if len(self.what) > _TEXT_LENGTH:
            raise InvalidValue("what happened has up to 2,000 characters")

    @property
    def words(self) -> str:
        """The address, and what happened."""
        return f"{self.address}\n{self.what}" if self.what else self.address
