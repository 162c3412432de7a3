"""Step 5: days for the shop's people, names of what is gone, copies for persons, known customers. Never changed."""

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, text

metadata = MetaData()

forgotten = Table(
    "forgotten",
    metadata,
    Column("conversation", String(43), primary_key=True),
    Column("name", String(64), primary_key=True),
)
copies = Table(
    "copies",
    metadata,
    Column("conversation", String(43), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("until", String(10), nullable=False, index=True),
)
known = Table(
    "known",
    metadata,
    Column("conversation", String(43), primary_key=True),
    Column("older", String(43), nullable=False, index=True),
)


def apply(connection: Connection) -> None:
    """Make the tables; duties get a day, which older ones do not have."""
    metadata.create_all(connection)
    connection.execute(text("ALTER TABLE duties ADD COLUMN wanted VARCHAR(10) NOT NULL DEFAULT ''"))
