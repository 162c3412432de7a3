"""Change once: a new address is told to everybody who may have it, in one act, and everybody's receipt is kept.

Over the wire where the counterparty understands it, as a letter where not. On a day to come, what goes over the wire
waits for that day, and so do the new values; letters name the day and can go before it. Until something has left, it
can be taken back.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from vrm_desktop.domain import acts
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.change import HOLDS, Change, Choice, Told, Way
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.ids import ActId, MessageId, RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.letter import Letter, LetterAbout, LetterState
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import Note, RelationshipState
from vrm_desktop.formats.plain_letters import ChangedValue, erasing, telling
from vrm_desktop.services.draft_letters import draft, language_for, sender_name
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.means import Means
from vrm_desktop.services.plan_change import Holder, Outdated, busy, plan_in, under_way
from vrm_desktop.services.ports import Changes, Transaction

ANSWER_DAYS = timedelta(days=14)
"""How long a counterparty has before the agenda says that it has not confirmed a change."""
_LETTER_USE = timedelta(days=365)


async def tell(
    means: Means,
    choices: Mapping[RelationshipId, Choice],
    new: Mapping[FieldPath, str] | None = None,
    since: date | None = None,
    *,
    pause: int = 0,
) -> Change:
    """Carry a plan out: `choices` says what each counterparty on it gets; one that it does not name gets nothing.

    What goes over the wire leaves after `pause` seconds, or on the day `since` if that is to come.

    Raises:
        NotFound: somebody who is not on the plan any more, or a field that the profile has not.
        NotPossibleNow: the day has passed, nothing is new, or somebody may not be told.
    """
    today = means.clock.today()
    day = since or today
    if day < today:
        raise NotPossibleNow("the day has passed")

    def change(tx: Transaction) -> Change:
        plan = plan_in(tx, means, new or {}, day, busy(tx))
        if not plan.values and not plan.holders:
            raise NotPossibleNow("nothing is new")
        made = Change(id=means.new_id("change"), at=means.clock.now(), since=day, values=plan.values, applied=not new)
        chosen = [(plan.of(key), choice) for key, choice in choices.items() if choice is not Choice.LEAVE]
        for holder, choice in chosen:
            if not holder.can(choice):
                raise NotPossibleNow(choice.value)
        if day <= today:
            made = _apply(tx, means, made)
        told = [one for holder, choice in chosen for one in _say(tx, means, made, holder, choice, pause=pause)]
        made = made.with_told(told)
        tx.keep_paper(made)
        if day > today:
            tx.put_agenda(AgendaItem(kind=AgendaKind.CHANGE_DUE, due=day, key=made.id, text=_first_words(made)))
        _expect_answers(tx, made, day)
        return made

    return await means.vault.write(change)


async def take_back(means: Means, key: str) -> Change:
    """Take back what has not left: acts that are held, letters that are drafts, values that wait for their day.

    Raises:
        NotFound: no such change. NotPossibleNow: everything has left already.
    """

    def change(tx: Transaction) -> Change:
        found = _found(tx, key)
        kept = tuple(one for one in found.told if not _call_back(tx, one))
        if found.undone or (found.told and len(kept) == len(found.told) and found.applied):
            raise NotPossibleNow("it has left")
        gone = replace(found, told=kept, undone=not kept)
        tx.keep_paper(gone)
        _tick(tx, gone, AgendaKind.CHANGE_DUE)
        if not kept:
            _tick(tx, gone, AgendaKind.CHANGE_UNANSWERED)
        return gone

    return await means.vault.write(change)


async def confirmed(means: Means, key: str, relationship: RelationshipId) -> Changes:
    """Note that a counterparty said it has done what it was asked: by a letter, on the telephone.

    Raises:
        NotFound: no such change, or it was not told to them.
    """

    def change(tx: Transaction) -> Changes:
        found = _found(tx, key)
        theirs = [one for one in found.told if one.relationship == relationship]
        if not theirs:
            raise NotFound(relationship)
        return _receive(tx, means, found, theirs)

    return await means.vault.write(change)


def acknowledged(tx: Transaction, means: Means, relationship: RelationshipId, of: MessageId) -> None:
    """An acknowledgement of the message `of` came; where it tells of a change, its receipt stands now."""
    for change in tx.papers(Change):
        for one in change.told:
            entry = tx.act(one.act) if one.relationship == relationship and one.act is not None else None
            if entry is not None and entry.message == of:
                _receive(tx, means, change, [one])
                return


async def watch(means: Means) -> Changes:
    """What comes with the day: changes that take effect, old values whose erasure was asked for, receipts that lack.

    Doing it again changes nothing.
    """
    today = means.clock.today()

    def step(tx: Transaction) -> Changes:
        changes = Changes()
        for one in tx.papers(Change):
            if one.undone:
                continue
            if not one.applied and one.since <= today:
                one = _take_effect(tx, means, one)  # noqa: PLW2901 - the same change, a day later
                changes |= Changes.of(("change", one.id), ("profile", "all"), ("agenda", one.id))
            for told in one.told:
                if _has_left(tx, told):
                    changes |= _supersede(tx, told)
            if not _waits(tx, one):
                changes |= _tick(tx, one, AgendaKind.CHANGE_UNANSWERED)
        return changes

    return await means.vault.write(step)


def _apply(tx: Transaction, means: Means, change: Change) -> Change:
    """Let the new values stand in the profile."""
    new = {one.field: one.value for one in change.values}
    for field in tx.profile():
        if field.id in new and field.value != new[field.id]:
            tx.save_field(replace(field, value=new[field.id], updated=means.clock.now(), source="manual"))
    return replace(change, applied=True)


def _say(
    tx: Transaction, means: Means, change: Change, holder: Holder, choice: Choice, *, pause: int = 0
) -> tuple[Told, ...]:
    """Tell one counterparty what is new, and ask it to erase what it should not know better."""
    tells = holder.may_tell if choice is Choice.TELL else ()
    erases = holder.to_erase if choice is Choice.TELL else holder.outdated
    waits = change.since > means.clock.today()
    not_before = means.clock.now() + timedelta(seconds=pause)
    said = []
    for asked, outdated, way in ((Choice.TELL, tells, holder.tell_way), (Choice.ERASE, erases, holder.erase_way)):
        if not outdated:
            continue
        told = Told(
            vendor=holder.vendor,
            relationship=holder.relationship,
            choice=asked,
            way=way,
            names=tuple(one.row.name for one in outdated),
        )
        if way is Way.LETTER:
            told = replace(told, letter=_letter(tx, means, change, holder, asked, outdated).id)
        elif not waits:
            told = replace(told, act=_hold(tx, means, told, outdated, not_before))
        said.append(told)
        kind = "change-told" if asked is Choice.TELL else "change-erase"
        _note(tx, means, told.relationship, kind)
    return tuple(said)


def _hold(tx: Transaction, means: Means, told: Told, outdated: tuple[Outdated, ...], not_before: datetime) -> ActId:
    act: acts.Act
    if told.choice is Choice.TELL:
        act = acts.Update(fields=tuple(one.new for one in outdated if one.new is not None))
    else:
        act = acts.DataRequest(right=DataRight.ERASURE, fields=told.names)
    return hold(tx, means, told.relationship, act, not_before=not_before)


def _letter(
    tx: Transaction, means: Means, change: Change, holder: Holder, asked: Choice, outdated: tuple[Outdated, ...]
) -> Letter:
    vendor = tx.vendor(holder.vendor)
    if vendor is None:
        raise NotFound(holder.vendor)
    language, name = language_for(tx, vendor), sender_name(tx)
    if asked is Choice.TELL:
        new = tuple((one.row, one.new) for one in outdated if one.new is not None)
        values = tuple(ChangedValue(name=row.name, old=row.value, new=told.value) for row, told in new)
        text = telling(language, values, since=change.since, number=vendor.number, name=name)
        # The earlier values stand in the letter too; they were told before, under the same names.
        tells = tuple(told for _row, told in new)
        about = LetterAbout.CHANGE
    else:
        tells = tuple(one.planned_old for one in outdated)
        text = erasing(language, tells, number=vendor.number, name=name)
        about = LetterAbout.REQUEST
    return draft(
        tx,
        means,
        vendor,
        text,
        about=about,
        relationship=holder.relationship,
        source=change.id,
        until=means.clock.today() + _LETTER_USE,
        tells=tells,
        sender=None if asked is Choice.TELL else (name,) if name else (),
    )


def _take_effect(tx: Transaction, means: Means, change: Change) -> Change:
    """The day has come: the profile is new, and what waited for it goes; who cannot be told any more is not."""
    asked = {(one.relationship, one.choice) for one in change.told if one.way is Way.WIRE and one.act is None}
    others = busy(tx) - {one.relationship for one in change.told}
    there = {field.id for field in tx.profile()}
    new = {one.path: one.value for one in change.values if one.field in there}
    plan = plan_in(tx, means, new, change.since, others) if new else None
    applied = _apply(tx, means, change)
    said: list[Told] = []
    for holder in plan.holders if plan is not None else ():
        wanted = {choice for relationship, choice in asked if relationship == holder.relationship}
        if wanted:
            choice = Choice.TELL if Choice.TELL in wanted and holder.may_tell else Choice.ERASE
            said += _say(tx, means, applied, holder, choice)
    kept = tuple(one for one in applied.told if (one.relationship, one.choice) not in asked)
    done = replace(applied, told=kept).with_told(said)
    tx.keep_paper(done)
    _tick(tx, done, AgendaKind.CHANGE_DUE)
    return done


def _expect_answers(tx: Transaction, change: Change, day: date) -> None:
    if change.told:
        due = day + ANSWER_DAYS
        tx.put_agenda(AgendaItem(kind=AgendaKind.CHANGE_UNANSWERED, due=due, key=change.id, text=_first_words(change)))


def _receive(tx: Transaction, means: Means, change: Change, theirs: list[Told]) -> Changes:
    now = means.clock.now()
    received = tuple(replace(one, received=one.received or now) for one in theirs)
    moved = change.with_told(received)
    tx.keep_paper(moved)
    changes = Changes.of(("change", change.id), ("ledger", theirs[0].vendor))
    for one in received:
        changes |= _supersede(tx, one)
        _note(tx, means, one.relationship, "change-received", Side.VENDOR)
    if not _waits(tx, moved):
        changes |= _tick(tx, moved, AgendaKind.CHANGE_UNANSWERED)
    return changes


def _has_left(tx: Transaction, told: Told) -> bool:
    if told.letter:
        letter = tx.paper(Letter, told.letter)
        return letter is not None and letter.state is LetterState.SENT
    entry = tx.act(told.act) if told.act is not None else None
    return entry is not None and entry.state is ActState.DELIVERED


def _supersede(tx: Transaction, told: Told) -> Changes:
    """What it knew before is asked to be erased: with a new value, or by the request itself."""
    rows = [row for row in tx.ledger(relationship=told.relationship) if row.name in told.names]
    newest = {row.name: row.seq for row in rows if row.state is not LedgerState.NOT_SENT}
    changed = False
    for row in rows:
        old = told.choice is Choice.ERASE or row.seq < newest.get(row.name, 0)
        if old and row.state in HOLDS and row.state is not LedgerState.LEAVING:
            tx.set_row_state(row.seq, LedgerState.ERASURE_ASKED)
            changed = True
    return Changes.of(("ledger", told.vendor)) if changed else Changes()


def _waits(tx: Transaction, change: Change) -> bool:
    """Whether somebody who was told, or will be, has not confirmed it and still can."""
    for one in change.told:
        owner = tx.relationship(one.relationship)
        over = owner is None or (one.way is Way.WIRE and owner.state is RelationshipState.ENDED)
        if one.received is None and not over and (under_way(tx, one) or _has_left(tx, one)):
            return True
    return False


def _call_back(tx: Transaction, told: Told) -> bool:
    """Whether nothing of it has left; then nothing will."""
    if told.letter:
        letter = tx.paper(Letter, told.letter)
        if letter is not None and letter.state is LetterState.DRAFT:
            tx.keep_paper(letter.dropped())
        return letter is None or letter.state in {LetterState.DRAFT, LetterState.DROPPED}
    entry = tx.act(told.act) if told.act is not None else None
    if entry is not None and entry.state is ActState.HELD:
        tx.update_act(replace(entry, state=ActState.UNDONE))
    return entry is None or entry.state in {ActState.HELD, ActState.UNDONE}


def _tick(tx: Transaction, change: Change, kind: AgendaKind) -> Changes:
    for item in tx.agenda():
        if (item.kind, item.key) == (kind, change.id) and not item.done:
            tx.put_agenda(replace(item, done=True))
            return Changes.of(("agenda", change.id))
    return Changes()


def _note(tx: Transaction, means: Means, relationship: RelationshipId, kind: str, sender: Side = Side.PERSON) -> None:
    tx.add_note(Note(relationship=relationship, at=means.clock.now(), sender=sender, kind=kind, text=""))


def _first_words(change: Change) -> str:
    return ", ".join(one.value for one in change.values)[:200]


def _found(tx: Transaction, key: str) -> Change:
    found = tx.paper(Change, key)
    if found is None:
        raise NotFound(key)
    return found
