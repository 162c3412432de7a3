"""Consent records carried out as documents for others, and receipts of others brought in."""

from enum import StrEnum

from vrm_desktop.domain.consent import Consent
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.formats import consent_dpv, consent_kantara
from vrm_desktop.formats.consent_parts import Party, ReadReceipt
from vrm_desktop.formats.errors import NotAReceipt
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction


class ConsentForm(StrEnum):
    """The forms in which a record can be carried out."""

    RECORD = "record"
    RECEIPT = "receipt"
    KANTARA = "kantara"


async def carry_out(means: Means, key: str, form: ConsentForm) -> bytes:
    """One record as a document. No value of the person is in it; the person stands there as the key used with them.

    Raises:
        NotFound: no such record. NotAReceipt: the form cannot say what the record says.
    """

    def look(tx: Transaction) -> bytes:
        found = tx.paper(Consent, key)
        owner = tx.relationship(found.relationship) if found is not None else None
        vendor = tx.vendor(found.vendor) if found is not None else None
        if found is None or owner is None or vendor is None:
            raise NotFound(key)
        person, party = owner.conversation.own_kid, _party(vendor)
        match form:
            case ConsentForm.RECORD:
                return consent_dpv.record(found, person=person, controller=party)
            case ConsentForm.RECEIPT:
                id = f"{found.id}-receipt"
                return consent_dpv.receipt([found], id=id, person=person, controller=party, made=means.clock.now())
            case ConsentForm.KANTARA:
                policy = vendor.card.privacy if vendor.card is not None else ""
                return consent_kantara.write(found, person=person, controller=party, policy=policy)

    return await means.vault.read(look)


async def bring_in(means: Means, data: bytes, vendor: VendorId | None = None) -> tuple[Consent, Changes]:
    """Keep somebody else's receipt as a record, with the bytes it came in.

    It is filed under `vendor`, else under the one organisation of that name or mail address, else under a new one.

    Raises:
        NotAReceipt: it is in no form that is known. NotFound: no such vendor. NotPossibleNow: it is here already.
    """
    read = read_any(data)

    def change(tx: Transaction) -> tuple[Consent, Changes]:
        owner = _filed_under(tx, means, read, vendor)
        if any(one.receipt == data for one in tx.papers(Consent, vendor=owner.id)):
            raise NotPossibleNow("it is here already")
        relationship = file_of(tx, means, owner.id)
        kept = _kept(means, read, owner.id, relationship.id, data)
        tx.keep_paper(kept)
        return kept, Changes.of(("consent", kept.id), ("vendor", owner.id), ("relationship", relationship.id))

    return await means.vault.write(change)


def read_any(data: bytes) -> ReadReceipt:
    """What a receipt of either form says.

    Raises:
        NotAReceipt: it is neither.
    """
    try:
        return consent_dpv.read(data)
    except NotAReceipt:
        return consent_kantara.read(data)


def _kept(means: Means, read: ReadReceipt, vendor: VendorId, relationship: RelationshipId, data: bytes) -> Consent:
    return Consent(
        id=means.new_id("consent"),
        vendor=vendor,
        relationship=relationship,
        at=means.clock.now(),
        items=read.items,
        events=read.events,
        notice=read.notice,
        language=read.language,
        jurisdiction=read.jurisdiction,
        origin=read.origin,
        foreign_id=read.id,
        receipt=data,
    )


def _filed_under(tx: Transaction, means: Means, read: ReadReceipt, vendor: VendorId | None) -> Counterparty:
    if vendor is not None:
        found = tx.vendor(vendor)
        if found is None:
            raise NotFound(vendor)
        return found
    party = read.controller
    known = [one for one in tx.vendors() if _same(one, party)]
    if len(known) == 1:
        return known[0]
    made = Counterparty(
        id=VendorId(means.new_id("vendor")),
        name=party.name,
        kind=OrganisationKind.OTHER,
        added=means.clock.now(),
        postal=party.address,
        email=party.email,
        phone=party.phone,
        web=party.url,
        country=party.country,
    )
    tx.save_vendor(made)
    return made


def _same(one: Counterparty, party: Party) -> bool:
    by_mail = bool(party.email) and one.email.casefold() == party.email.casefold()
    return by_mail or one.name.casefold() == party.name.casefold()


def _party(vendor: Counterparty) -> Party:
    card = vendor.card
    return Party(
        name=vendor.name,
        id=card.key if card is not None else "",
        address=vendor.postal,
        country=vendor.country or (card.regions[0][:2] if card is not None and card.regions else ""),
        email=vendor.email or (card.email if card is not None else ""),
        phone=vendor.phone,
        url=vendor.web or (card.url if card is not None else ""),
    )
