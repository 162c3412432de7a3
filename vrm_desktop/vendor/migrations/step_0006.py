"""Step 6: requests over the Data Rights Protocol, and the tokens of those who ask. Never changed."""

from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, String, Table, Text

metadata = MetaData()

drp_tokens = Table(
    "drp_tokens",
    metadata,
    Column("token", String(43), primary_key=True),
    Column("agent", String(200), nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
)

drp_requests = Table(
    "drp_requests",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("agent", String(200), nullable=False),
    Column("number", String(200), nullable=False),
    Column("asked", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
    Index("drp_requests_by_number", "agent", "number"),
    Index("drp_requests_by_status", "status", "changed"),
)


def apply(connection: Connection) -> None:
    """Make the tables."""
    metadata.create_all(connection)
