"""Acts on their way out: what the person decided, and once sealed the exact bytes that leave.

What was decided never changes, and neither do sealed bytes: a repeat carries the same. Never lives here: numbering,
signing, sending.
"""

from vrm_desktop.domain.acts import ACT_OF, KIND_OF, ActState, OutboxEntry
from vrm_desktop.domain.ids import ActId, MessageId, RelationshipId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.vault.connection import Row
from vrm_desktop.vault.errors import Conflict, NoSuchRecord, VaultDamaged
from vrm_desktop.vault.repositories.part import Part, to_body, to_instant, to_record, to_stamp

FINISHED = frozenset({ActState.DELIVERED, ActState.FAILED, ActState.UNDONE})
"""States in which nothing is left to send."""


class OutboxPart(Part):
    """The outbox."""

    def hold(self, entry: OutboxEntry) -> None:
        """Keep a new act; the very same again changes nothing. Raises Conflict if its id is taken by another."""
        known = self.act(entry.id)
        if known is not None:
            if _decided(known) != _decided(entry):
                raise Conflict("another act has this id")
            return
        self._sql.execute(
            "INSERT INTO outbox (id, relationship, kind, act, state, made, not_before, channel, message, envelope,"
            " attempts, maybe, trouble) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.id,
                entry.relationship,
                KIND_OF[type(entry.act)],
                to_body(entry.act),
                entry.state,
                to_stamp(entry.made),
                to_stamp(entry.not_before),
                entry.channel,
                entry.message,
                entry.body,
                entry.attempts,
                entry.maybe,
                entry.trouble,
            ),
        )

    def update_act(self, entry: OutboxEntry) -> None:
        """Replace what is known about an act; the bytes of a finished one may be let go.

        Raises NoSuchRecord, and Conflict if the decision or its sealed bytes would become others.
        """
        known = self.act(entry.id)
        if known is None:
            raise NoSuchRecord("there is no such act")
        if _decided(known) != _decided(entry):
            raise Conflict("what an act says never changes")
        if known.message is not None and entry.message != known.message:
            raise Conflict("a sealed act keeps its message")
        let_go = entry.state in FINISHED and not entry.body
        if known.body not in {b"", entry.body} and not let_go:
            raise Conflict("a sealed act keeps its bytes")
        self._sql.execute(
            "UPDATE outbox SET state = ?, not_before = ?, channel = ?, message = ?, envelope = ?, attempts = ?,"
            " maybe = ?, trouble = ? WHERE id = ?",
            (
                entry.state,
                to_stamp(entry.not_before),
                entry.channel,
                entry.message,
                entry.body,
                entry.attempts,
                entry.maybe,
                entry.trouble,
                entry.id,
            ),
        )

    def act(self, id: ActId) -> OutboxEntry | None:
        """The act, if it is known."""
        row = self._sql.one("SELECT * FROM outbox WHERE id = ?", (id,))
        return None if row is None else _entry(row)

    def acts(
        self, *, states: frozenset[ActState], relationship: RelationshipId | None = None
    ) -> tuple[OutboxEntry, ...]:
        """The acts in these states, by the instant they may leave, then by making.

        Within a relationship the order of making always holds: an act waits for those before it in these states.
        """
        marks = ", ".join("?" for _ in states)
        mine = "" if relationship is None else "AND relationship = ?"
        rows = self._sql.query(
            "SELECT *, max(not_before) OVER (PARTITION BY relationship ORDER BY nth) AS turn FROM outbox"  # noqa: S608 - marks and a constant
            f" WHERE state IN ({marks}) {mine} ORDER BY turn, nth",
            (*sorted(states), *(() if relationship is None else (relationship,))),
        )
        return tuple(_entry(row) for row in rows)


def _decided(entry: OutboxEntry) -> tuple[object, ...]:
    return (entry.relationship, entry.act, entry.made)


def _entry(row: Row) -> OutboxEntry:
    try:
        kind, state = Kind(row["kind"]), ActState(row["state"])
        act = ACT_OF[kind]
    except (KeyError, ValueError) as error:
        raise VaultDamaged("an act's kind or state is unknown") from error
    return OutboxEntry(
        id=ActId(row["id"]),
        relationship=RelationshipId(row["relationship"]),
        act=to_record(row["act"], act),
        state=state,
        made=to_instant(row["made"]),
        not_before=to_instant(row["not_before"]),
        channel=row["channel"],
        message=None if row["message"] is None else MessageId(row["message"]),
        body=row["envelope"],
        attempts=row["attempts"],
        maybe=bool(row["maybe"]),
        trouble=row["trouble"],
    )
