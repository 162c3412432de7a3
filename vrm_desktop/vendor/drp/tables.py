"""The tables of the Data Rights Protocol: tokens given out, requests taken in. Portable types only."""

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from vrm_desktop.vendor.tables import metadata

drp_tokens = Table(
    "drp_tokens",
    metadata,
    Column("token", String(43), primary_key=True),
    Column("agent", String(200), nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
)
"""Whose token is whose: the hash of each token, its agent, and since when (seconds since 1970)."""

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
"""One request each. `number` is the agent's own; `asked`, `person` and `report` are canonical records.

`person` is empty once it is forgotten; `expires` is when that falls due, or when the person has to have shown who they
are (0: never).
"""
