"""What one planned field becomes in the ledger, whichever way it goes. Never here: when it is written, and on what it
rests.
"""

from datetime import datetime

from vrm_desktop.domain.disclosure import BasisKind, LedgerRow, PlannedField
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.relationship import Relationship


def row(
    owner: Relationship,
    field: PlannedField,
    *,
    message: MessageId,
    at: datetime,
    basis: BasisKind,
    channel: str,
    agreement: Digest | None = None,
) -> LedgerRow:
    """The row of a field told in this relationship, as leaving; `message` stands for what tells it."""
    return LedgerRow(
        relationship=owner.id,
        vendor=owner.vendor,
        intentcast=owner.intentcast,
        name=field.name,
        value=field.value,
        stage=field.stage,
        purpose=field.purpose,
        until=field.until,
        source=field.source,
        basis=basis,
        agreement=agreement,
        at=at,
        message=message,
        channel=channel,
        persona=owner.persona,
        field=field.field,
        pd=field.pd,
        coarse=field.coarse,
    )
