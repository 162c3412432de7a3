"""Mails that come: looked for in the one folder that the person chose, or handed in, and matched to whom we asked.

Of the folder only mails that may answer us are taken: written to an address that one counterparty alone was given, or
naming a mail of ours. What is taken is kept whole, with what was read from it. Never here: what follows from a mail
(hear_mail), and prices, which count only after the person has confirmed them.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

from vrm_desktop.canon import hashes
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.ids import Digest, VendorId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.leak import ReplyReference
from vrm_desktop.domain.mail import MailDoubt, MailIn, MailMatch, MailOut
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.errors import NotAMail
from vrm_desktop.formats.mail_parts import LARGEST_MAIL
from vrm_desktop.formats.mail_reading import ReadMail, answered, read_head, read_mail, recipients
from vrm_desktop.formats.web_domains import registrable
from vrm_desktop.services import hear_mail, mail_account
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.ports_outside import MailMark

PAUSE = timedelta(minutes=5)
"""So long the folder is left alone between two looks."""

_CLOSED = frozenset({RelationshipState.ENDED, RelationshipState.WITHDRAWN, RelationshipState.REFUSED})
_FAILS = ("=fail", "=softfail", "=permerror")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Taken:
    """A mail that was handed in; `is_new` False: it was here already, and nothing changed."""

    mail: MailIn
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Looked:
    """What a look into the folder brought: mails new here, how many heads were looked at, how many are too large.

    `more`: there is more for the next look.
    """

    mails: tuple[MailIn, ...]
    heads: int
    too_large: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _Whose:
    match: MailMatch
    vendor: Counterparty | None = None
    relationship: Relationship | None = None


async def take_in(means: Means, data: bytes, *, vendor: VendorId | None = None) -> Taken:
    """Keep a mail that the person hands in; `vendor` says whose it is, else it is found out if it can be.

    Raises:
        NotAMail: the bytes are no mail, or more than 10 MiB. NotFound: no such counterparty.
    """
    read = _readable(data)

    def change(tx: Transaction) -> Taken:
        if vendor is not None and tx.vendor(vendor) is None:
            raise NotFound(vendor)
        return _keep(tx, means, data, read, _whose(tx, read, by_hand=vendor))

    return await means.vault.write(change)


async def fetch(means: Means) -> Looked:
    """Look into the folder once, from where the last look ended.

    Raises:
        NotPossibleNow: no account reads mail. ChannelError: the server could not be read.
    """
    account = await mail_account.account(means)
    if account is None or account.reads is None:
        raise NotPossibleNow("no mail account is read")
    since = await means.vault.write(lambda tx: _begin_look(tx, means))
    addresses, ours = await means.vault.read(_expected)

    def wanted(head: bytes) -> bool:
        said = read_head(head)
        return not ours.isdisjoint(answered(said)) or not addresses.isdisjoint(recipients(said))

    found = await mail_account.post(means).fetch(account.reads, account.folder, since=since, wanted=wanted)

    def change(tx: Transaction) -> tuple[MailIn, ...]:
        taken = []
        for data in found.mails:
            read = read_mail(data)
            whose = _whose(tx, read)
            if whose.match in {MailMatch.IN_REPLY_TO, MailMatch.REPLY_ADDRESS}:
                taken.append(_keep(tx, means, data, read, whose))
        mail_account.set_mark(tx, found.mark)
        return tuple(one.mail for one in taken if one.is_new)

    mails = await means.vault.write(change)
    return Looked(mails=mails, heads=found.heads, too_large=found.too_large, more=found.more)


async def mails(means: Means, vendor: VendorId | None = None) -> tuple[MailIn, ...]:
    """All mails that were taken in, or those of one counterparty, the newest first."""

    def look(tx: Transaction) -> tuple[MailIn, ...]:
        return tuple(sorted(tx.papers(MailIn, vendor=vendor), key=lambda one: (one.at, one.id), reverse=True))

    return await means.vault.read(look)


async def mail(means: Means, key: str) -> MailIn:
    """One mail.

    Raises:
        NotFound: none under this id.
    """
    return await means.vault.read(lambda tx: _found(tx, key))


async def belongs_to(means: Means, key: str, vendor: VendorId) -> MailIn:
    """Say whose mail it is, whatever was found out before.

    Raises:
        NotFound: no such mail or counterparty.
    """

    def change(tx: Transaction) -> MailIn:
        found, owner = _found(tx, key), tx.vendor(vendor)
        if owner is None:
            raise NotFound(vendor)
        data = tx.attached(found.attachment) or b""
        whose = _Whose(match=MailMatch.BY_HAND, vendor=owner, relationship=_current(tx, vendor))
        tx.drop_paper(MailIn, key)
        told = _mail(means, data, read_mail(data), whose, key=key, attachment=found.attachment)
        changed = replace(told, at=found.at)
        tx.keep_paper(changed)
        document = tx.paper(Attachment, found.attachment)
        if document is not None:
            tx.attach(replace(document, vendor=changed.vendor, relationship=changed.relationship), data)
        hear_mail.heard(tx, means, changed)
        return changed

    return await means.vault.write(change)


async def drop(means: Means, key: str) -> Changes:
    """Let go of a mail and its bytes.

    Raises:
        NotFound: none under this id.
    """

    def change(tx: Transaction) -> Changes:
        found = _found(tx, key)
        tx.drop_paper(Attachment, found.attachment)
        tx.drop_paper(MailIn, key)
        return _changes(found)

    return await means.vault.write(change)


def _begin_look(tx: Transaction, means: Means) -> MailMark:
    mail_account.set_looked(tx, means.clock.now())
    return mail_account.mark(tx)


def _readable(data: bytes) -> ReadMail:
    if len(data) > LARGEST_MAIL:
        raise NotAMail("larger than 10 MiB")
    read = read_mail(data)
    if not (read.sender or read.sender_name) or not (read.to or read.subject or read.dated or read.message_id):
        raise NotAMail("neither who wrote it nor to whom")
    return read


def _expected(tx: Transaction) -> tuple[frozenset[str], frozenset[str]]:
    """The addresses that one counterparty alone was given, and the Message-IDs of mails of ours."""
    return frozenset(_given(tx)), frozenset(one.message_id for one in tx.papers(MailOut))


def _given(tx: Transaction) -> dict[str, VendorId]:
    """Whom each address was given to, in lower case; one of the person's usual addresses tells nobody apart."""
    account = mail_account.account_in(tx)
    usual = {field.value.strip().lower() for field in tx.profile() if field.path is FieldPath.EMAIL}
    usual |= {account.address.lower()} if account is not None else set()
    written = [(one.reply_to.lower(), one.id) for one in tx.vendors() if one.reply_to]
    shared = {address for address, count in Counter(address for address, _key in written).items() if count > 1}
    given = {one.address.lower(): one.vendor for one in tx.papers(ReplyReference)}
    given |= {address: key for address, key in written if address not in shared}
    return {address: key for address, key in given.items() if address not in usual}


def _whose(tx: Transaction, read: ReadMail, *, by_hand: VendorId | None = None) -> _Whose:
    if by_hand is not None:
        return _Whose(match=MailMatch.BY_HAND, vendor=tx.vendor(by_hand), relationship=_current(tx, by_hand))
    ours = {one.message_id: one for one in tx.papers(MailOut)}
    named = next((ours[name] for name in read.answers if name in ours), None)
    if named is not None:
        owner = tx.relationship(named.relationship)
        return _Whose(match=MailMatch.IN_REPLY_TO, vendor=tx.vendor(named.vendor), relationship=owner)
    given = _given(tx)
    keys = {given[address] for address in read.to if address in given}
    if len(keys) == 1:
        key = keys.pop()
        return _Whose(match=MailMatch.REPLY_ADDRESS, vendor=tx.vendor(key), relationship=_current(tx, key))
    senders = [one for one in tx.vendors() if read.sender and one.email.strip().lower() == read.sender]
    if len(senders) == 1:
        return _Whose(match=MailMatch.SENDER, vendor=senders[0], relationship=_current(tx, senders[0].id))
    return _Whose(match=MailMatch.NONE)


def _current(tx: Transaction, key: VendorId) -> Relationship | None:
    """The relationship that a mail of this counterparty most likely belongs to: asked by mail, open, the newest."""
    theirs = [one for one in tx.relationships() if one.vendor == key]
    return max(theirs, key=lambda one: (one.state not in _CLOSED, one.way is Way.MAIL, one.started), default=None)


def _keep(tx: Transaction, means: Means, data: bytes, read: ReadMail, whose: _Whose) -> Taken:
    digest = Digest(hashes.digest(data))
    for there in tx.papers(MailIn):
        if there.digest == digest or (read.message_id and _same(there, read)):
            return Taken(mail=there, is_new=False)
    made = _mail(means, data, read, whose, key=means.new_id("mail"), attachment=means.new_id("document"))
    document = Attachment(
        id=made.attachment,
        of="mail-in",
        paper=made.id,
        name="mail.eml",
        media="message/rfc822",
        size=len(data),
        digest=digest,
        at=made.at,
        vendor=made.vendor,
        relationship=made.relationship,
    )
    tx.attach(document, data)
    tx.keep_paper(made)
    if made.relationship is not None:
        tx.add_note(
            Note(relationship=made.relationship, at=made.at, sender=Side.VENDOR, kind="mail-came", text=made.subject)
        )
    hear_mail.heard(tx, means, made)
    return Taken(mail=made, is_new=True)


def _same(there: MailIn, read: ReadMail) -> bool:
    """The same mail over another road: only headers of the way differ."""
    return (there.message_id, there.sender, there.text) == (read.message_id, read.sender, read.text)


def _mail(means: Means, data: bytes, read: ReadMail, whose: _Whose, *, key: str, attachment: str) -> MailIn:
    relationship = whose.relationship
    return MailIn(
        id=key,
        vendor=whose.vendor.id if whose.vendor is not None else None,
        relationship=relationship.id if relationship is not None else None,
        at=means.clock.now(),
        intentcast=relationship.intentcast if relationship is not None else None,
        match=whose.match,
        sender=read.sender,
        sender_name=read.sender_name,
        subject=read.subject,
        dated=read.dated,
        text=read.text,
        digest=Digest(hashes.digest(data)),
        attachment=attachment,
        answers_go_to=read.answers_go_to,
        to=read.to,
        message_id=read.message_id,
        from_html=read.from_html,
        hidden=read.hidden,
        parts=read.parts,
        links=read.links,
        authentication=read.authentication,
        doubts=_doubts(read, whose.vendor),
    )


def _doubts(read: ReadMail, vendor: Counterparty | None) -> tuple[MailDoubt, ...]:
    theirs = set() if vendor is None else {registrable(one) for one in (vendor.email, vendor.web, vendor.address)}
    if vendor is not None and vendor.card is not None:
        theirs |= {registrable(vendor.card.email), registrable(vendor.card.url)}
    theirs.discard("")
    sender = registrable(read.sender)
    links = {registrable(link) for link in read.links if link.lower().startswith("http")} - {""}
    results = read.authentication
    failed = "dmarc=pass" not in results and any(one.endswith(_FAILS) for one in results)
    found = {
        MailDoubt.NO_SENDER: not read.sender,
        MailDoubt.SENDER_ELSEWHERE: bool(theirs and read.sender and sender not in theirs),
        MailDoubt.REPLY_ELSEWHERE: bool(read.answers_go_to and registrable(read.answers_go_to) != sender),
        MailDoubt.AUTHENTICATION_FAILED: failed,
        MailDoubt.HIDDEN_TEXT: read.hidden > 0,
        MailDoubt.LINK_ELSEWHERE: bool(links - (theirs or {sender})),
        MailDoubt.CUT: read.cut,
    }
    return tuple(doubt for doubt, holds in found.items() if holds)


def _changes(one: MailIn) -> Changes:
    things = [("mail", one.id)]
    if one.relationship is not None:
        things.append(("relationship", one.relationship))
    if one.intentcast is not None:
        things.append(("intentcast", one.intentcast))
    return Changes.of(*things)


def changes_of(found: tuple[MailIn, ...]) -> Changes:
    """What these mails change wherever they are shown."""
    changes = Changes()
    for one in found:
        changes |= _changes(one)
    return changes


def _found(tx: Transaction, key: str) -> MailIn:
    found = tx.paper(MailIn, key)
    if found is None:
        raise NotFound(key)
    return found
