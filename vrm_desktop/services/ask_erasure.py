"""Asking a vendor to erase what it was told: over the wire, in words, or by a letter. Never here: when to ask.

What was asked for stands on the agenda until the vendor has said that it is done.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from vrm_desktop.domain import acts
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.disclosure import LedgerRow, LedgerState, Stage
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.letter import LetterAbout
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.formats.data_letters import time_over
from vrm_desktop.formats.plain_letters import LetterText
from vrm_desktop.services.draft_letters import draft, language_for, sender_name
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.reachable import sayable

CLOCK_DAYS = 31
"""How long a vendor has for an answer, before the person is told that none came."""

STILL_THERE = frozenset({LedgerState.LEAVING, LedgerState.SENT, LedgerState.MAYBE, LedgerState.EXPIRED})
MOST_NAMES = 64
_LETTER_DATA = timedelta(days=3 * 365)
"""How long an answer to a letter may need the sender's address."""

Words = Callable[[str, str, str], LetterText]
"""What is said in words, made of a language, the number that the vendor knows the person by, and the person's name."""


def may_say(tx: Transaction, relationship: Relationship, kind: Kind) -> bool:
    """Whether this vendor's program takes such a message now."""
    vendor = tx.vendor(relationship.vendor)
    if vendor is None or vendor.card is None or not relationship.address:
        return False
    if relationship.state is RelationshipState.BROKEN or not vendor.card.understands(kind):
        return False
    return kind in sayable(tx, relationship)


def ask_erasure(
    tx: Transaction,
    means: Means,
    relationship: Relationship,
    rows: Sequence[LedgerRow],
    *,
    words: Words | None = None,
    source: str = "",
    not_before: datetime | None = None,
) -> None:
    """Ask that these disclosures be erased, the best way there is; `words` replace the usual ones of a letter.

    Over the wire the rows count as asked for once the request is signed (`asked`), otherwise at once.
    """
    names = tuple(dict.fromkeys(row.name for row in rows))
    if not names:
        return
    if may_say(tx, relationship, Kind.DATA_REQUEST):
        for begin in range(0, len(names), MOST_NAMES):
            request = acts.DataRequest(right=DataRight.ERASURE, fields=names[begin : begin + MOST_NAMES])
            hold(tx, means, relationship.id, request, not_before=not_before)
        return
    for row in rows:
        tx.set_row_state(row.seq, LedgerState.ERASURE_ASKED)
    usual: Words = lambda language, number, name: time_over(language, names, number=number, name=name)  # noqa: E731 - one use
    say_or_write(tx, means, relationship, words or usual, source=source, not_before=not_before)
    chase(tx, means, relationship, relationship.id, names)


def say_or_write(
    tx: Transaction,
    means: Means,
    relationship: Relationship,
    words: Words,
    *,
    source: str = "",
    not_before: datetime | None = None,
) -> str:
    """Say it as a message where the vendor's program takes one, else draft a letter; the draft's id, or ""."""
    vendor = tx.vendor(relationship.vendor)
    if vendor is None:
        raise NotFound(relationship.vendor)
    text = words(language_for(tx, vendor), vendor.number, sender_name(tx))
    if may_say(tx, relationship, Kind.MESSAGE):
        hold(tx, means, relationship.id, acts.Message(text=text.body), not_before=not_before)
        return ""
    until = means.clock.today() + _LETTER_DATA
    drafted = draft(
        tx, means, vendor, text, about=LetterAbout.RIGHTS, relationship=relationship.id, source=source, until=until
    )
    return drafted.id


def asked(tx: Transaction, means: Means, relationship: Relationship, fields: Iterable[str]) -> None:
    """An erasure request was signed: what it names (all, when it names nothing) counts as asked for from now on."""
    wanted = frozenset(fields)
    rows = [row for row in tx.ledger(relationship=relationship.id) if row.state in STILL_THERE]
    told = [row for row in rows if row.stage is not Stage.PING and (not wanted or row.name in wanted)]
    for row in told:
        tx.set_row_state(row.seq, LedgerState.ERASURE_ASKED)
    if told:
        names = [row.name for row in told]
        chase(tx, means, relationship, relationship.id, names)
        note(tx, means, relationship.id, "erasure-asked", listed(names))


def chase(tx: Transaction, means: Means, relationship: Relationship, key: str, names: Iterable[str]) -> None:
    """Put the day on the agenda by which the vendor should have answered."""
    tx.put_agenda(
        AgendaItem(
            kind=AgendaKind.ERASURE_DUE,
            due=means.clock.today() + timedelta(days=CLOCK_DAYS),
            key=key,
            relationship=relationship.id,
            vendor=relationship.vendor,
            text=listed(names),
        )
    )


def listed(names: Iterable[str]) -> str:
    """The fields by their names, each once, a line each; whoever shows it says them in words (`asked_fields`)."""
    return "\n".join(dict.fromkeys(names))


def note(
    tx: Transaction, means: Means, key: RelationshipId, kind: str, text: str = "", sender: Side = Side.PERSON
) -> None:
    """One line of the story."""
    tx.add_note(Note(relationship=key, at=means.clock.now(), sender=sender, kind=kind, text=text))
