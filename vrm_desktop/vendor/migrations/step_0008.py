"""Step 8: documents that lie ready for one person each, their bytes in parts. Never changed."""

from sqlalchemy import Column, Connection, ForeignKey, Integer, LargeBinary, MetaData, String, Table

metadata = MetaData()
_conversations = Table("conversations", metadata, Column("id", String(43), primary_key=True))

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

document_parts = Table(
    "document_parts",
    metadata,
    Column("document", String(43), ForeignKey("documents.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)


def apply(connection: Connection) -> None:
    """Make the tables."""
    metadata.create_all(connection, tables=[documents, document_parts])
