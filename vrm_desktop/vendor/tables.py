"""The desk's tables. Portable types only: SQLite and PostgreSQL. Personal values have a table of their own.

`messages` holds the exact signed texts of both sides and is never changed, so that both chains stay verifiable after
`disclosures`, where names, values and salts are, has been erased.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

desk = Table(
    "desk",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("schema", Integer, nullable=False),
    Column("kid", String(43), nullable=False),
    Column("card", LargeBinary, nullable=True),
)
"""One row: which schema, whose key, and the signed card as last published."""

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(43), primary_key=True),
    Column("state", LargeBinary, nullable=False),
    Column("read_hash", String(43), nullable=False),
    Column("opened", BigInteger, nullable=False),
)
"""`state` is the conversation as a canonical record; `opened` in seconds since 1970."""

messages = Table(
    "messages",
    metadata,
    Column("conversation", String(43), ForeignKey("conversations.id"), primary_key=True),
    Column("side", String(6), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String(43), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("jws", Text, nullable=False),
    Column("stored", BigInteger, nullable=False),
)

disclosures = Table(
    "disclosures",
    metadata,
    Column("conversation", String(43), ForeignKey("conversations.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("until", String(10), nullable=False, index=True),
)
"""What rode beside the person's message `number`; gone after the day `until`, or when the person ends."""

duties = Table(
    "duties",
    metadata,
    Column("conversation", String(43), ForeignKey("conversations.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("due", BigInteger, nullable=False, index=True),
    Column("wanted", String(10), nullable=False, server_default=""),
)
"""Messages of persons that still want an answer, and from when (seconds since 1970; `BY_HAND`: the shop's people).

`wanted` is the day by which a person may expect it of the shop's people.
"""

BY_HAND = 1 << 53

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
"""What the inbox lists of a conversation: the coarse values of its ping, where it stands, and what came of it.

`wish` is canonical JSON of attributes, condition and way; `progress` the last status of an order; `outcome` a reason
why there was no offer.
"""

reasons = Table(
    "reasons",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(43), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
)
"""Why the desk answered as it did, as canonical records."""

users = Table(
    "users",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(8), nullable=False),
    Column("secret", Text, nullable=False),
)
"""Who may sign in to the inbox; `secret` is a salted hash."""

sessions = Table(
    "sessions",
    metadata,
    Column("token", String(43), primary_key=True),
    Column("name", String(64), ForeignKey("users.name"), nullable=False),
    Column("csrf", String(43), nullable=False),
    Column("until", BigInteger, nullable=False),
)
"""Who is signed in; `token` is the hash of what the browser holds."""

reservations = Table(
    "reservations",
    metadata,
    Column("conversation", String(43), ForeignKey("conversations.id"), primary_key=True),
    Column("article", String(50), nullable=False, index=True),
    Column("quantity", Integer, nullable=False),
    Column("until", BigInteger, nullable=False),
)
"""Pieces held for a binding offer until `until`, and for an order (until 0) until it is fulfilled."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("connector", String(32), nullable=False),
    Column("conversation", String(43), nullable=False),
    Column("event", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("trouble", String(300), nullable=False),
    UniqueConstraint("connector", "event"),
    Index("outbox_in_order", "connector", "conversation", "id"),
    Index("outbox_by_due", "connector", "due"),
)
"""What is still to be told to whom: no content, which is read when it is told. `due` is `SET_ASIDE` for what was
refused to the end; `event` is the message's id, or that of an erasure.
"""

SET_ASIDE = 1 << 53

connectors = Table(
    "connectors",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("told", BigInteger, nullable=False),
    Column("last_told", BigInteger, nullable=False),
    Column("last_heard", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("resume", BigInteger, nullable=False),
    Column("listen", BigInteger, nullable=False),
    Column("bookmark", Text, nullable=False),
    Column("trouble", String(300), nullable=False),
)
"""How each connector does: nobody asks it before `resume` or listens before `listen`; `tries` is in vain, in a row."""

connector_notes = Table(
    "connector_notes",
    metadata,
    Column("connector", String(32), primary_key=True),
    Column("conversation", String(43), primary_key=True),
    Column("notes", Text, nullable=False),
)
"""What a connector wants to know again, as canonical JSON of texts."""

connector_heard = Table(
    "connector_heard",
    metadata,
    Column("connector", String(32), primary_key=True),
    Column("said", String(128), primary_key=True),
    Column("conversation", String(43), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("trouble", String(300), nullable=False),
)
"""What connectors have said, each once; `trouble` is why it could not be done."""

uses = Table(
    "uses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(43), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("name", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", String(16), nullable=False),
    Column("whom", String(200), nullable=False),
)
"""What was done with a value: the field's name, when, by whom, and who got it. Never the value; kept when that goes."""

declines = Table(
    "declines",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(43), ForeignKey("conversations.id"), nullable=False),
    Column("month", String(7), nullable=False),
    Column("reason", String(16), nullable=False),
    Index("declines_by_month", "month", "reason"),
)
"""Why an offer was declined, to be counted: `month` is YYYY-MM in UTC."""

forgotten = Table(
    "forgotten",
    metadata,
    Column("conversation", String(43), primary_key=True),
    Column("name", String(64), primary_key=True),
)
"""Names of fields that were told and whose values are gone: an update of them is still an update."""

copies = Table(
    "copies",
    metadata,
    Column("conversation", String(43), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("until", String(10), nullable=False, index=True),
)
"""Values that ride beside the desk's own message `number`, for the person alone: gone when the person has them and
the desk no longer does, or after the day `until`."""

known = Table(
    "known",
    metadata,
    Column("conversation", String(43), primary_key=True),
    Column("older", String(43), nullable=False, index=True),
)
"""Which older conversation's key vouched for this one."""

documents = Table(
    "documents",
    metadata,
    Column("id", String(43), primary_key=True),
    Column("conversation", String(43), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("media", String(127), nullable=False),
    Column("size", Integer, nullable=False),
    Column("hash", String(43), nullable=False),
    Column("until", String(10), nullable=False, index=True),
)
"""What lies ready for one person through the day `until`; the desk's message `number` names it (0: still coming)."""

document_parts = Table(
    "document_parts",
    metadata,
    Column("document", String(43), ForeignKey("documents.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)
"""The bytes of a document, part after part."""
