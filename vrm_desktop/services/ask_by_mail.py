"""Asking by e-mail: composed for the plan, sent by the person's account, or drafted for her own mail program.

What is shown is what leaves. An e-mail shows its sender, so the address that answers come to is told like any other
value. Never here: reading answers (read_mail), the mail's form (formats/mail_files).
"""

# ruff: noqa: ARG002 - the names are the port's

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from vrm_desktop.canon import hashes
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.categories import CATEGORIES
from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.letter import Letter, LetterAbout, LetterState
from vrm_desktop.domain.mail import MailIn, MailOut
from vrm_desktop.domain.mail_account import MailAccount
from vrm_desktop.domain.offer import Offer, OfferState
from vrm_desktop.domain.outside import OutsideAct, OutsideKind
from vrm_desktop.domain.plan import DELIVERY_DAYS, QUOTE_DAYS, VendorPlan, pick, ping_fields, reveal_fields
from vrm_desktop.domain.profile import PD, FieldPath, ProfileField
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import KnownWay, Way
from vrm_desktop.formats.demand import FILE_NAME, MEDIA, demand
from vrm_desktop.formats.errors import NoMailAddress
from vrm_desktop.formats.mail_files import (
    MailFile,
    MailText,
    mail_bytes,
    mail_link,
    message_id,
    plain_address,
    read_shown,
    shown,
)
from vrm_desktop.formats.mail_request import asking, taking
from vrm_desktop.formats.plain_letters import LetterText
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services import mail_account, order_by_mail, outside_acts, read_mail, write_letters
from vrm_desktop.services.draft_letters import draft, language_for
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_ways import Carried, Composed, way_of
from vrm_desktop.services.ports import Changes, ChannelError, Transaction
from vrm_desktop.wording.asked import attribute_value
from vrm_desktop.wording.catalogue import Catalogue

_UNTOLD = frozenset({"asked", "want.place"})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HandedOut:
    """A request for the person's own mail program: the letter, the mail as a file, and as a link (None: too long)."""

    letter: Letter
    eml: bytes
    link: str | None


class MailWay:
    """E-mail, as one of the ways beyond our own wire."""

    def compose(
        self, tx: Transaction, means: Means, want: Intentcast, vendor: Counterparty, known: KnownWay
    ) -> Composed:
        """The request as it would leave, and all that it tells."""
        account, language = mail_account.account_in(tx), language_for(tx, vendor)
        name = _chosen_name(tx, account)
        text = asking(
            language,
            want,
            name=name.value if name is not None else "",
            labels=_labels(language, want),
            attached=True,
        )
        mail = _addressed(tx, account, vendor, known.address, text, name)
        mail = replace(mail, files=(MailFile(name=FILE_NAME, media=MEDIA, text=demand(want)),))
        until = want.answers_by + timedelta(days=QUOTE_DAYS)
        said = (field for field in (*ping_fields(want, 1), *reveal_fields(want)) if field.name not in _UNTOLD)
        tells = tuple(replace(field, stage=Stage.REVEAL) for field in said if field.value != "any")
        return Composed(tells=(*tells, *_sender_told(tx, mail, name, until, Purpose.QUOTE)), body=shown(mail))

    def ask(
        self, tx: Transaction, means: Means, relationship: Relationship, plan: VendorPlan, not_before: datetime
    ) -> None:
        """Hold the mail where an account sends it, else draft it for the person's own mail program."""
        _put(tx, means, relationship, plan.body, plan.reveal, not_before, LetterAbout.REQUEST)

    async def carry(self, means: Means, act: OutsideAct) -> Carried:
        """Hand the mail to the person's mail server, once."""
        account = await mail_account.account(means)
        if account is None or account.sends is None:
            raise ChannelError("no-mail-account", may_have_arrived=False, final=True)
        mail = read_shown(act.body)
        try:
            name = message_id(act.id, mail.answers_come_to)
            data = mail_bytes(mail, name=name, dated=means.clock.now())
        except NoMailAddress as error:
            raise ChannelError(error.code, may_have_arrived=False, final=True) from error
        answered = await mail_account.post(means).send(account.sends, data, sender=mail.sender, to=mail.to)
        return Carried(answered=answered, settle=lambda _tx: outside_acts.changes_of(act))

    def accept(self, tx: Transaction, means: Means, offer: Offer, plan: VendorPlan, payment: str) -> Changes:
        """Say by mail that the person takes an offer; it answers the mail that the offer was read from."""
        owner, vendor = tx.relationship(offer.relationship), tx.vendor(offer.vendor)
        want = tx.intentcast(offer.intentcast)
        if owner is None or vendor is None or want is None:
            raise NotFound(offer.relationship)
        account, language = mail_account.account_in(tx), language_for(tx, vendor)
        text = taking(
            language,
            title=want.title,
            total=offer.price.all_in if offer.price is not None else None,
            payment=payment,
            details={field.name: field.value for field in plan.order},
            offered=offer.received.date(),
        )
        name = next((field for field in tx.profile() if field.path is FieldPath.NAME), None)
        named = name if any(field.name == "profile.name" for field in plan.order) else None
        mail = _addressed(tx, account, vendor, way_of(tx, vendor, Way.MAIL).address, text, named)
        came = [one for one in tx.papers(MailIn, relationship=owner.id) if one.message_id]
        # The mail that the offer was read from, else the last that came.
        came.sort(key=lambda one: (str(one.digest) == str(offer.id), one.at))
        mail = replace(mail, answers=came[-1].message_id if came else "")
        until = means.clock.today() + timedelta(days=DELIVERY_DAYS)
        tells = {field.name: field for field in (*_sender_told(tx, mail, None, until, Purpose.DELIVERY), *plan.order)}
        told = tuple(replace(field, stage=Stage.ORDER) for field in tells.values())
        body = shown(mail)
        _put(tx, means, owner, body, told, means.clock.now(), LetterAbout.OTHER, accepts=offer.id)
        tx.set_offer_state(offer.id, OfferState.ACCEPTED)
        order_by_mail.placed(tx, means, offer, payment, body)
        return Changes.of(("relationship", owner.id), ("offer", offer.id))

    def next_look(self, tx: Transaction, relationship: Relationship) -> datetime | None:
        """Five minutes after the folder was last looked into, for whichever counterparty."""
        account = mail_account.account_in(tx)
        if account is None or account.reads is None:
            return None
        last = mail_account.looked(tx)
        return relationship.started if last is None else last + read_mail.PAUSE

    async def look(self, means: Means, relationship: Relationship) -> Changes:
        """Look into the folder, for all counterparties at once."""
        last = await means.vault.read(mail_account.looked)
        if last is not None and means.clock.now() < last + read_mail.PAUSE:
            return Changes()  # another one's turn has just done it
        return read_mail.changes_of((await read_mail.fetch(means)).mails)


async def hand_out(means: Means, key: str) -> HandedOut:
    """Let a drafted request leave for the person's own mail program: what it tells is in the ledger from now on.

    Raises:
        NotFound: no such letter. NotPossibleNow: it is dropped, or none that this drafted.
        NoMailAddress: an address in it is none that can be written to.
    """
    letter = await write_letters.letter(means, key)
    body = await means.vault.read(lambda tx: _kept_body(tx, key))
    mail = replace(read_shown(body), subject=letter.subject, text=f"{letter.body}\n")
    name = message_id(key, mail.answers_come_to) if mail.answers_come_to else ""
    eml = mail_bytes(mail, name=name)
    out = await write_letters.hand_out(means, key)
    if out.state is LetterState.SENT:
        raise NotPossibleNow(out.state.value)
    return HandedOut(letter=out, eml=eml, link=mail_link(mail))


def _put(
    tx: Transaction,
    means: Means,
    owner: Relationship,
    body: str,
    tells: tuple[PlannedField, ...],
    not_before: datetime,
    about: LetterAbout,
    *,
    accepts: MessageId | None = None,
) -> None:
    """An act where an account sends, else a draft; its Message-ID is kept at once, as it may leave any time."""
    account, mail = mail_account.account_in(tx), read_shown(body)
    if account is not None and account.sends is not None:
        act = OutsideAct(
            id=means.new_id("outside"),
            vendor=owner.vendor,
            relationship=owner.id,
            at=means.clock.now(),
            way=Way.MAIL,
            kind=OutsideKind.MAIL,
            address=mail.to,
            body=body,
            tells=tells,
            not_before=not_before,
            intentcast=owner.intentcast,
            accepts=accepts,
        )
        outside_acts.hold(tx, act)
        _expect_answer(tx, means, owner, act.id, mail)
        return
    vendor = tx.vendor(owner.vendor)
    if vendor is None:
        raise NotFound(owner.vendor)
    letter = draft(
        tx,
        means,
        replace(vendor, email=mail.to, reply_to=mail.answers_come_to, number=""),
        LetterText(subject=mail.subject, body=mail.text.strip("\n")),
        about=about,
        relationship=owner.id,
        source=owner.intentcast or "",
        until=means.clock.today(),
        tells=tells,
        sender=(),
    )
    _keep_body(tx, means, letter, body)
    _expect_answer(tx, means, owner, letter.id, mail)


def _expect_answer(tx: Transaction, means: Means, owner: Relationship, key: str, mail: MailText) -> None:
    if not mail.answers_come_to:
        return
    tx.keep_paper(
        MailOut(
            id=means.new_id("mail-out"),
            vendor=owner.vendor,
            relationship=owner.id,
            at=means.clock.now(),
            intentcast=owner.intentcast,
            message_id=message_id(key, mail.answers_come_to),
            reply_to=mail.answers_come_to,
        )
    )


def _keep_body(tx: Transaction, means: Means, letter: Letter, body: str) -> None:
    data = body.encode("utf-8")
    document = Attachment(
        id=means.new_id("document"),
        of="letter",
        paper=letter.id,
        name="request.txt",
        media="text/plain",
        size=len(data),
        digest=Digest(hashes.digest(data)),
        at=letter.at,
        vendor=letter.vendor,
        relationship=letter.relationship,
    )
    tx.attach(document, data)


def _kept_body(tx: Transaction, key: str) -> str:
    for one in tx.papers(Attachment):
        if one.of == "letter" and one.paper == key and one.name == "request.txt":
            return (tx.attached(one.id) or b"").decode("utf-8")
    raise NotPossibleNow("this letter is not a mail that was drafted here")


def _addressed(
    tx: Transaction,
    account: MailAccount | None,
    vendor: Counterparty,
    address: str,
    text: LetterText,
    name: ProfileField | None,
) -> MailText:
    """The text as a mail, written from where answers are to come."""
    own = pick(tx.profile(), FieldPath.EMAIL)
    usual = account.address if account is not None else own.value.strip() if own is not None else ""
    alias = vendor.reply_to
    as_usual = account is not None and account.sends is not None and not account.as_alias
    try:
        return MailText(
            to=plain_address(address),
            subject=text.subject,
            text=f"{text.body}\n",
            sender=plain_address(usual if as_usual or not alias else alias) if usual or alias else "",
            sender_name=name.value if name is not None else "",
            reply_to=plain_address(alias) if as_usual and alias else "",
        )
    except NoMailAddress as error:
        raise NotPossibleNow("an address is none that can be written to") from error


def _sender_told(
    tx: Transaction, mail: MailText, name: ProfileField | None, until: date, purpose: Purpose
) -> tuple[PlannedField, ...]:
    """What the mail's head tells: the address that answers come to, another one it is sent from, the name beside it."""
    field = pick(tx.profile(), FieldPath.EMAIL)
    told = [(f"profile.{FieldPath.EMAIL.value}", mail.answers_come_to, field), ("mail.sender", mail.sender, None)]
    if name is not None:
        told.append((f"profile.{FieldPath.NAME.value}", name.value, name))
    if mail.sender == mail.answers_come_to:
        del told[1]
    return tuple(
        PlannedField(
            name=wire,
            value=value,
            stage=Stage.REVEAL,
            purpose=purpose,
            until=until,
            source=Source.PROFILE,
            field=kept.id if kept is not None else None,
            pd=kept.pd if kept is not None else PD[FieldPath.EMAIL],
        )
        for wire, value, kept in told
        if value
    )


def _chosen_name(tx: Transaction, account: MailAccount | None) -> ProfileField | None:
    """The name that requests are signed with, if the person chose so."""
    return pick(tx.profile(), FieldPath.NAME) if account is not None and account.signs else None


def _labels(language: str, want: Intentcast) -> dict[str, str]:
    """The want's attributes as the recipient reads them."""
    known = CATEGORIES.get(want.category)
    catalogue = Catalogue()
    catalogue.choose([language], resources_folder() / "locale")
    return {
        catalogue.gettext(one.label): attribute_value(one, want.attributes[one.key], catalogue.gettext)
        for one in (known.all_attributes if known is not None else ())
        if one.key in want.attributes
    }
