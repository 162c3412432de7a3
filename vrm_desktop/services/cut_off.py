"""A leak reported and tied to the agreement that it breaks; and letting go of a counterparty in one act.

Cutting off retires the address that it alone had, takes back what was about to leave, stops every automatic answer,
objects, withdraws consents and asks for erasure: over the wire where its program listens, else by a letter, with the
evidence attached. The relationship itself stays, to claim and to prove; ending it is another act.
"""

from dataclasses import dataclass, replace
from datetime import date

from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain import acts
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.disclosure import LedgerState, PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import Digest, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.leak import Leak, ReplyReference
from vrm_desktop.domain.letter import LetterAbout
from vrm_desktop.domain.living import DataRight, NoticeAbout
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import AgreementState, Relationship
from vrm_desktop.formats.cut_off_letters import cutting_off, objecting
from vrm_desktop.services import make_bundle, reply_references
from vrm_desktop.services.ask_erasure import STILL_THERE, chase, note
from vrm_desktop.services.draft_letters import draft, language_for, sender_name
from vrm_desktop.services.errors import AddressNotGiven, AddressShared, DayNotPossible, NotFound
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.keep_consents import withdraw_all
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.let_go import mark
from vrm_desktop.services.make_bundle import Choice
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import by_wire

_YEARS = 3


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CutOff:
    """What was done: addresses retired, notices on the wire, drafts of letters (ids), evidence attached (ids)."""

    retired: tuple[str, ...]
    said: tuple[Kind, ...]
    letters: tuple[str, ...]
    evidence: tuple[str, ...]
    changes: Changes


async def report_leak(means: Means, address: str, *, what: str = "", on: date | None = None) -> Leak:
    """Keep that this address was used by somebody else, tied to the one counterparty that had it.

    Raises:
        AddressNotGiven: nobody was. AddressShared: several have it, so that it proves nothing about one.
        DayNotPossible: the day is still to come.
    """

    def change(tx: Transaction) -> Leak:
        day = on or means.clock.today()
        if day > means.clock.today():
            raise DayNotPossible(day.isoformat())
        vendor, relationship = _bearer(tx, address.strip())
        agreement, roster = _broken(tx, relationship)
        leak = Leak(
            id=means.new_id("leak"),
            vendor=vendor,
            relationship=relationship.id if relationship is not None else None,
            at=means.clock.now(),
            on=day,
            address=address.strip(),
            what=what.strip(),
            agreement=agreement,
            roster=roster,
        )
        tx.keep_paper(leak)
        if relationship is not None:
            note(tx, means, relationship.id, "leak", leak.address)
        return leak

    return await means.vault.write(change)


async def leaks(means: Means) -> tuple[Leak, ...]:
    """Every leak that was reported, the newest first."""
    return await means.vault.read(lambda tx: tuple(sorted(tx.papers(Leak), key=lambda one: one.at, reverse=True)))


async def cut_off(means: Means, vendor: VendorId, leak: str = "") -> CutOff:
    """Let go of a counterparty, on account of a leak (its id) or without giving one. Doing it again says it again.

    Raises:
        NotFound: no such counterparty, or no such leak of it.
    """
    evidence = await _evidence(means, leak) if leak else ()

    def change(tx: Transaction) -> CutOff:
        found = tx.paper(Leak, leak) if leak else None
        if tx.vendor(vendor) is None or (leak and (found is None or found.vendor != vendor)):
            raise NotFound(leak or vendor)
        today = means.clock.today()
        retired = reply_references.retire(tx, means, vendor)
        mark(tx, vendor, today)
        if found is not None:
            tx.keep_paper(replace(found, cut_off=today))
        said: list[Kind] = []
        letters: list[str] = []
        for owner in _files(tx, means, vendor):
            for entry in tx.acts(states=frozenset({ActState.HELD}), relationship=owner.id):
                if not isinstance(entry.act, acts.End | acts.WithdrawCast):
                    tx.update_act(replace(entry, state=ActState.UNDONE))
            withdraw_all(tx, means, owner.id)
            wire = _say(tx, means, owner, found, retired=bool(retired))
            said += wire
            if not wire and not letters:
                letters += _write(tx, means, owner, found, retired)
            note(tx, means, owner.id, "cut-off", ", ".join(retired))
        changes = Changes.of(*(("relationship", one.id) for one in tx.relationships()), ("ledger", vendor))
        return CutOff(retired=retired, said=tuple(said), letters=tuple(letters), evidence=evidence, changes=changes)

    return await means.vault.write(change)


async def take_back(means: Means, vendor: VendorId) -> Changes:
    """Deal with it as usual again; addresses that were retired stay so.

    Raises:
        NotFound: no such counterparty.
    """

    def change(tx: Transaction) -> Changes:
        if tx.vendor(vendor) is None:
            raise NotFound(vendor)
        mark(tx, vendor, None)
        return Changes.of(("vendor", vendor))

    return await means.vault.write(change)


def _bearer(tx: Transaction, address: str) -> tuple[VendorId, Relationship | None]:
    """Who alone was given this address, and in which relationship."""
    wanted = address.casefold()
    rows = [row for row in tx.ledger() if row.value.casefold() == wanted and row.state is not LedgerState.NOT_SENT]
    references = [one.vendor for one in tx.papers(ReplyReference) if one.address.casefold() == wanted]
    bearers = {*references, *(row.vendor for row in rows)}
    if not bearers:
        raise AddressNotGiven(address)
    if len(bearers) > 1:
        raise AddressShared(address)
    vendor = bearers.pop()
    keys = [row.relationship for row in rows] or [one.id for one in tx.relationships() if one.vendor == vendor]
    return vendor, tx.relationship(keys[-1]) if keys else None


def _broken(tx: Transaction, owner: Relationship | None) -> tuple[Digest | None, str]:
    """The last agreement that both signed: what is told rests on it."""
    if owner is None:
        return None, ""
    signed = [one for one in tx.agreements(owner.id) if one.state is AgreementState.SIGNED]
    told = [row.agreement for row in tx.ledger(relationship=owner.id) if row.agreement is not None]
    for one in signed:
        if told and one.hash == told[-1]:
            return one.hash, one.roster
    return (signed[-1].hash, signed[-1].roster) if signed else (None, "")


async def _evidence(means: Means, leak: str) -> tuple[str, ...]:
    """A bundle that shows the address and nothing else, attached to the leak; none where nothing was signed."""
    found = await means.vault.read(lambda tx: tx.paper(Leak, leak))
    if found is None or found.relationship is None:
        return ()
    key = found.relationship
    choosable = await make_bundle.choosable(means, key)
    if not choosable.messages:
        return ()
    shown = frozenset(one.name for one in choosable.values if one.value.casefold() == found.address.casefold())
    made = await make_bundle.make(means, key, Choice(names=shown))

    def attach(tx: Transaction) -> str:
        attachment = Attachment(
            id=means.new_id("attachment"),
            of="leak",
            paper=leak,
            name="proof.zip",
            media="application/zip",
            size=len(made.data),
            digest=Digest(digest(made.data)),
            at=means.clock.now(),
            vendor=found.vendor,
            relationship=key,
        )
        tx.attach(attachment, made.data)
        return attachment.id

    return (await means.vault.write(attach),)


def _files(tx: Transaction, means: Means, vendor: VendorId) -> tuple[Relationship, ...]:
    """Every relationship with it in which something of the person is known, and at least the one letters go to."""
    known = [one for one in tx.relationships() if one.vendor == vendor and _told(tx, one.id)]
    return tuple(known) or (file_of(tx, means, vendor),)


def _told(tx: Transaction, key: RelationshipId) -> bool:
    still = {*STILL_THERE, LedgerState.ERASURE_ASKED}
    return any(row.stage is not Stage.PING and row.state in still for row in tx.ledger(relationship=key))


def _say(tx: Transaction, means: Means, owner: Relationship, leak: Leak | None, *, retired: bool) -> list[Kind]:
    """On the wire no value is repeated: both sides hold the message that told it."""
    said = []
    if by_wire(tx, owner, Kind.NOTICE):
        if retired:
            hold(tx, means, owner.id, acts.Notice(about=NoticeAbout.REFERENCE_RETIRED))
        hold(tx, means, owner.id, acts.Notice(about=NoticeAbout.OBJECTION, text=_reason(tx, owner, leak)))
        said.append(Kind.NOTICE)
    if by_wire(tx, owner, Kind.DATA_REQUEST):
        hold(tx, means, owner.id, acts.DataRequest(right=DataRight.ERASURE))
        said.append(Kind.DATA_REQUEST)
    return said


def _reason(tx: Transaction, owner: Relationship, leak: Leak | None) -> str:
    vendor = tx.vendor(owner.vendor)
    if leak is None or vendor is None or leak.agreement is None:
        return ""
    wanted = leak.address.casefold()
    told = [row.message for row in tx.ledger(relationship=owner.id) if row.value.casefold() == wanted]
    if not told:
        return ""
    language = language_for(tx, vendor)
    return objecting(language, on=leak.on, terms=leak.roster, agreement=leak.agreement, message=told[-1])


def _write(
    tx: Transaction, means: Means, owner: Relationship, leak: Leak | None, retired: tuple[str, ...]
) -> tuple[str, ...]:
    vendor = tx.vendor(owner.vendor)
    if vendor is None:
        raise NotFound(owner.vendor)
    address = leak.address if leak is not None else (retired[0] if retired else "")
    text = cutting_off(
        language_for(tx, vendor),
        address=address,
        on=leak.on if leak is not None else None,
        terms=leak.roster if leak is not None else "",
        retired=bool(retired),
        number=vendor.number,
        name=sender_name(tx),
    )
    today = means.clock.today()
    until = today.replace(year=today.year + _YEARS, day=min(today.day, 28))
    letter = draft(
        tx,
        means,
        vendor,
        text,
        about=LetterAbout.CUT_OFF,
        relationship=owner.id,
        source=leak.id if leak is not None else "",
        until=until,
        tells=(_address(address, until),) if address else (),
    )
    rows = [row for row in tx.ledger(relationship=owner.id) if row.state in STILL_THERE]
    for row in rows:
        tx.set_row_state(row.seq, LedgerState.ERASURE_ASKED)
    chase(tx, means, owner, owner.id, [row.name for row in rows])
    return (letter.id,)


def _address(address: str, until: date) -> PlannedField:
    """That the letter names the address."""
    return PlannedField(
        name=f"profile.{FieldPath.EMAIL.value}",
        value=address,
        stage=Stage.LATER,
        purpose=Purpose.RIGHTS,
        until=until,
        source=Source.PROFILE,
    )
