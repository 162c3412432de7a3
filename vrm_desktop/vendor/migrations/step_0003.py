"""Step 3: what is still to be told to connectors, how each of them does, what they noted and said. Never changed."""

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

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
connector_notes = Table(
    "connector_notes",
    metadata,
    Column("connector", String(32), primary_key=True),
    Column("conversation", String(43), primary_key=True),
    Column("notes", Text, nullable=False),
)
connector_heard = Table(
    "connector_heard",
    metadata,
    Column("connector", String(32), primary_key=True),
    Column("said", String(128), primary_key=True),
    Column("conversation", String(43), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("trouble", String(300), nullable=False),
)


def apply(connection: Connection) -> None:
    """Make the tables. Connectors are told what happens from now on."""
    metadata.create_all(connection)
