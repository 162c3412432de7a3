"""The desk's tables. Portable types only: SQLite and PostgreSQL. Personal values have a table of their own.

`messages` holds the exact signed texts of both sides and is never changed, so that both chains stay verifiable after
`disclosures`, where names, values and salts are, has been erased.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

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
)
"""Messages of persons that still want an answer, and from when (seconds since 1970)."""
