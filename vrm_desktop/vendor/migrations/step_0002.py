"""Step 2: what an inbox lists (enquiries, reasons), who may sign in, pieces held for offers. Never changed.

Desks from before get their enquiries from the signed pings that they have.
"""

import json

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    select,
)

from vrm_desktop.canon import base64url
from vrm_desktop.vendor.migrations import step_0001
from vrm_desktop.vendor.stored_json import stored_object

metadata = MetaData()
_conversations = Table("conversations", metadata, Column("id", String(43), primary_key=True))

enquiries = Table(
    "enquiries",
    metadata,
    Column("conversation", String(43), ForeignKey("conversations.id"), primary_key=True),
    Column("category", String(64), nullable=False),
    Column("area", String(16), nullable=False),
    Column("wish", Text, nullable=False),
    Column("answers_by", String(10), nullable=False),
    Column("needed_by", String(10), nullable=False),
    Column("asked", String(4), nullable=False),
    Column("opened", BigInteger, nullable=False),
    Column("moved", BigInteger, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("progress", String(16), nullable=False),
    Column("outcome", String(24), nullable=False),
    Index("enquiries_by_stage", "stage", "moved"),
    Index("enquiries_by_outcome", "outcome", "category"),
    Index("enquiries_by_moved", "moved"),
)
reasons = Table(
    "reasons",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(43), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
)
users = Table(
    "users",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(8), nullable=False),
    Column("secret", Text, nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("token", String(43), primary_key=True),
    Column("name", String(64), ForeignKey("users.name"), nullable=False),
    Column("csrf", String(43), nullable=False),
    Column("until", BigInteger, nullable=False),
)
reservations = Table(
    "reservations",
    metadata,
    Column("conversation", String(43), ForeignKey("conversations.id"), primary_key=True),
    Column("article", String(50), nullable=False, index=True),
    Column("quantity", Integer, nullable=False),
    Column("until", BigInteger, nullable=False),
)


def apply(connection: Connection) -> None:
    """Make the tables, and an enquiry for every conversation that is there."""
    metadata.create_all(connection, tables=[enquiries, reasons, users, sessions, reservations])
    conversations, messages = step_0001.conversations, step_0001.messages
    found = connection.execute(
        select(conversations.c.id, conversations.c.state, conversations.c.opened, messages.c.jws)
        .join(messages, messages.c.conversation == conversations.c.id)
        .where(messages.c.side == "person", messages.c.number == 1)
    ).all()
    for row in found:
        ping = stored_object(base64url.decode(row.jws.split(".")[1]).decode("utf-8"))
        area = ping["area"]
        wish = {key: ping[key] for key in ("attributes", "condition", "fulfilment")}
        connection.execute(
            insert(enquiries).values(
                conversation=row.id,
                category=ping["category"],
                area=area.get("region", area["country"]) if isinstance(area, dict) else "",
                wish=json.dumps(wish, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
                answers_by=ping["answers_by"],
                needed_by=ping.get("needed_by", ""),
                asked=ping["asked"],
                opened=row.opened,
                moved=row.opened,
                stage=stored_object(row.state.decode("utf-8"))["state"],
                progress="",
                outcome="",
            )
        )
