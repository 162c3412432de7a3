"""Step 7: why people declined offers, one row for each decline. Never changed.

Desks from before get their rows from the signed messages that they have.
"""

from datetime import UTC, datetime

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, MetaData, String, Table, insert, select

from vrm_desktop.canon import base64url
from vrm_desktop.vendor.migrations import step_0001
from vrm_desktop.vendor.stored_json import stored_object

metadata = MetaData()
_conversations = Table("conversations", metadata, Column("id", String(43), primary_key=True))

declines = Table(
    "declines",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(43), ForeignKey("conversations.id"), nullable=False),
    Column("month", String(7), nullable=False),
    Column("reason", String(16), nullable=False),
    Index("declines_by_month", "month", "reason"),
)


def apply(connection: Connection) -> None:
    """Make the table, and a row for every decline that is there."""
    metadata.create_all(connection, tables=[declines])
    messages = step_0001.messages.c
    found = connection.execute(
        select(messages.conversation, messages.stored, messages.jws)
        .where(messages.side == "person", messages.kind == "decline")
        .order_by(messages.stored, messages.conversation, messages.number)
    ).all()
    rows = [
        {
            "conversation": row.conversation,
            "month": datetime.fromtimestamp(row.stored, UTC).strftime("%Y-%m"),
            "reason": str(stored_object(base64url.decode(row.jws.split(".")[1]).decode())["reason"]),
        }
        for row in found
    ]
    if rows:
        connection.execute(insert(declines), rows)
