"""The file of one relationship as its page shows it."""

from vrm_desktop.domain import acts
from vrm_desktop.domain.contact_budget import fold
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.own_key import KeyStaysFor
from vrm_desktop.domain.relationship import AgreementRecord, AgreementState, OrderRecord, OrderState
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.ui.models.relationship_view import HeldLine, OrderView, RelationshipView, Said, TermsLine
from vrm_desktop.ui.presenters.disclosures import state_tone as ledger_tone
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.presenters.moments import day_of, grouped, moment_of
from vrm_desktop.ui.presenters.relationship_story import story_of
from vrm_desktop.ui.presenters.relationships import state_tone
from vrm_desktop.ui.presenters.vendors import kind_words
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.labels import (
    agreement_state_label,
    asked_field_label,
    conversation_label,
    ledger_state_label,
    order_state_label,
    purpose_label,
    relationship_state_label,
    terms_name,
)
from vrm_desktop.wording.ledger_words import basis_words
from vrm_desktop.wording.own_key_words import why_key_stays
from vrm_desktop.wording.payment import ordered_words, payment_lines
from vrm_desktop.wording.verified import verified_words

_ALARMS = frozenset({"record-differs", "payment-changed", "key-changed", "certificate-refused", "fork"})
_DO_NOT_PAY = frozenset({"record-differs", "payment-changed"})


def relationship_view(file: RelationshipFile, roster: Roster, *, leaving: bool = False) -> RelationshipView:
    """The whole file; `leaving` while the person's "end it" can still be undone."""
    one = file.relationship
    words = advice(one.trouble) if one.trouble else None
    return RelationshipView(
        id=one.id,
        vendor=file.vendor.name,
        subtitle=_("{about} · since {day}").format(
            about=file.want.title if file.want else kind_words(file.vendor.kind), day=day_of(one.started)
        ),
        state=_("Leaving") if leaving else sentence_case(relationship_state_label(one.state)),
        tone=Tone.CAUTION if leaving else state_tone(one.state),
        standing=sentence_case(conversation_label(one.conversation.state)),
        about=_about(file),
        key=grouped(one.conversation.peer_kid),
        verified=verified_words(file.vendor.pinned, file.relationship.conversation.peer_kid, file.vendor.added),
        terms=tuple(_terms(record, roster) for record in sorted(file.agreements, key=_by_beginning)),
        order=_order(file, file.order, payable=one.trouble not in _DO_NOT_PAY) if file.order is not None else None,
        held=_held(file),
        said=_said(file),
        story=story_of(file),
        waiting=tuple(_waiting(entry) for entry in file.waiting),
        alarm=(words.title, words.advice) if words else None,
        alarm_tone=Tone.BAD if one.trouble in _ALARMS else Tone.CAUTION,
        why_silent="" if _can_write(file) and not leaving else _why_silent(file, leaving=leaving),
        where_said=where_said(by_desk=_takes_contact(file)) if file.goes_on else "",
        can_end=not leaving and one.state.value not in {"ending", "ended"},
        leaving=leaving,
    )


def _about(file: RelationshipFile) -> tuple[tuple[str, str], ...]:
    card = file.vendor.card
    pairs = [(_("What it is"), sentence_case(kind_words(file.vendor.kind)))]
    if card is not None and card.about:
        pairs.append((_("It says"), card.about))
    if file.vendor.address:
        pairs.append((_("Address"), file.vendor.address))
    if card is not None and card.email:
        pairs.append((_("E-mail"), card.email))
    return tuple(pairs)


def _by_beginning(record: AgreementRecord) -> tuple[bool, float, bool]:
    return (
        record.begins != TermsFrom.PING.value,
        record.at.timestamp(),
        record.state is not AgreementState.REFUSED,
    )


def _terms(record: AgreementRecord, roster: Roster) -> TermsLine:
    entry = next((one for one in roster.entries if one.id == record.roster), None)
    begins = _("for the question") if record.begins == TermsFrom.PING.value else _("from an order on")
    how = {
        AgreementState.PROFFERED: _("You proposed it; no answer yet."),
        AgreementState.COUNTERED: _("The vendor proposed it instead; your answer is needed."),
        AgreementState.SIGNED: _("Signed by both on {moment}."),
        AgreementState.REFUSED: _("You proposed it; it was turned down on {moment}."),
    }[record.state]
    tone = {
        AgreementState.PROFFERED: Tone.ACCENT,
        AgreementState.COUNTERED: Tone.CAUTION,
        AgreementState.SIGNED: Tone.GOOD,
        AgreementState.REFUSED: Tone.NEUTRAL,
    }[record.state]
    return TermsLine(
        name=terms_name(record.roster),
        words=_(entry.summary) if entry else "",
        came_about=_("{begins}. {how} ({roster})").format(
            roster=record.roster, begins=sentence_case(begins), how=how.format(moment=moment_of(record.at))
        ),
        state=sentence_case(agreement_state_label(record.state)),
        tone=tone,
    )


def _order(file: RelationshipFile, order: OrderRecord, *, payable: bool) -> OrderView:
    tone = {
        OrderState.PLACED: Tone.ACCENT,
        OrderState.CONFIRMED: Tone.GOOD,
        OrderState.FULFILLED: Tone.GOOD,
        OrderState.CANCELLED: Tone.NEUTRAL,
    }[order.state]
    facts = [(_("Ordered"), ", ".join(_line(line.quantity, line.title) for line in order.lines))]
    if order.price is not None:
        facts.append((_("All in"), values.money(order.price.all_in)))
    facts.append((_("On"), moment_of(order.placed)))
    if order.record:
        facts.append((_("Same record on both sides"), grouped(order.record)))
    if words := ordered_words(order, file.relationship.way, file.vendor.name):
        facts.append((_("Signed"), words))
    if order.paid is not None:
        facts.append((_("Paid"), moment_of(order.paid)))
    payment: tuple[str, ...] = ()
    if payable and order.payment is not None and order.price is not None and order.paid is None:
        payment = tuple(line.strip() for line in payment_lines(order.payment, order.price.all_in))
    return OrderView(
        state=sentence_case(order_state_label(order.state)),
        tone=tone,
        facts=tuple(facts),
        payment=payment,
        copied=order.payment.iban if order.payment is not None and payment else "",
    )


def _line(quantity: int, title: str) -> str:
    return title if quantity == 1 else f"{quantity} × {title}"


def _held(file: RelationshipFile) -> tuple[HeldLine, ...]:
    rosters = {record.hash: record.roster for record in file.agreements}
    return tuple(
        HeldLine(
            id=str(row.seq),
            what=sentence_case(asked_field_label(row.name)),
            value=asked_value_label(row.name, row.value),
            purpose=sentence_case(purpose_label(row.purpose)),
            until=values.day(row.until),
            until_day=row.until.toordinal(),
            under=basis_words(row, rosters),
            state=sentence_case(ledger_state_label(row.state)),
            tone=ledger_tone(row.state),
        )
        for row in sorted(file.disclosures, key=lambda row: row.seq, reverse=True)
    )


def _said(file: RelationshipFile) -> tuple[Said, ...]:
    waiting = [entry.act.text for entry in file.waiting if isinstance(entry.act, acts.Message)]
    lines: list[Said] = []
    shown = fold(file.notes, file.contact_budget).shown  # what lies beyond has a card of its own
    for note in reversed([note for note in shown if note.kind == "message"]):
        mine = note.sender is Side.PERSON
        state = ""
        if mine and note.text in waiting:
            waiting.remove(note.text)
            state = _("waits to leave")
        lines.append(Said(mine=mine, text=note.text, when=moment_of(note.at), state=state))
    return tuple(reversed(lines))


def _waiting(entry: acts.OutboxEntry) -> str:
    what = {
        Kind.PING: _("your first question"),
        Kind.TERMS_ACCEPT: _("your yes to its conditions"),
        Kind.TERMS_REFUSE: _("your no to its conditions"),
        Kind.REVEAL: _("your details"),
        Kind.COUNTER: _("your price"),
        Kind.ACCEPT: _("your order"),
        Kind.DECLINE: _("your no to its offer"),
        Kind.PAID: _("that you have paid"),
        Kind.MESSAGE: _("a message of yours"),
        Kind.WITHDRAW_CAST: _("that you take the question back"),
        Kind.END: _("that you leave"),
        Kind.CONTACT: _("your first question"),
        Kind.ORDER_CHANGE: _("what shall change about your order"),
        Kind.CASE: _("what went wrong"),
        Kind.CASE_ANSWER: _("your word on what went wrong"),
        Kind.UPDATE: _("what is new about you"),
        Kind.GRANT: _("what it asked for later"),
        Kind.REFUSE: _("your no to what it asked for later"),
        Kind.DATA_REQUEST: _("your request about your data"),
        Kind.WITHDRAW_CONSENT: _("that you take your consent back"),
        Kind.NOTICE: _("your notice"),
        Kind.VOICE: _("what you tell them"),
        Kind.KEY_CHANGE: _("your new key"),
    }[acts.KIND_OF[type(entry.act)]]
    if entry.maybe:
        return _("{what} – it may have arrived, it is told again").format(what=what)
    return what


def _can_write(file: RelationshipFile) -> bool:
    return Kind.MESSAGE in file.may_say or file.goes_on


def _takes_contact(file: RelationshipFile) -> bool:
    return file.vendor.card is not None and file.vendor.card.understands(Kind.CONTACT)


def where_said(*, by_desk: bool) -> str:
    """Where words go from a full conversation: to their desk again, or by letter."""
    if not by_desk:
        return _("This conversation is full. What you write becomes a letter to them, for you to look at and send.")
    return _(
        "This conversation is full. What you write goes on in a new one with them, where they know you as their "
        "customer and sign your conditions again."
    )


def _why_silent(file: RelationshipFile, *, leaving: bool) -> str:
    if leaving or file.relationship.state.value in {"ending", "ended"}:
        return _("You are leaving; nothing more is said.") if leaving else _("This is over; nothing more is said.")
    if not file.has_key:
        return why_key_stays(KeyStaysFor.ELSEWHERE)
    return _("You can write once the vendor has signed your conditions.")
