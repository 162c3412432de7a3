"""Mails and what they propose in the words and forms of their pages. No decisions, no reading."""

from collections.abc import Mapping
from datetime import date

from vrm_desktop.domain.mail import MailIn
from vrm_desktop.domain.mail_offer import MailProposal, MailWarning, ProposalState
from vrm_desktop.domain.mail_reading import MailReading, OfferStanding, Quoted
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.relationship import OrderRecord
from vrm_desktop.ui.models.mails_view import MailLine, OfferValues, Passage, WarningLine
from vrm_desktop.ui.presenters.moments import moment_of
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.mail_offers import doubt_line, passage, reason_label, warning_line
from vrm_desktop.wording.mail_words import doubt_label, match_label

_ALARMS = frozenset({MailWarning.BANK_DETAILS, MailWarning.AUTHENTICATION_FAILED, MailWarning.SENDER_ELSEWHERE})


def mail_line(one: MailIn, proposal: MailProposal | None, names: Mapping[str, str]) -> MailLine:
    """One mail in the list."""
    state, tone = standing(one, proposal)
    return MailLine(
        id=one.id,
        subject=one.subject or _("(no subject)"),
        sender=sender_of(one),
        whose=names.get(one.vendor or "", "") or _("nobody knows whose it is"),
        state=state,
        tone=tone,
        day=moment_of(one.at),
        order=int(one.at.timestamp()),
    )


def standing(one: MailIn, proposal: MailProposal | None) -> tuple[str, Tone]:
    """What became of a mail."""
    if proposal is None:
        return (
            (_("Not read for an offer"), Tone.NEUTRAL) if one.vendor is not None else (_("Whose is it?"), Tone.CAUTION)
        )
    match proposal.state:
        case ProposalState.CONFIRMED:
            return _("Offer, confirmed by you"), Tone.GOOD
        case ProposalState.DROPPED:
            return _("Put aside"), Tone.NEUTRAL
        case ProposalState.PROPOSED:
            return _("Read, for you to confirm"), Tone.ACCENT


def sender_of(one: MailIn) -> str:
    """Who wrote, as the mail says: the name never stands without the address."""
    address = one.sender or _("a sender that the mail does not name")
    return f"{one.sender_name} <{address}>" if one.sender_name and one.sender_name != one.sender else address


def mail_facts(one: MailIn, *, terms: bool = False, ordered: OrderRecord | None = None) -> tuple[tuple[str, str], ...]:
    """Where it comes from and goes to, as it says.

    `terms`: the person reads that it accepts the conditions; `ordered`: the order that it may confirm.
    """
    facts = [(_("From, as it says"), sender_of(one))]
    if one.answers_go_to:
        facts.append((_("Answers go to"), one.answers_go_to))
    if one.to:
        facts.append((_("Written to"), ", ".join(one.to)))
    if one.dated is not None:
        facts.append((_("Dated, as it says"), moment_of(one.dated)))
    facts.append((_("Taken in because"), match_label(one.match)))
    if one.authentication:
        facts.append((_("Its headers say"), ", ".join(one.authentication)))
    if terms:
        facts.append((_("My conditions"), _("accepted in it, as you read it")))
    if ordered is not None:
        amount = [values.money(ordered.price.all_in)] if ordered.price is not None else []
        facts.append((_("You ordered by e-mail"), ", ".join([*(line.title for line in ordered.lines), *amount])))
    return tuple(facts)


def mail_notes(one: MailIn) -> tuple[str, ...]:
    """What stands around the text: what was left out of it, attachments, and where links lead."""
    notes = []
    if one.from_html:
        notes.append(_("Made of a formatted mail; pictures and formats are left out."))
    if one.hidden:
        told = ngettext("{count} hidden passage was left out.", "{count} hidden passages were left out.", one.hidden)
        notes.append(told.format(count=one.hidden))
    notes += [
        _("Attached, not opened: {name} ({size} bytes)").format(name=p.name or "?", size=p.size) for p in one.parts
    ]
    notes += [_("Links to: {address}").format(address=address) for address in one.links]
    return tuple(notes)


def warning_lines(one: MailIn, proposal: MailProposal | None) -> tuple[WarningLine, ...]:
    """What is odd about it: as confirmed one by one where it was read for an offer, else as it was taken in."""
    if proposal is None:
        return tuple(WarningLine(key=each.value, words=doubt_label(each), tone=Tone.CAUTION) for each in one.doubts)
    worst_first = sorted(proposal.warnings, key=lambda each: each is not MailWarning.BANK_DETAILS)
    return tuple(
        WarningLine(key=each.value, words=warning_line(each), tone=Tone.BAD if each in _ALARMS else Tone.CAUTION)
        for each in worst_first
    )


def doubt_lines(reading: MailReading) -> tuple[str, ...]:
    """Why something was not read."""
    nothing = [_("No price was read from it. If you read one, type it yourself.")] if reading.empty else []
    return (*nothing, *(doubt_line(one) for one in reading.doubts))


def typed_amount(amount: Money | None) -> str:
    """An amount as it is typed."""
    return f"{amount.decimal()} {amount.currency}" if amount is not None else ""


def offer_values(reading: MailReading, today: date) -> OfferValues:
    """What was read, as it stands in the form."""
    after = reading.delivery_days.after(today) if reading.delivery_days is not None else None
    return OfferValues(
        total=typed_amount(reading.total.money if reading.total else None),
        items=typed_amount(reading.items.money if reading.items else None),
        shipping=typed_amount(reading.shipping.money if reading.shipping else None),
        tax=reading.tax.basis.value if reading.tax else "",
        valid_until=reading.valid_until.day if reading.valid_until else None,
        by=reading.delivery_by.day if reading.delivery_by else after,
        returns=str(reading.returns_days.count) if reading.returns_days else "",
        warranty=str(reading.warranty_months.count) if reading.warranty_months else "",
        binding=reading.standing is not None and reading.standing.standing is OfferStanding.BINDING,
    )


def passages(reading: MailReading, text: str) -> tuple[Passage, ...]:
    """Where each value stands, with the words around it."""
    places: tuple[tuple[str, Quoted | None], ...] = (
        ("total", reading.total.at if reading.total else None),
        ("items", reading.items.at if reading.items else None),
        ("shipping", reading.shipping.at if reading.shipping else None),
        ("tax", reading.tax.at if reading.tax else None),
        ("valid_until", reading.valid_until.at if reading.valid_until else None),
        ("by", reading.delivery_by.at if reading.delivery_by else None),
        ("by", reading.delivery_days.at if reading.delivery_days and not reading.delivery_by else None),
        ("returns", reading.returns_days.at if reading.returns_days else None),
        ("warranty", reading.warranty_months.at if reading.warranty_months else None),
        ("binding", reading.standing.at if reading.standing else None),
    )
    return tuple(
        Passage(key=key, start=at.start, end=at.end, told=f"“{passage(text, at)}” ({reason_label(at.why)})")
        for key, at in places
        if at is not None and at.end <= len(text)
    )
