"""The desk's SQLite file: one connection with the exclusive lock, a write-ahead log, and every commit on the disk.

Only what is SQLite's own; tables and statements are elsewhere and portable. One connection only: older SQLite versions
(before 3.51.3) may damage a write-ahead log that two connections write and reset at once.
"""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

_CACHE_KIB = 64 * 1024
"""Enough that the upper levels of every index stay in memory with a million conversations."""


def open_engine(path: Path) -> Engine:
    """The engine over the file at `path`, which is made (mode 0600) when there is none."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = create_engine(
        f"sqlite:///{path}", poolclass=StaticPool, connect_args={"check_same_thread": False, "timeout": 1.0}
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in (
        "locking_mode = EXCLUSIVE",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        f"cache_size = -{_CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def scrub(engine: Engine) -> None:
    """Move the write-ahead log into the file and empty it, so that erased rows (overwritten there) stand nowhere."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
    finally:
        connection.close()
