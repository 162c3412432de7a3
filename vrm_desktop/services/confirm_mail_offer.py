"""Offers out of answer mails: proposed by reading, confirmed by the person value by value, and only then offers.

What a mail says of bank accounts is warned of, and never kept or used. Never here: reading (formats/mail_offer), or
taking mails in.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, MessageId, RelationshipId
from vrm_desktop.domain.intentcast import Fulfilment, Intentcast, IntentcastState
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.mail import MailIn
from vrm_desktop.domain.mail_offer import ConfirmedValues, MailProposal, MailWarning, ProposalState
from vrm_desktop.domain.mail_reading import Doubt, MailReading
from vrm_desktop.domain.offer import Offer, OfferLine, OfferState
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.mail_offer.bank_details import holds_bank_details
from vrm_desktop.formats.mail_offer.reading import read_mail_offer
from vrm_desktop.formats.web_domains import registrable
from vrm_desktop.protocol.basis import WrittenAcceptance
from vrm_desktop.services.errors import MailOfferIncomplete, MailWarningsOpen, NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_ways import begin
from vrm_desktop.services.ports import Changes, Transaction

_CURRENCY = "EUR"
_WANTED = frozenset({IntentcastState.DRAFT, IntentcastState.CAST})
_ANYBODYS = frozenset(
    [
        "aol.com",
        "freenet.de",
        "gmail.com",
        "gmx.at",
        "gmx.ch",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "mail.com",
        "mail.de",
        "mailbox.org",
        "me.com",
        "outlook.com",
        "outlook.de",
        "posteo.de",
        "proton.me",
        "protonmail.com",
        "t-online.de",
        "web.de",
        "yahoo.com",
        "yahoo.de",
    ]
)
"""Domains where anybody gets an address: there only the very address of the vendor is the vendor's."""
_ANSWERING = frozenset({RelationshipState.ASKING, RelationshipState.UNREACHABLE})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ProposalView:
    """A proposal with the mail it was read from (None where the mail is gone) and the names to show."""

    proposal: MailProposal
    mail: MailIn | None
    vendor_name: str
    want: str


async def propose(means: Means, key: str, want: IntentcastId | None = None) -> MailProposal:
    """Read a kept mail as an answer to the want that it belongs to, or to `want`. Read again, it is proposed anew.

    Raises:
        NotFound: no such mail or want.
        NotPossibleNow: it is not known whose answer it is, to what, or the want is over.
    """
    return await means.vault.write(lambda tx: propose_within(tx, means, key, want))


def propose_within(tx: Transaction, means: Means, key: str, want: IntentcastId | None = None) -> MailProposal:
    """The same inside one transaction (see `propose`)."""
    mail = tx.paper(MailIn, key)
    if mail is None:
        raise NotFound(key)
    wanted = mail.intentcast or want
    vendor = tx.vendor(mail.vendor) if mail.vendor is not None else None
    if vendor is None or wanted is None:
        raise NotPossibleNow("whose answer it is, or to what, is not known")
    owner = tx.intentcast(wanted)
    if owner is None:
        raise NotFound(wanted)
    if owner.state not in _WANTED:
        raise NotPossibleNow(owner.state.value)
    there = next((one for one in tx.papers(MailProposal, vendor=vendor.id) if one.mail == key), None)
    if there is not None and there.state is ProposalState.CONFIRMED:
        raise NotPossibleNow(there.state.value)
    dated = (mail.dated or mail.at).date()
    proposal = MailProposal(
        id=there.id if there is not None else means.new_id("proposal"),
        vendor=vendor.id,
        relationship=_relationship(tx, means, mail, vendor, owner),
        at=means.clock.now(),
        intentcast=wanted,
        mail=mail.id,
        digest=mail.digest,
        sender=mail.sender,
        dated=dated,
        reading=_reading(mail, owner),
        warnings=_warnings(mail, vendor),
    )
    tx.keep_paper(proposal)
    return proposal


async def proposals(means: Means, want: IntentcastId) -> tuple[ProposalView, ...]:
    """What mails propose for a want, the newest first.

    Raises:
        NotFound: no such want.
    """

    def look(tx: Transaction) -> tuple[ProposalView, ...]:
        if tx.intentcast(want) is None:
            raise NotFound(want)
        kept = [one for one in tx.papers(MailProposal) if one.intentcast == want]
        return tuple(_view(tx, one) for one in sorted(kept, key=lambda one: one.at, reverse=True))

    return await means.vault.read(look)


async def proposal(means: Means, key: str) -> ProposalView:
    """One proposal with its mail.

    Raises:
        NotFound: none under this id.
    """
    return await means.vault.read(lambda tx: _view(tx, _found(tx, key)))


def as_read(means: Means, one: MailProposal, **corrected: object) -> ConfirmedValues:
    """The values as proposed, with those that the person corrects (named as in `ConfirmedValues`).

    A corrected total takes the place of the goods, as what they cost is then not known.

    Raises:
        MailOfferIncomplete: the mail names no total or no last day, and the person does not either.
        NotPossibleNow: the values contradict each other.
    """
    read = one.reading
    after = read.delivery_days.after(means.clock.today()) if read.delivery_days is not None else None
    values: dict[str, object] = {
        "total": read.total.money if read.total is not None else None,
        "items": read.items.money if read.items is not None else None,
        "shipping": read.shipping.money if read.shipping is not None else None,
        "tax": read.tax.basis if read.tax is not None else None,
        "valid_until": read.valid_until.day if read.valid_until is not None else None,
        "by": read.delivery_by.day if read.delivery_by is not None else after,
        "returns_days": read.returns_days.count if read.returns_days is not None else None,
        "warranty_months": read.warranty_months.count if read.warranty_months is not None else None,
        "binding": read.binding,
    }
    if "total" in corrected and "items" not in corrected:
        values["items"] = None
    values.update(corrected)
    missing = [name for name in ("total", "valid_until") if values[name] is None]
    if missing:
        raise MailOfferIncomplete(", ".join(missing))
    try:
        made = ConfirmedValues(**values)  # type: ignore[arg-type] # names and types are those of the dict above
        _ = made.price
    except InvalidValue as error:
        raise NotPossibleNow(str(error)) from error
    return made


async def confirm(means: Means, key: str, values: ConfirmedValues, seen: frozenset[MailWarning] = frozenset()) -> Offer:
    """Let a proposal count: it is stored as an offer by e-mail and ranked beside the others.

    `seen` are the warnings that the person has confirmed, each by itself. An earlier offer of the vendor for the same
    want, confirmed from a mail, is replaced.

    Raises:
        NotFound: no such proposal, or its want is gone. MailWarningsOpen: a warning was not confirmed.
        NotPossibleNow: it was confirmed already, the want is over, or the offer's last day has passed.
    """

    def change(tx: Transaction) -> Offer:
        one = _found(tx, key)
        want = tx.intentcast(one.intentcast)
        vendor = tx.vendor(one.vendor)
        if want is None or vendor is None:
            raise NotFound(one.intentcast)
        if one.state is ProposalState.CONFIRMED or want.state not in _WANTED:
            raise NotPossibleNow(f"{one.state.value}, {want.state.value}")
        left = [warning.value for warning in one.warnings if warning not in seen]
        if left:
            raise MailWarningsOpen(", ".join(left))
        now = means.clock.now()
        until = datetime.combine(values.valid_until, time(23, 59, 59), UTC)
        if until <= now:
            raise NotPossibleNow("the last day has passed")
        offer = _offer(one, values, want, vendor, until, now)
        for other in tx.offers(relationship=one.relationship):
            if other.way is Way.MAIL and other.intentcast == one.intentcast and other.state is OfferState.LIVE:
                tx.set_offer_state(other.id, OfferState.REPLACED)
        tx.save_offer(offer)
        tx.keep_paper(one.confirmed(offer.id))
        _answered(tx, means, one)
        return offer

    return await means.vault.write(change)


async def drop(means: Means, key: str) -> Changes:
    """Put a proposal aside: the mail stays, and is no offer.

    Raises:
        NotFound: no such proposal. NotPossibleNow: it is an offer already.
    """

    def change(tx: Transaction) -> Changes:
        one = _found(tx, key)
        if one.state is ProposalState.CONFIRMED:
            raise NotPossibleNow(one.state.value)
        tx.keep_paper(one.dropped())
        return Changes.of(("mail-proposal", key), ("intentcast", one.intentcast))

    return await means.vault.write(change)


async def accepted_terms(means: Means, key: str, *, accepted: bool = True) -> Changes:
    """Note that the vendor accepts the person's terms in this mail, as the person reads it; or that it does not.

    Raises:
        NotFound: no such proposal.
    """

    def change(tx: Transaction) -> Changes:
        one = _found(tx, key)
        tx.keep_paper(replace(one, terms_accepted=accepted))
        return Changes.of(("mail-proposal", key), ("relationship", one.relationship))

    return await means.vault.write(change)


def written_acceptance(tx: Transaction, key: RelationshipId) -> WrittenAcceptance | None:
    """The newest mail in which the person reads that the vendor accepts her terms; its hash is the evidence."""
    found = [one for one in tx.papers(MailProposal, relationship=key) if one.terms_accepted]
    if not found:
        return None
    newest = max(found, key=lambda one: one.at)
    return WrittenAcceptance(vendor=newest.vendor, evidence=newest.digest, at=newest.at)


def _found(tx: Transaction, key: str) -> MailProposal:
    found = tx.paper(MailProposal, key)
    if found is None:
        raise NotFound(key)
    return found


def _view(tx: Transaction, one: MailProposal) -> ProposalView:
    vendor, want = tx.vendor(one.vendor), tx.intentcast(one.intentcast)
    return ProposalView(
        proposal=one,
        mail=tx.paper(MailIn, one.mail),
        vendor_name=vendor.name if vendor is not None else one.sender,
        want=want.title if want is not None else "",
    )


def _reading(mail: MailIn, want: Intentcast) -> MailReading:
    if MailWarning.CUT.value in {doubt.value for doubt in mail.doubts}:
        return MailReading(doubts=(Doubt.TOO_LONG,))
    currency = want.price_cap.currency if want.price_cap is not None else _CURRENCY
    return read_mail_offer(mail.text, (mail.dated or mail.at).date(), currency, want.quantity)


def _warnings(mail: MailIn, vendor: Counterparty) -> tuple[MailWarning, ...]:
    """What was odd when the mail was taken in, and whether it is odd now: the vendor's address may be known since."""
    found = {MailWarning(doubt.value) for doubt in mail.doubts}
    addresses = [vendor.email, vendor.web, vendor.address]
    if vendor.card is not None:
        addresses += [vendor.card.email, vendor.card.url]
    known = {registrable(address) for address in addresses if address} - {"", *_ANYBODYS}
    if not mail.sender:
        found.add(MailWarning.NO_SENDER)
    elif mail.sender != vendor.email.strip().lower() and registrable(mail.sender) not in known:
        found.add(MailWarning.SENDER_ELSEWHERE)
    if mail.answers_go_to and registrable(mail.answers_go_to) != registrable(mail.sender):
        found.add(MailWarning.REPLY_ELSEWHERE)
    if holds_bank_details(mail.text):
        found.add(MailWarning.BANK_DETAILS)
    return tuple(warning for warning in MailWarning if warning in found)


def _relationship(
    tx: Transaction, means: Means, mail: MailIn, vendor: Counterparty, want: Intentcast
) -> RelationshipId:
    owner = tx.relationship(mail.relationship) if mail.relationship is not None else None
    if owner is not None and owner.way is Way.MAIL and owner.intentcast == want.id:
        return owner.id
    return begin(tx, means, vendor.id, Way.MAIL, want=want).id


def _offer(
    one: MailProposal, values: ConfirmedValues, want: Intentcast, vendor: Counterparty, until: datetime, now: datetime
) -> Offer:
    price = values.price
    each, rest = divmod(price.items, want.quantity)
    return Offer(
        id=MessageId(one.digest),
        relationship=one.relationship,
        intentcast=want.id,
        vendor=vendor.id,
        vendor_name=vendor.name,
        lines=(OfferLine(title=want.title, quantity=want.quantity, unit=None if rest else each),),
        price=price,
        binding=values.binding,
        valid_until=until,
        fulfilment=want.fulfilment if want.fulfilment is not Fulfilment.ANY else Fulfilment.DELIVERED,
        by=values.by,
        returns_days=values.returns_days,
        warranty_months=values.warranty_months,
        asks=(),
        payment=(),
        payment_link="",
        note="",
        received=now,
        way=Way.MAIL,
    )


def _answered(tx: Transaction, means: Means, one: MailProposal) -> None:
    owner = tx.relationship(one.relationship)
    if isinstance(owner, Relationship) and owner.state in _ANSWERING:
        tx.save_relationship(replace(owner, state=RelationshipState.OPEN, trouble=""))
    tx.add_note(
        Note(
            relationship=one.relationship,
            at=means.clock.now(),
            sender=Side.VENDOR,
            kind="mail-offer",
            text=one.sender,
            message=MessageId(one.digest),
        )
    )
