"""Pieces kept for conversations, in the desk's database. Whether there are enough is decided elsewhere."""

import math
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from vrm_desktop.vendor import tables
from vrm_desktop.vendor.dossier import Decision


class StockRows:
    """What one transaction may ask and change of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def kept(self, now: datetime, *, but: str) -> dict[str, int]:
        """How many pieces of which article are kept for conversations other than `but`."""
        kept = tables.reservations.c
        rows = self._connection.execute(
            select(kept.article, func.sum(kept.quantity).label("pieces"))
            .where(kept.conversation != but, (kept.until == 0) | (kept.until >= int(now.timestamp())))
            .group_by(kept.article)
        )
        return {row.article: int(row.pieces) for row in rows}

    def apply(self, conversation: str, decision: Decision) -> None:
        """Write what a turn keeps and lets go of."""
        kept = tables.reservations
        if decision.releases or decision.reserves is not None:
            self._connection.execute(delete(kept).where(kept.c.conversation == conversation))
        if decision.reserves is not None:
            until = decision.reserves.until
            self._connection.execute(
                insert(kept).values(
                    conversation=conversation,
                    article=decision.reserves.article,
                    quantity=decision.reserves.quantity,
                    until=seconds_up(until) if until is not None else 0,
                )
            )


def seconds_up(moment: datetime) -> int:
    """Whole seconds since 1970, never earlier than `moment`."""
    return math.ceil(moment.timestamp())
