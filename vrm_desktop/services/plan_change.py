"""Who holds what is no longer true of me: from the ledger, with what each may be told now and what it should erase.

Only looks; nothing is said from here. A counterparty may have a new value where it has the old one rightly: an
agreement is in force (or the person told it by letter), its purpose is the service, its day has not come, the person
shares the field at all, and no rule for later wishes says never.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.change import HOLDS, MOVING, NOT_FOR_THE_SERVICE, Change, Choice, NewValue, Told, Way, WhyErase
from vrm_desktop.domain.disclosure import LedgerRow, LedgerState, PlannedField, Stage
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import FieldId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.domain.plan import pick
from vrm_desktop.domain.profile import FieldPath, ProfileField, ShareDefault, coarsened
from vrm_desktop.domain.relationship import Relationship, RelationshipState
from vrm_desktop.domain.wish import RuleWord
from vrm_desktop.protocol.agreements import in_force
from vrm_desktop.services.draft_letters import has_address
from vrm_desktop.services.errors import NoAgreement, NotFound
from vrm_desktop.services.keep_rules import ruled
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.reachable import by_wire
from vrm_desktop.services.stored_documents import signed

_OVER = frozenset(
    {
        RelationshipState.ENDED,
        RelationshipState.ENDING,
        RelationshipState.DECLINED,
        RelationshipState.REFUSED,
        RelationshipState.WITHDRAWN,
        RelationshipState.BROKEN,
    }
)
_PROFILE = "profile."


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Outdated:
    """One value that somebody holds and that is no longer true. `why`: it should be erased rather than made new."""

    row: LedgerRow
    path: FieldPath
    new: PlannedField | None
    why: WhyErase | None

    @property
    def planned_old(self) -> PlannedField:
        """The old value, as a letter that asks to erase it tells it."""
        row = self.row
        return PlannedField(
            name=row.name,
            value=row.value,
            stage=Stage.LATER,
            purpose=row.purpose,
            until=row.until,
            source=row.source,
            field=row.field,
            pd=row.pd,
            coarse=row.coarse,
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Holder:
    """One counterparty that holds old values. `tell_way` and `erase_way`: how it would hear of either.

    `addressed`: there is some way to reach it.
    """

    vendor: VendorId
    vendor_name: str
    relationship: RelationshipId
    outdated: tuple[Outdated, ...]
    tell_way: Way
    erase_way: Way
    addressed: bool

    @property
    def may_tell(self) -> tuple[Outdated, ...]:
        """What it may have the new value of."""
        return tuple(one for one in self.outdated if one.new is not None)

    @property
    def to_erase(self) -> tuple[Outdated, ...]:
        """What it should rather erase."""
        return tuple(one for one in self.outdated if one.new is None)

    @property
    def advice(self) -> Choice:
        """What is done unless the person says otherwise."""
        return Choice.TELL if self.may_tell else Choice.ERASE

    def can(self, choice: Choice) -> bool:
        """Whether the person may choose this for it."""
        return choice is not Choice.TELL or bool(self.may_tell)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ChangePlan:
    """What is new, from which day on, and who holds what is old."""

    since: date
    values: tuple[NewValue, ...]
    holders: tuple[Holder, ...]

    def of(self, key: RelationshipId) -> Holder:
        """The holder in that relationship.

        Raises:
            NotFound: it is not on this plan.
        """
        for holder in self.holders:
            if holder.relationship == key:
                return holder
        raise NotFound(key)


async def plan(means: Means, new: Mapping[FieldPath, str] | None = None, since: date | None = None) -> ChangePlan:
    """Whom a change concerns. Without `new`: who holds something else than the profile says by now.

    Whoever is being told already is left out.
    """
    day = since or means.clock.today()
    return await means.vault.read(lambda tx: plan_in(tx, means, new or {}, day, busy(tx)))


def plan_in(
    tx: Transaction, means: Means, new: Mapping[FieldPath, str], since: date, busy: Collection[RelationshipId]
) -> ChangePlan:
    """The plan inside one transaction; those in `busy` are left out."""
    profile = tx.profile()
    values = tuple(_value(profile, path, value.strip()) for path, value in new.items())
    changed = {one.field: one.value for one in values if one.value != one.before}
    after = tuple(_with(field, changed.get(field.id)) for field in profile)
    concerned = frozenset(one.field for one in values) if new else None
    holders = []
    for relationship in tx.relationships():
        if relationship.id in busy:
            continue
        outdated = _outdated(tx, means, relationship, after, since, concerned)
        if outdated:
            holders.append(_holder(tx, relationship, outdated))
    values = tuple(one for one in values if one.field in changed)
    if not new:
        values = _from_ledger(after, holders)
    return ChangePlan(
        since=since,
        values=values,
        holders=tuple(sorted(holders, key=lambda one: (one.vendor_name.casefold(), one.relationship))),
    )


def busy(tx: Transaction) -> frozenset[RelationshipId]:
    """Who is being told of a change already: nothing has left yet, or it is under way."""
    return frozenset(
        told.relationship
        for change in tx.papers(Change)
        if not change.undone
        for told in change.told
        if under_way(tx, told)
    )


def under_way(tx: Transaction, told: Told) -> bool:
    """Whether it has not left yet, and is not taken back."""
    if told.received is not None:
        return False
    if told.letter:
        letter = tx.paper(Letter, told.letter)
        return letter is not None and letter.state in {LetterState.DRAFT, LetterState.HANDED_OUT}
    entry = tx.act(told.act) if told.act is not None else None
    return told.act is None or (entry is not None and entry.state in {ActState.HELD, ActState.SEALED})


def may_hear(tx: Transaction, relationship: Relationship) -> bool:
    """Whether an agreement is in force in this relationship, both its signatures checked."""
    if relationship.state in _OVER:
        return False
    try:
        signed(tx, relationship, in_force(relationship.conversation.state))
    except NoAgreement:
        return False
    return True


def _outdated(
    tx: Transaction,
    means: Means,
    relationship: Relationship,
    profile: tuple[ProfileField, ...],
    since: date,
    concerned: frozenset[FieldId] | None,
) -> tuple[Outdated, ...]:
    latest: dict[str, LedgerRow] = {}
    for row in tx.ledger(relationship=relationship.id):
        if row.name.startswith(_PROFILE) and row.state is not LedgerState.NOT_SENT:
            latest[row.name] = row
    found = []
    for row in latest.values():
        if row.state not in HOLDS or not row.value:
            continue
        field = _field_of(profile, row)
        if field is None or (concerned is not None and field.id not in concerned):
            continue
        value = _as_told(field, row, since)
        if value is not None and value != row.value:
            why = _why_erase(tx, means, relationship, row, field, since)
            found.append(Outdated(row=row, path=field.path, new=None if why else _planned(row, field, value), why=why))
    return tuple(sorted(found, key=lambda one: MOVING.index(one.path)))


def _field_of(profile: tuple[ProfileField, ...], row: LedgerRow) -> ProfileField | None:
    """The field of the profile that a row told; None where the profile has none any more, or it is no such matter."""
    try:
        path = FieldPath(row.name.removeprefix(_PROFILE))
    except ValueError:
        return None
    if path not in MOVING:
        return None
    fields = [field for field in profile if field.path is path]
    own = next((field for field in fields if field.id == row.field), None)
    if own is None and any(field.value == row.value for field in fields):
        return None
    return own or pick(tuple(fields), path) or next(iter(fields), None)


def _as_told(field: ProfileField, row: LedgerRow, since: date) -> str | None:
    """The field as this row would tell it: in part where it was told in part."""
    if not row.coarse:
        return field.value
    try:
        return coarsened(field.coarse, field.value, since)
    except DomainError:
        return None


def _why_erase(
    tx: Transaction, means: Means, relationship: Relationship, row: LedgerRow, field: ProfileField, since: date
) -> WhyErase | None:
    if relationship.state in _OVER:
        return WhyErase.OVER
    if row.until < since or row.state is LedgerState.EXPIRED:
        return WhyErase.LAPSED
    if row.purpose in NOT_FOR_THE_SERVICE:
        return WhyErase.PURPOSE
    if field.share is ShareDefault.NEVER:
        return WhyErase.NEVER_SHARED
    vendor = tx.vendor(relationship.vendor)
    if vendor is not None and ruled(tx, means, vendor, row.purpose, row.name) is RuleWord.NEVER:
        return WhyErase.RULED_OUT
    if relationship.address and not may_hear(tx, relationship):
        return WhyErase.NO_TERMS
    return None


def _planned(row: LedgerRow, field: ProfileField, value: str) -> PlannedField:
    """The new value for the same purpose and until the same day: a change gives nothing more away."""
    return PlannedField(
        name=row.name,
        value=value,
        stage=Stage.LATER,
        purpose=row.purpose,
        until=row.until,
        source=row.source,
        field=field.id,
        pd=field.pd,
        coarse=row.coarse,
    )


def _holder(tx: Transaction, relationship: Relationship, outdated: tuple[Outdated, ...]) -> Holder:
    vendor = tx.vendor(relationship.vendor)
    if vendor is None:
        raise NotFound(relationship.vendor)
    updates = by_wire(tx, relationship, Kind.UPDATE) and relationship.state not in _OVER
    erases = by_wire(tx, relationship, Kind.DATA_REQUEST)
    return Holder(
        vendor=vendor.id,
        vendor_name=vendor.name,
        relationship=relationship.id,
        outdated=outdated,
        tell_way=Way.WIRE if updates else Way.LETTER,
        erase_way=Way.WIRE if erases else Way.LETTER,
        addressed=updates or erases or has_address(vendor),
    )


def _value(profile: tuple[ProfileField, ...], path: FieldPath, value: str) -> NewValue:
    field = pick(profile, path) or next((one for one in profile if one.path is path), None)
    if field is None or path not in MOVING:
        raise NotFound(path.value)
    return NewValue(field=field.id, path=path, before=field.value, value=value)


def _with(field: ProfileField, value: str | None) -> ProfileField:
    return field if value is None else replace(field, value=value)


def _from_ledger(profile: tuple[ProfileField, ...], holders: Collection[Holder]) -> tuple[NewValue, ...]:
    """What is new, as those who hold something else show: the newest old value of each field stands for before."""
    fields = {field.id: field for field in profile}
    before: dict[FieldId, LedgerRow] = {}
    for one in (one for holder in holders for one in holder.outdated):
        field = one.new.field if one.new is not None else one.row.field
        if field in fields and (field not in before or before[field].seq < one.row.seq):
            before[field] = one.row
    found = (
        NewValue(field=key, path=fields[key].path, before=row.value, value=fields[key].value)
        for key, row in before.items()
    )
    return tuple(sorted(found, key=lambda one: MOVING.index(one.path)))
