"""What sealing one act works with: the transaction, the relationship, its signer, and the moment of all of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from vrm_desktop.canon import base64url
from vrm_desktop.domain.acts import OutboxEntry
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Signer, Transaction

MESSAGE_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sealing:
    """What sealing one act works with; `now` is the moment of all of it."""

    tx: Transaction
    means: Means
    now: datetime
    entry: OutboxEntry
    relationship: Relationship
    signer: Signer

    @property
    def exp(self) -> datetime:
        """Until when the message is valid."""
        return self.now + timedelta(days=MESSAGE_DAYS)

    def salted(self, fields: tuple[PlannedField, ...]) -> tuple[Disclosure, ...]:
        """Each field under a salt of its own."""
        return tuple(
            Disclosure(salt=base64url.encode(self.means.random.token(16)), name=field.name, value=field.value)
            for field in fields
        )
