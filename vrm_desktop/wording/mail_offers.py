"""What mails propose, in words: each value beside the text it came from, warnings, and why something was not read.

Plain text of strangers is quoted within marks, on one line, and short. Never the word offer for a proposal alone.
"""

from collections.abc import Iterator

from vrm_desktop.domain.mail_offer import MailProposal, MailWarning, ProposalState
from vrm_desktop.domain.mail_reading import Doubt, MailReading, OfferStanding, Quoted, Reason, SaidCount, TaxBasis
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _

_AROUND = 48
_LONGEST = 160


def state_label(state: ProposalState) -> str:
    """What the person made of it."""
    return {
        ProposalState.PROPOSED: _("read, not confirmed by you"),
        ProposalState.CONFIRMED: _("offer by e-mail, confirmed by you"),
        ProposalState.DROPPED: _("put aside"),
    }[state]


def warning_line(warning: MailWarning) -> str:
    """What is not as it should be, and what to do about it."""
    return {
        MailWarning.NO_SENDER: _("The mail does not say clearly who sent it."),
        MailWarning.SENDER_ELSEWHERE: _(
            "The mail comes from an address that is not known to be this vendor's. Ask the vendor by another way."
        ),
        MailWarning.REPLY_ELSEWHERE: _("Answers to this mail would go somewhere else than to its sender."),
        MailWarning.AUTHENTICATION_FAILED: _(
            "Your mail server could not confirm that the mail comes from where it says. It may be forged."
        ),
        MailWarning.HIDDEN_TEXT: _("The mail holds text that one cannot see. It was not read."),
        MailWarning.LINK_ELSEWHERE: _("A link in the mail leads to another site than the vendor's."),
        MailWarning.CUT: _("The mail is too long, and was not read to its end."),
        MailWarning.BANK_DETAILS: _(
            "ALARM: the mail names a bank account. Mails are easily forged: nothing is ever paid by this mail's word. "
            "Ask the vendor by a way that you know, such as a telephone number you had before."
        ),
    }[warning]


def doubt_line(doubt: Doubt) -> str:
    """Why something was not read."""
    return {
        Doubt.DECLINED: _("It reads as if nothing is offered, or as if it is about something already sold or billed."),
        Doubt.SEVERAL_PRICES: _("It names several prices, a range, or a price for a time: which one counts is yours."),
        Doubt.UNCLEAR_PRICE: _("An amount in it can be read in two ways."),
        Doubt.SUMS_DIFFER: _("Its sums do not add up. Ask the vendor what it means."),
        Doubt.SHIPPING_OPEN: _("What shipping costs is open, so there is no total."),
        Doubt.TAX_OPEN: _("Whether tax comes on top, or how much, is open, so there is no total."),
        Doubt.COSTS_OPEN: _("It speaks of further costs or a discount without a total."),
        Doubt.ANOTHER_QUANTITY: _("It is not clear whether the price is for as many as you want."),
        Doubt.ODD_CHARACTERS: _("It holds characters that make it look otherwise than it reads. It was not read."),
        Doubt.TOO_LONG: _("It is too long. It was not read."),
    }[doubt]


def reason_label(reason: Reason) -> str:
    """Why a value was taken from its passage."""
    return {
        Reason.SAID: _("as it says"),
        Reason.NAMED_A_TOTAL: _("named as the total"),
        Reason.ONLY_PRICE: _("the only price"),
        Reason.PER_PIECE: _("price per piece times what you want"),
        Reason.ADDED_UP: _("added up from its parts"),
        Reason.COUNTED: _("counted from the day of the mail"),
    }[reason]


def passage(text: str, at: Quoted) -> str:
    """The value's passage with a little of its line around it: `… the price is [699,00 €] including VAT …`."""
    start = max(text.rfind("\n", 0, at.start) + 1, at.start - _AROUND)
    stop = text.find("\n", at.end)
    end = min(len(text) if stop < 0 else stop, at.end + _AROUND)
    found = " ".join(f"{text[start : at.start]}[{text[at.start : at.end]}]{text[at.end : end]}".split())
    return found[:_LONGEST]


def count_label(said: SaidCount, *, months: bool = False) -> str:
    """`3 working days`, `14 days`, `24 months`."""
    if months:
        return _("{count} months").format(count=said.count)
    if said.working:
        return _("{count} working days").format(count=said.count)
    return _("{count} days").format(count=said.count)


def tax_label(basis: TaxBasis) -> str:
    """Whether tax is in the price."""
    return {TaxBasis.GROSS: _("tax is in it"), TaxBasis.NET: _("tax comes on top")}[basis]


def standing_label(standing: OfferStanding) -> str:
    """Whether the vendor says to be bound."""
    return {
        OfferStanding.BINDING: _("the vendor says to be bound"),
        OfferStanding.INDICATIVE: _("the vendor says not to be bound"),
    }[standing]


def said(reading: MailReading) -> Iterator[tuple[str, str, Quoted]]:
    """Everything that was read, as label, value and place."""
    for label, amount in (
        (_("total"), reading.total),
        (_("goods"), reading.items),
        (_("shipping"), reading.shipping),
    ):
        if amount is not None:
            yield label, values.money(amount.money), amount.at
    if reading.tax is not None:
        yield _("tax"), tax_label(reading.tax.basis), reading.tax.at
    for label, day in ((_("valid until"), reading.valid_until), (_("delivered by"), reading.delivery_by)):
        if day is not None:
            yield label, values.day(day.day), day.at
    for label, count, months in (
        (_("delivered within"), reading.delivery_days, False),
        (_("returns"), reading.returns_days, False),
        (_("warranty"), reading.warranty_months, True),
    ):
        if count is not None:
            yield label, count_label(count, months=months), count.at
    if reading.standing is not None:
        yield _("bound"), standing_label(reading.standing.standing), reading.standing.at


def proposal_lines(one: MailProposal, vendor: str, text: str) -> tuple[str, ...]:
    """A proposal with each value beside its passage in `text` ("" where the mail is gone)."""
    sender = one.sender or _("a sender that the mail does not name")
    lines = [f"{vendor} <{sender}> [{state_label(one.state)}]  ({one.id})"]
    for label, value, at in said(one.reading):
        told = f"    {label}: {value}  ({reason_label(at.why)})"
        lines.append(f"{told}  “{passage(text, at)}”" if at.end <= len(text) else told)
    if one.reading.empty:
        lines.append("    " + _("No price was read from it. If you read one, confirm it with your own values."))
    lines += [f"    ?  {doubt_line(doubt)}" for doubt in one.reading.doubts]
    if one.state is ProposalState.PROPOSED:
        lines += [f"    !  {warning_line(warning)}  ({warning.value})" for warning in one.warnings]
    if one.terms_accepted:
        lines.append("    " + _("The vendor accepts your conditions in it, as you read it."))
    return tuple(lines)
