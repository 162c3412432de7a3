"""Letters to counterparties: drafted, handed out for the person to send, and told to have gone.

What a letter tells stands in the ledger before the letter leaves the vault, resting on the person's own act or on
terms accepted in writing. The program sends none of them by itself.
"""

from collections.abc import Iterable
from datetime import date

from vrm_desktop.canon import hashes
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.disclosure import LedgerState, PlannedField
from vrm_desktop.domain.ids import MessageId, VendorId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import Note, OrderState
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.letter_template import open_places
from vrm_desktop.services import outside_acts
from vrm_desktop.services.act_basis import basis_of
from vrm_desktop.services.errors import DayNotPossible, LetterUnfinished, NotFound, NotPossibleNow
from vrm_desktop.services.follow_letters import letter_went
from vrm_desktop.services.ledger_rows import row
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

CHANNEL = "letter"
_SENDER = (
    (FieldPath.NAME,),
    (FieldPath.STREET,),
    (FieldPath.POSTCODE, FieldPath.LOCALITY),
    (FieldPath.COUNTRY,),
)


def keep_draft(tx: Transaction, letter: Letter) -> Letter:
    """Keep a draft, or the same draft changed.

    Raises:
        NotPossibleNow: it was handed out already.
    """
    there = tx.paper(Letter, letter.id)
    if letter.state is not LetterState.DRAFT or (there is not None and there.state is not LetterState.DRAFT):
        raise NotPossibleNow("a letter that was handed out stays as it is")
    tx.keep_paper(letter)
    return letter


async def save(means: Means, letter: Letter) -> Letter:
    """Keep a draft (see `keep_draft`)."""
    return await means.vault.write(lambda tx: keep_draft(tx, letter))


async def letters(means: Means, vendor: VendorId | None = None) -> tuple[Letter, ...]:
    """All letters, or those to one counterparty, the newest first."""
    return await means.vault.read(lambda tx: tuple(reversed(tx.papers(Letter, vendor=vendor))))


async def letter(means: Means, key: str) -> Letter:
    """One letter.

    Raises:
        NotFound: none under this id.
    """
    return await means.vault.read(lambda tx: _found(tx, key))


async def hand_out(means: Means, key: str) -> Letter:
    """Let a letter leave the vault: its values are in the ledger now, as leaving. Doing it again changes nothing.

    Raises:
        NotFound: no such letter. NotPossibleNow: the person said that it will not be sent.
        LetterUnfinished: something that its template left open is not filled in yet.
    """

    def change(tx: Transaction) -> Letter:
        found = _found(tx, key)
        if found.state is LetterState.DRAFT and open_places(f"{found.subject}\n{found.body}"):
            raise LetterUnfinished(key)
        if found.state is LetterState.DROPPED:
            raise NotPossibleNow(found.state.value)
        if found.state is not LetterState.DRAFT:
            return found
        out = found.handed_out()
        _write_ledger(tx, means, out)
        tx.keep_paper(out)
        return out

    return await means.vault.write(change)


async def sent(means: Means, key: str, on: date | None = None) -> Changes:
    """Note that the person sent it, today or `on` an earlier day.

    Raises:
        NotFound: no such letter. NotPossibleNow: it was not handed out. DayNotPossible: it is to come.
    """

    def change(tx: Transaction) -> Changes:
        return mark_sent(tx, means, key, on or means.clock.today())

    return await means.vault.write(change)


def mark_sent(tx: Transaction, means: Means, key: str, on: date) -> Changes:
    """Inside one transaction: the letter went on that day (see `sent`)."""
    found = _found(tx, key)
    if found.state is not LetterState.HANDED_OUT:
        raise NotPossibleNow(found.state.value)
    if on > means.clock.today():
        raise DayNotPossible(on.isoformat())
    tx.keep_paper(found.went(on))
    tx.set_ledger_state(message_of(found), LedgerState.SENT)
    tx.add_note(
        Note(
            relationship=found.relationship,
            at=means.clock.now(),
            sender=Side.PERSON,
            kind="letter-sent",
            text=found.subject,
        )
    )
    followed = letter_went(tx, means, found, on)
    return Changes.of(("letter", key), ("relationship", found.relationship), ("ledger", found.vendor), *followed)


async def drop(means: Means, key: str) -> Changes:
    """Note that a letter will not be sent.

    Raises:
        NotFound: no such letter. NotPossibleNow: it was sent.
    """

    def change(tx: Transaction) -> Changes:
        found = _found(tx, key)
        if found.state is LetterState.SENT:
            raise NotPossibleNow(found.state.value)
        tx.keep_paper(found.dropped())
        tx.set_ledger_state(message_of(found), LedgerState.NOT_SENT)
        changes = Changes.of(("letter", key), ("relationship", found.relationship), ("ledger", found.vendor))
        return changes | _not_ordered(tx, found)

    return await means.vault.write(change)


def _not_ordered(tx: Transaction, letter: Letter) -> Changes:
    """Where the letter was to carry an order, the offer stands as before."""
    order = tx.order(letter.relationship)
    offer = tx.offer(order.offer) if order is not None and order.state is OrderState.PLACED else None
    own = (one for one in tx.papers(Attachment) if one.of == "letter" and one.paper == letter.id)
    if order is None or offer is None or all(one.digest != order.hash for one in own):
        return Changes()
    return outside_acts.reopen(tx, offer)


def message_of(letter: Letter) -> MessageId:
    """What stands for the letter in the ledger: a hash over its id and its words."""
    return MessageId(hashes.digest(f"letter\n{letter.id}\n{letter.words}".encode()))


def address_lines(tx: Transaction) -> tuple[str, ...]:
    """The person's own name and address as the lines of a letter's sender; what the profile lacks is left out."""
    values = {field.path: field.value for field in reversed(tx.profile())}
    lines = (" ".join(values[path] for path in paths if path in values) for paths in _SENDER)
    return tuple(line for line in lines if line)


def recipient_lines(vendor: Counterparty) -> tuple[str, ...]:
    """The counterparty's name and postal address as lines; the name stands once."""
    lines = tuple(line.strip() for line in vendor.postal.splitlines() if line.strip())
    return lines if lines and lines[0].casefold() == vendor.name.casefold() else (vendor.name, *lines)


def told_once(fields: Iterable[PlannedField]) -> tuple[PlannedField, ...]:
    """The fields, each name once: what stands twice in a letter is told once."""
    return tuple({field.name: field for field in fields}.values())


def _write_ledger(tx: Transaction, means: Means, out: Letter) -> None:
    owner = tx.relationship(out.relationship)
    if owner is None:
        raise NotFound(out.relationship)
    basis = basis_of(tx, out.relationship, Way.LETTER)
    message, now = message_of(out), means.clock.now()
    for field in out.tells:
        tx.append_ledger(row(owner, field, message=message, at=now, basis=basis, channel=CHANNEL))


def _found(tx: Transaction, key: str) -> Letter:
    found = tx.paper(Letter, key)
    if found is None:
        raise NotFound(key)
    return found
