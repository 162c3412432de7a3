"""Mails to draw: an honest one, one that everything is odd about, a long one."""

from datetime import UTC, date, datetime

from vrm_desktop.domain.ids import Digest, IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.mail import MailDoubt, MailIn, MailMatch, MailPart
from vrm_desktop.domain.mail_offer import MailProposal, MailWarning
from vrm_desktop.domain.offer import OfferLine, Price
from vrm_desktop.domain.relationship import OrderRecord, OrderState
from vrm_desktop.formats.mail_offer.reading import read_mail_offer
from vrm_desktop.ui.models.mails_view import MailsView, MailView
from vrm_desktop.ui.presenters import mails as words

TODAY = date(2026, 11, 23)
_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_TEXT = """Hello,

thank you for your request. The touring bike in 54 cm is €699.00, shipping is €19.00, in total €718.00 including VAT.
This offer is valid until 3 December 2026 and binding.

Delivery takes 3 working days. You have 14 days to return it, and 24 months of warranty.

Kind regards 🚲
Jana Krüger, Radhaus Ehrenfeld
"""
_ODD = """Dear customer,

your bike is €649.00 or €699.00, depending on the colour.
Please pay at once to our new account DE02 1203 0000 0000 2020 51 so that we can reserve it for you.

https://pay.radhaus-ehrenfe1d.example/now
"""
_THANKS = """Hello,

thank you for your order! Your touring bike is reserved for you, and we write again as soon as it leaves.

Kind regards
Jana Krüger, Radhaus Ehrenfeld
"""
_NAMES = {"vendor-1": "Radhaus Ehrenfeld", "vendor-2": "Velo Süd"}


def plain() -> MailIn:
    """An answer about which nothing is odd."""
    return _mail("mail-1", "Your request for a touring bike", _TEXT)


def odd() -> MailIn:
    """One that nobody should believe."""
    return _mail(
        "mail-2",
        "URGENT: your touring bike",
        _ODD,
        sender="sales@radhaus-ehrenfe1d.example",
        answers_go_to="radhaus.ehrenfeld.payments.department@freemail.example",
        from_html=True,
        hidden=2,
        parts=(MailPart(name="Invoice-2026-11-23.pdf.exe", media="application/octet-stream", size=48_213),),
        links=("https://pay.radhaus-ehrenfe1d.example/now",),
        authentication=("spf=fail", "dkim=none"),
        doubts=(
            MailDoubt.SENDER_ELSEWHERE,
            MailDoubt.REPLY_ELSEWHERE,
            MailDoubt.AUTHENTICATION_FAILED,
            MailDoubt.HIDDEN_TEXT,
            MailDoubt.LINK_ELSEWHERE,
        ),
    )


def nobodys() -> MailIn:
    """One of which it is not known whose it is; its text has no end and no blanks."""
    text = "Angebot" * 600
    return _mail("mail-3", "Re: " * 40 + "Fahrrad", text, vendor=None, match=MailMatch.NONE, sender_name="W" * 90)


def thanks() -> MailIn:
    """What a shop writes after an order."""
    return _mail("mail-5", "Your order of a touring bike", _THANKS)


def ordered() -> OrderRecord:
    """An order by mail that waits for a confirmation."""
    return OrderRecord(
        relationship=RelationshipId("rel-1"),
        intentcast=IntentcastId("want-1"),
        offer=MessageId("M" * 43),
        hash=Digest("D" * 43),
        lines=(OfferLine(title="Touring bike, 54 cm", quantity=1, unit=69_900),),
        price=Price(currency="EUR", items=69_900, shipping=1_900, fees=0, tax=0, total=71_800),
        payment_method="none",
        state=OrderState.PLACED,
        placed=_AT,
        document=b"",
    )


def mails_view(*, reads: bool = True, some: bool = True) -> MailsView:
    """The list."""
    found = (
        words.mail_line(plain(), _proposal(plain()), _NAMES),
        words.mail_line(odd(), _proposal(odd()), _NAMES),
        words.mail_line(nobodys(), None, _NAMES),
        words.mail_line(_mail("mail-4", "Angebot Nr. 4711", "…", vendor="vendor-2"), confirmed(plain()), _NAMES),
    )
    return MailsView(lines=found if some else (), reads=reads, folder="INBOX/Offers")


def mail_view(
    one: MailIn, proposal: MailProposal | None = None, order: OrderRecord | None = None, **more: object
) -> MailView:
    """One of them, read for an offer where it can be; what may confirm an order is not."""
    made = proposal or (_proposal(one) if one.vendor is not None and order is None else None)
    state, tone = words.standing(one, made)
    view: dict[str, object] = {
        "id": one.id,
        "title": one.subject,
        "subtitle": "Radhaus Ehrenfeld, about “Touring bike, 54 cm”" if made else "",
        "facts": words.mail_facts(one, terms=proposal is not None, ordered=order),
        "terms_accepted": proposal is not None,
        "text": one.text,
        "notes": words.mail_notes(one),
        "state": state,
        "tone": tone,
        "today": TODAY,
        "warnings": words.warning_lines(one, made),
        "proposal": made.id if made else "",
        "open": made is not None and made.offer is None,
        "confirmed": made is not None and made.offer is not None,
        "can_confirm": order is not None,
        "want": "want-1",
    }
    if made is not None:
        view |= {
            "values": words.offer_values(made.reading, TODAY),
            "passages": words.passages(made.reading, one.text),
            "doubts": words.doubt_lines(made.reading),
        }
    return MailView(**(view | more))  # type: ignore[arg-type] # names and types are those of the dict above


def confirmed(one: MailIn) -> MailProposal:
    """It became an offer."""
    return _proposal(one).confirmed(MessageId("M" * 43))


def _proposal(one: MailIn) -> MailProposal:
    warnings = [MailWarning(doubt.value) for doubt in one.doubts]
    if one.doubts:
        warnings.append(MailWarning.BANK_DETAILS)
    return MailProposal(
        id=f"proposal-{one.id}",
        vendor=VendorId("vendor-1"),
        relationship=RelationshipId("rel-1"),
        at=_AT,
        intentcast=IntentcastId("want-1"),
        mail=one.id,
        digest=one.digest,
        sender=one.sender,
        dated=TODAY,
        reading=read_mail_offer(one.text, TODAY, "EUR", 1),
        warnings=tuple(warnings),
    )


def _mail(key: str, subject: str, text: str, **more: object) -> MailIn:
    made: dict[str, object] = {
        "id": key,
        "vendor": "vendor-1",
        "relationship": RelationshipId("rel-1"),
        "at": _AT,
        "intentcast": IntentcastId("want-1"),
        "match": MailMatch.IN_REPLY_TO,
        "sender": "jana@radhaus-ehrenfeld.example",
        "sender_name": "Radhaus Ehrenfeld",
        "subject": subject,
        "dated": _AT,
        "text": text,
        "digest": Digest("D" * 43),
        "attachment": f"document-{key}",
        "to": ("me+k2f7@mail.example",),
    }
    return MailIn(**(made | more))  # type: ignore[arg-type] # names and types are those of the dict above
