"""Step 4: what the desk did with values that it was given. Never changed."""

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, String, Table

metadata = MetaData()

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


def apply(connection: Connection) -> None:
    """Make the table."""
    metadata.create_all(connection)
