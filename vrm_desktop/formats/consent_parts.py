"""What consent records and receipts of any form have in common: the parties, and a receipt as it was read.

Never here: a form itself (consent_dpv, consent_kantara), and what becomes of what was read.
"""

from dataclasses import dataclass
from datetime import datetime

from vrm_desktop.domain.consent import ConsentEvent, ConsentFrom, ConsentItem

LARGEST = 256 * 1024
"""How many bytes a receipt may have."""

LONGEST_TEXT = 2000
MOST_ENTRIES = 64


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Party:
    """An organisation in a record. `id` is its key or web address; what is not known is empty."""

    name: str
    id: str = ""
    address: str = ""
    country: str = ""
    contact: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReadReceipt:
    """A receipt that somebody else wrote. `id` is its own; `language` and `jurisdiction` as it says them."""

    origin: ConsentFrom
    id: str
    at: datetime
    controller: Party
    notice: str
    items: tuple[ConsentItem, ...]
    events: tuple[ConsentEvent, ...]
    language: str = ""
    jurisdiction: str = ""
