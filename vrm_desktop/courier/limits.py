"""Every limit of the courier, and nothing else: one frozen record with the defaults the program runs with."""

import dataclasses

KIB = 1024
MIB = 1024 * KIB


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long the courier waits, how much it reads and how much it keeps open.

    Seconds are of the monotonic clock; sizes are bytes. Every value is above zero, else `ValueError`.
    """

    connect_seconds: float = 10.0
    """Name, connection, proxy and TLS together."""
    deadline_seconds: float = 20.0
    """One whole exchange, connecting included."""
    longest_deadline_seconds: float = 35.0
    """The most a caller may ask for (a vendor holds a poll for up to 30 s)."""
    next_address_seconds: float = 0.25
    """How long one address of a host gets before the next is tried beside it."""
    addresses_per_name: int = 8
    resolver_threads: int = 8

    idle_seconds: float = 4.0
    """An unused connection is kept this long; below the five seconds after which common servers close theirs."""
    idle_connections: int = 64
    """Unused connections kept over all lines together; the oldest goes first."""

    message_bytes: int = 64 * KIB
    """One message on the wire."""
    request_bytes: int = 256 * KIB
    """The largest body sent."""
    answer_bytes: int = 4 * MIB
    """The largest body read when the caller names no other size: a list of messages."""
    vendor_card_bytes: int = 32 * KIB
    head_bytes: int = 32 * KIB
    """Status line and headers of one answer; trailers after a chunked body have the same limit."""
    header_count: int = 100
    interim_answers: int = 8
    """1xx answers before the real one."""
    chunk_count: int = 16_384
    chunk_line_bytes: int = 256
    url_characters: int = 2_048
    retry_after_seconds: int = 24 * 60 * 60
    """A peer that asks to wait longer is asked again after this long."""

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            if getattr(self, field.name) <= 0:
                msg = f"{field.name} must be above zero"
                raise ValueError(msg)
        if self.deadline_seconds > self.longest_deadline_seconds:
            msg = "deadline_seconds is longer than longest_deadline_seconds"
            raise ValueError(msg)
