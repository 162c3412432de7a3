"""Evidence: everything said with one counterparty in one file that anybody can check, with what the person shows of it.

All messages go in, word for word; of the personal values beside them only those chosen, the others stay digests. The
file is the person's own: nothing is sent, and to whom it is handed is theirs to decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.disclosure import Stage
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.domain.relationship import Note, Relationship
from vrm_desktop.domain.terms import RosterEntry, UnknownTerms
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.bundle.contents import Contents, Opened, Spoken
from vrm_desktop.formats.bundle.writing import write_bundle
from vrm_desktop.formats.letter_text import letter_text
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Signer, Transaction
from vrm_desktop.services.reachable import own_signer

P = TypeVar("P", Letter, Attachment)
VENDOR_CARD = "vendor-card"
"""What a vendor's card is attached as that changed its key in a relationship."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BundleValue:
    """One value that could be shown: beside which message it rode, whose, its name and what it is."""

    message: MessageId
    sender: Side
    kind: Kind
    name: str
    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Choosable:
    """What a bundle of this relationship would hold. `erased` counts values that are gone here: digests for ever."""

    vendor: str
    messages: int
    agreements: int
    ordered: bool
    values: tuple[BundleValue, ...]
    erased: int
    letters: tuple[Letter, ...]
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Choice:
    """What the person shows: values by the names of their fields, letters and attachments by id."""

    names: frozenset[str] = frozenset()
    all_values: bool = False
    letters: frozenset[str] = frozenset()
    attachments: frozenset[str] = frozenset()

    def shows(self, name: str) -> bool:
        """Whether values of this name are shown."""
        return self.all_values or name in self.names


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Made:
    """A bundle's bytes, how many messages it holds and which values it shows."""

    data: bytes = field(repr=False)
    messages: int
    shown: tuple[BundleValue, ...]
    changes: Changes


async def choosable(means: Means, key: RelationshipId) -> Choosable:
    """What can be chosen.

    Raises:
        NotFound: no such relationship.
    """

    def look(tx: Transaction) -> Choosable:
        owner, vendor = _owner(tx, key)
        values = tuple(_values(tx, key))
        told = sum(row.stage is not Stage.PING and row.channel == "native" for row in tx.ledger(relationship=key))
        return Choosable(
            vendor=vendor,
            messages=len(tx.journal(key)),
            agreements=len(tx.agreements(key)),
            ordered=tx.order(key) is not None and owner.way is Way.NATIVE,
            values=values,
            erased=max(0, told - sum(one.sender is Side.PERSON for one in values)),
            letters=_letters(tx, owner),
            attachments=_attachments(tx, owner),
        )

    return await means.vault.read(look)


async def make(means: Means, key: RelationshipId, choice: Choice) -> Made:
    """The bundle, and a line in the story that it was made.

    Raises:
        NotFound: no such relationship, or a field, letter or attachment that is not there.
        BundleTooLarge: more than one bundle can carry. KeyElsewhere: the key that signs it is not here.
    """
    now = means.clock.now()

    def gather(tx: Transaction) -> tuple[Contents, Signer, tuple[BundleValue, ...]]:
        owner, vendor = _owner(tx, key)
        shown = tuple(one for one in _values(tx, key) if choice.shows(one.name))
        if missing := choice.names - {one.name for one in shown}:
            raise NotFound(", ".join(sorted(missing)))
        return _contents(tx, means, owner, vendor, choice, shown), own_signer(tx, owner), shown

    contents, signer, shown = await means.vault.read(gather)
    data = write_bundle(contents, made=now, signer=signer)

    def tell(tx: Transaction) -> Changes:
        names = ", ".join(dict.fromkeys(one.name for one in shown))
        tx.add_note(Note(relationship=key, at=now, sender=Side.PERSON, kind="bundle", text=names))
        return Changes.of(("relationship", key))

    changes = await means.vault.write(tell)
    return Made(data=data, messages=len(contents.spoken), shown=shown, changes=changes)


def _owner(tx: Transaction, key: RelationshipId) -> tuple[Relationship, str]:
    owner = tx.relationship(key)
    vendor = tx.vendor(owner.vendor) if owner is not None else None
    if owner is None or vendor is None:
        raise NotFound(key)
    return owner, vendor.name


def _values(tx: Transaction, key: RelationshipId) -> Iterator[BundleValue]:
    for row in tx.journal(key):
        for text in row.disclosures:
            told = Disclosure.from_text(text)
            yield BundleValue(
                message=row.message, sender=row.sender, kind=row.kind, name=told.name, value=told.value, text=text
            )


def _letters(tx: Transaction, owner: Relationship) -> tuple[Letter, ...]:
    out = {LetterState.HANDED_OUT, LetterState.SENT}
    return tuple(one for one in tx.papers(Letter, relationship=owner.id) if one.state in out)


def _attachments(tx: Transaction, owner: Relationship) -> tuple[Attachment, ...]:
    kept = tx.papers(Attachment, vendor=owner.vendor)
    return tuple(one for one in kept if one.of != VENDOR_CARD and one.relationship in {None, owner.id})


def _contents(
    tx: Transaction, means: Means, owner: Relationship, vendor: str, choice: Choice, shown: tuple[BundleValue, ...]
) -> Contents:
    conversation, order = owner.conversation, tx.order(owner.id)
    agreements = tx.agreements(owner.id)
    entries = {entry.entry: entry for entry in (_entry(means, one.roster, one.version) for one in agreements) if entry}
    return Contents(
        vendor=vendor,
        person_kids=conversation.own_kids[::-1],
        vendor_kids=conversation.peer_kids[::-1] if conversation.id is not None else (),
        conversation=conversation.id,
        spoken=tuple(
            Spoken(side=row.sender, number=row.number, message=row.message, jws=row.jws, at=row.at)
            for row in tx.journal(owner.id)
        ),
        opened=tuple(Opened(message=one.message, text=one.text) for one in shown),
        agreements=tuple(dict.fromkeys(one.document for one in agreements)),
        entries=tuple(entries.values()),
        orders=(order.document,) if order is not None and owner.way is Way.NATIVE else (),
        cards=tuple(_cards(tx, owner)),
        notes=tx.notes(owner.id),
        letters={f"{one.id}.txt": letter_text(one).encode() for one in _chosen(_letters(tx, owner), choice.letters)},
        attachments={
            f"{one.id}-{one.name}": tx.attached(one.id) or b""
            for one in _chosen(_attachments(tx, owner), choice.attachments)
        },
    )


def _chosen(papers: tuple[P, ...], ids: frozenset[str]) -> tuple[P, ...]:
    if missing := ids - {one.id for one in papers}:
        raise NotFound(", ".join(sorted(missing)))
    return tuple(one for one in papers if one.id in ids)


def _entry(means: Means, roster: str, version: str) -> RosterEntry | None:
    try:
        return means.roster.get(roster, version)
    except UnknownTerms:
        return None


def _cards(tx: Transaction, owner: Relationship) -> Iterator[bytes]:
    """The cards by which the vendor's key changed, and the one known now."""
    for one in tx.papers(Attachment, relationship=owner.id):
        if one.of == VENDOR_CARD and (data := tx.attached(one.id)) is not None:
            yield data
    vendor = tx.vendor(owner.vendor)
    if vendor is not None and vendor.card_bytes:
        yield vendor.card_bytes
