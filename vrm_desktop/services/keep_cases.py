"""Cases: opened, gone on with, answered and ended by the person; over the wire where that is possible, else by letter.

What the vendor says in them is taken in by `hear_cases`.
"""

from dataclasses import dataclass, replace
from datetime import date

from vrm_desktop.canon import hashes
from vrm_desktop.domain import acts
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.case import Case, CaseStanding, CaseTurn, TurnWord
from vrm_desktop.domain.ids import ActId, Digest, MessageId, RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.letter import Letter, LetterAbout
from vrm_desktop.domain.living import CaseAbout, CaseWord, Remedy
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.promise import Promise, PromiseOf, PromiseState
from vrm_desktop.domain.relationship import Note, Relationship
from vrm_desktop.formats.claim_letters import case_letter
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import by_wire
from vrm_desktop.services.write_instead import write

TITLE_LENGTH = 80
_ENDS = frozenset({CaseWord.RESOLVED, CaseWord.UNRESOLVED, CaseWord.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CaseDraft:
    """What the person says to open a case. `about_order`: it is about the order of this relationship."""

    about: CaseAbout
    what: str
    want: Remedy
    about_order: bool = False
    amount: Money | None = None
    by: date | None = None
    received: date | None = None
    evidence: tuple[MessageId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SaidInCase:
    """The case after the person's turn, and the letter that says it where it does not go over the wire."""

    case: Case
    letter: Letter | None
    changes: Changes


async def open_case(means: Means, key: RelationshipId, said: CaseDraft) -> SaidInCase:
    """Open a case in the file of a relationship, also of one that has ended.

    Raises:
        NotFound: no such relationship, or a message named as evidence is none of it. InvalidValue: it says nothing, or
        too much. NotPossibleNow: the day is past, or it is about an order that is not there.
    """

    def change(tx: Transaction) -> SaidInCase:
        owner = _owner(tx, key)
        _check_day(means, said.by)
        journal = {row.message for row in tx.journal(key)}
        for message in said.evidence:
            if message not in journal:
                raise NotFound(message)
        order = tx.order(key)
        if said.about_order and order is None:
            raise NotPossibleNow("nothing was ordered here")
        found = Case(
            id=means.new_id("case"),
            vendor=owner.vendor,
            relationship=key,
            at=means.clock.now(),
            about=said.about,
            what=said.what.strip(),
            want=said.want,
            order=order.hash if said.about_order and order is not None else None,
            amount=said.amount,
            by=said.by,
            received=said.received,
            evidence=said.evidence,
        )
        act = acts.Case(
            about=found.about,
            what=found.what,
            want=found.want,
            order=found.order,
            amount=found.amount,
            by=found.by,
            evidence=found.evidence,
        )
        turn = _turn(means, TurnWord.OPENED, found.what, due=found.by)
        return _say(tx, means, found, turn, act)

    return await means.vault.write(change)


async def go_on(means: Means, key: str, text: str, by: date | None) -> SaidInCase:
    """Remind, or say more, perhaps with another day; a case that was put down as unresolved is taken up again.

    Raises:
        NotFound: no such case. InvalidValue: it says nothing. NotPossibleNow: it was resolved or withdrawn, its opening
        has not left yet, or the day is past.
    """

    def change(tx: Transaction) -> SaidInCase:
        found = _found(tx, key)
        if found.standing in {CaseStanding.RESOLVED, CaseStanding.WITHDRAWN}:
            raise NotPossibleNow(found.standing.value)
        _check_day(means, by)
        words = text.strip()
        if not words:
            raise NotPossibleNow("there is nothing said")
        day = by or found.by
        named = day if day is not None and day >= means.clock.today() else None
        act = acts.Case(
            about=found.about,
            what=words,
            want=found.want,
            case=found.opened,
            order=found.order,
            amount=found.amount,
            by=named,
        )
        return _say(tx, means, found, _turn(means, TurnWord.WENT_ON, words, due=named), act)

    return await means.vault.write(change)


async def answer(means: Means, key: str, word: CaseWord, text: str) -> SaidInCase:
    """Answer the vendor's last proposal, or say how the case ended.

    Raises:
        NotFound: no such case. NotPossibleNow: there is nothing to accept or refuse, it is over, or its opening has not
        left yet (but it can be withdrawn then, and never leaves).
    """

    def change(tx: Transaction) -> SaidInCase:
        found, waits = _found(tx, key), None
        if found.over:
            raise NotPossibleNow(found.standing.value)
        if word not in _ENDS:
            waits = found.unanswered
            if waits is None or (word is CaseWord.ACCEPT and waits.word is not TurnWord.PROPOSAL):
                raise NotPossibleNow("there is no proposal to answer")
        plain = text.strip()
        turn = _turn(means, TurnWord(word.value), plain)
        if word is CaseWord.ACCEPT and waits is not None:
            turn = replace(turn, remedy=waits.remedy, amount=waits.amount, due=waits.due)
        if word in _ENDS and _take_back_opening(tx, found):
            return _kept(tx, means, found.said(turn), None)
        on_wire = waits.message if waits is not None and waits.word is not TurnWord.REFUND else None
        act = acts.CaseReply(case=found.opened or MessageId(""), answer=word, of=on_wire, text=plain)
        return _say(tx, means, found, turn, act)

    return await means.vault.write(change)


async def note_answer(means: Means, key: str, turn: CaseTurn) -> Changes:
    """Keep what the counterparty answered by letter, by mail or on the telephone, as the person tells it.

    Raises:
        NotFound: no such case. NotPossibleNow: it is not the vendor's turn that is told.
    """
    if turn.by is not Side.VENDOR or turn.message is not None:
        raise NotPossibleNow("only the vendor's unsigned words are noted")

    def change(tx: Transaction) -> Changes:
        return move(tx, means, _found(tx, key), turn)

    return await means.vault.write(change)


async def attach(means: Means, key: str, name: str, media: str, data: bytes) -> Changes:
    """Attach a document to a case: it stays here, and goes nowhere by itself.

    Raises:
        NotFound: no such case. InvalidValue: no name, or too large.
    """

    def change(tx: Transaction) -> Changes:
        found = _found(tx, key)
        document = Attachment(
            id=means.new_id("attachment"),
            of="case",
            paper=key,
            name=name,
            media=media,
            size=len(data),
            digest=Digest(hashes.digest(data)),
            at=means.clock.now(),
            vendor=found.vendor,
            relationship=found.relationship,
        )
        tx.attach(document, data)
        return Changes.of(("case", key), ("relationship", found.relationship))

    return await means.vault.write(change)


def move(tx: Transaction, means: Means, found: Case, turn: CaseTurn) -> Changes:
    """Inside one transaction: the vendor's turn, with the promises it makes or keeps, and the dates that follow."""
    heard = found.heard(turn)
    if not found.over:
        _promise(tx, means, found, turn)
    return _kept(tx, means, heard, None).changes


def _say(
    tx: Transaction,
    means: Means,
    found: Case,
    turn: CaseTurn,
    act: acts.Case | acts.CaseReply,
) -> SaidInCase:
    """Say a turn over the wire if the case lives there, else as a letter; a quiet end needs neither."""
    owner = _owner(tx, found.relationship)
    kind = acts.KIND_OF[type(act)]
    wired = found.opened is not None or turn.word is TurnWord.OPENED
    if not wired and _waits(tx, found):
        raise NotPossibleNow("its opening has not left yet")
    if wired and by_wire(tx, owner, kind) and by_wire(tx, owner, Kind.CASE):
        said = found.said(replace(turn, act=hold(tx, means, owner.id, act)))
        return _kept(tx, means, said, None)
    if turn.word in {TurnWord.RESOLVED, TurnWord.UNRESOLVED}:
        return _kept(tx, means, found.said(turn), None)
    letter = write(
        tx,
        means,
        owner,
        LetterAbout.CASE,
        found.id,
        lambda language, name: case_letter(language, found, turn, name=name),
    )
    return _kept(tx, means, found.said(replace(turn, letter=letter.id)), letter)


def _kept(tx: Transaction, means: Means, found: Case, letter: Letter | None) -> SaidInCase:
    tx.keep_paper(found)
    last = found.turns[-1]
    if last.by is Side.PERSON:
        if last.word is TurnWord.ACCEPT:
            _make(tx, means, found, PromiseOf.REMEDY, last)
        _settle_at_end(tx, means, found)
        note = Note(
            relationship=found.relationship,
            at=last.at,
            sender=Side.PERSON,
            kind=f"case-{last.word}",
            text=found.what[:TITLE_LENGTH],
        )
        tx.add_note(note)
    _date(tx, found)
    things = [("case", found.id), ("relationship", found.relationship), ("agenda", found.id)]
    if letter is not None:
        things.append(("letter", letter.id))
    return SaidInCase(case=found, letter=letter, changes=Changes.of(*things))


def _promise(tx: Transaction, means: Means, found: Case, turn: CaseTurn) -> None:
    """What the vendor's turn promises, and what it keeps: an answer that it promised has come with any other word."""
    today = means.clock.today()
    if turn.word is TurnWord.RECEIVED:
        if turn.due is not None:
            _make(tx, means, found, PromiseOf.ANSWER, turn)
        return
    for one in _open_promises(tx, found, PromiseOf.ANSWER):
        tx.keep_paper(one.kept(today, turn.message))
    if turn.word is TurnWord.ACCEPTED:
        _make(tx, means, found, PromiseOf.REMEDY, turn)


def _make(tx: Transaction, means: Means, found: Case, of: PromiseOf, turn: CaseTurn) -> None:
    tx.keep_paper(
        Promise(
            id=means.new_id("promise"),
            vendor=found.vendor,
            of=of,
            what=(turn.text or found.what)[:1000],
            at=turn.at,
            due=turn.due,
            source=found.id,
            relationship=found.relationship,
        )
    )


def _settle_at_end(tx: Transaction, means: Means, found: Case) -> None:
    """Only the person's word settles what was promised as a remedy: kept on the day the vendor said so, or broken."""
    if not found.over:
        return
    done = [turn for turn in found.turns if turn.word in {TurnWord.DONE, TurnWord.REFUND}]
    today = means.clock.today()
    for one in (*_open_promises(tx, found, PromiseOf.REMEDY), *_open_promises(tx, found, PromiseOf.ANSWER)):
        match found.standing:
            case CaseStanding.RESOLVED if done:
                tx.keep_paper(one.kept(min(today, done[-1].at.date()), done[-1].message))
            case CaseStanding.RESOLVED:
                tx.keep_paper(one.kept(today))
            case CaseStanding.UNRESOLVED:
                tx.keep_paper(one.broken(today))
            case _:
                tx.keep_paper(one.waived(today))


def _open_promises(tx: Transaction, found: Case, of: PromiseOf) -> tuple[Promise, ...]:
    kept = tx.papers(Promise, relationship=found.relationship)
    return tuple(one for one in kept if (one.source, one.of, one.state) == (found.id, of, PromiseState.OPEN))


def _date(tx: Transaction, found: Case) -> None:
    """The one date that matters now: the remedy that was promised, else the day until which the person wants it."""
    promised = [one.due for one in _open_promises(tx, found, PromiseOf.REMEDY) if one.due is not None]
    due = max(promised) if promised else found.by
    there = next((one for one in tx.agenda() if (one.kind, one.key) == (AgendaKind.CASE_DUE, found.id)), None)
    if found.over or due is None:
        if there is not None and not there.done:
            tx.put_agenda(replace(there, done=True))
        return
    item = AgendaItem(
        kind=AgendaKind.CASE_DUE,
        due=due,
        key=found.id,
        relationship=found.relationship,
        vendor=found.vendor,
        text=found.what[:TITLE_LENGTH],
    )
    tx.put_agenda(item)


def _turn(means: Means, word: TurnWord, text: str, due: date | None = None) -> CaseTurn:
    return CaseTurn(by=Side.PERSON, at=means.clock.now(), word=word, text=text, due=due)


def _check_day(means: Means, by: date | None) -> None:
    if by is not None and by < means.clock.today():
        raise NotPossibleNow("the day is past")


def _waits(tx: Transaction, found: Case) -> tuple[ActId, ...]:
    """The acts of this case that have not been sealed yet."""
    held = {entry.id for entry in tx.acts(states=frozenset({ActState.HELD}), relationship=found.relationship)}
    return tuple(turn.act for turn in found.turns if turn.act in held and turn.act is not None)


def _take_back_opening(tx: Transaction, found: Case) -> bool:
    """Whether the opening still waited here: it is undone, and the vendor never hears of the case."""
    if found.opened is not None:
        return False
    waits = _waits(tx, found)
    for key in waits:
        entry = tx.act(key)
        if entry is not None:
            tx.update_act(replace(entry, state=ActState.UNDONE))
    return bool(waits)


def _owner(tx: Transaction, key: RelationshipId) -> Relationship:
    found = tx.relationship(key)
    if found is None:
        raise NotFound(key)
    return found


def _found(tx: Transaction, key: str) -> Case:
    found = tx.paper(Case, key)
    if found is None:
        raise NotFound(key)
    return found
