"""Reads what the pages of mails show, on the engine's thread. A mail that answers a want is read for an offer."""

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.domain.mail import MailIn
from vrm_desktop.domain.mail_offer import MailProposal, ProposalState
from vrm_desktop.services import (
    choose_vendors,
    confirm_mail_offer,
    mail_account,
    order_by_mail,
    read_mail,
    say_what_i_want,
)
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.ui.models.mails_view import MailsView, MailView, OfferValues
from vrm_desktop.ui.presenters import mails as words
from vrm_desktop.wording.catalogue import _

_OPEN = frozenset({IntentcastState.DRAFT, IntentcastState.CAST})
_USUAL_CURRENCY = "EUR"


async def read_mails(means: Means) -> MailsView:
    """All mails, and whether there is a folder to look into."""
    account = await mail_account.account(means)
    proposed = await _proposals(means)
    names = {str(one.id): one.name for one in await choose_vendors.vendors(means)}
    found = await read_mail.mails(means)
    reads = account is not None and account.reads is not None
    return MailsView(
        lines=tuple(words.mail_line(one, proposed.get(one.id), names) for one in found),
        reads=reads,
        folder=account.folder if account is not None else "",
    )


async def read_one(means: Means, key: str) -> MailView:
    """One mail, read for an offer where it is known what it answers.

    Raises:
        NotFound: no such mail.
    """
    mail = await read_mail.mail(means, key)
    one = (await _proposals(means)).get(key)
    if one is None and mail.vendor is not None and mail.intentcast is not None:
        try:
            one = await confirm_mail_offer.propose(means, key)
        except (NotFound, NotPossibleNow):
            one = None  # its want is over or gone: it stays a mail
    vendors = await choose_vendors.vendors(means)
    wants = await say_what_i_want.wants(means)
    name = next((each.name for each in vendors if each.id == mail.vendor), "")
    state, tone = words.standing(mail, one)
    today = means.clock.today()
    ordered = await order_by_mail.confirmable(means, mail)
    wanted = next((each for each in wants if one is not None and each.id == one.intentcast), None)
    unread = one is None and mail.vendor is not None
    return MailView(
        id=mail.id,
        title=mail.subject or _("(no subject)"),
        subtitle=_subtitle(name, wanted),
        facts=words.mail_facts(mail, terms=one is not None and one.terms_accepted, ordered=ordered),
        text=mail.text,
        notes=words.mail_notes(mail),
        state=state,
        tone=tone,
        today=today,
        currency=_currency(one, wanted),
        warnings=words.warning_lines(mail, one),
        proposal=one.id if one is not None else "",
        open=one is not None and one.state is not ProposalState.CONFIRMED and _goes_on(wanted),
        confirmed=one is not None and one.state is ProposalState.CONFIRMED,
        can_confirm=ordered is not None,
        terms_accepted=one is not None and one.terms_accepted,
        want=one.intentcast if one is not None else "",
        values=words.offer_values(one.reading, today) if one is not None else OfferValues(),
        passages=words.passages(one.reading, mail.text) if one is not None else (),
        doubts=words.doubt_lines(one.reading) if one is not None else (),
        vendors=tuple((str(each.id), each.name) for each in vendors) if mail.vendor is None else (),
        wants=tuple((str(each.id), each.title) for each in wants if each.state in _OPEN) if unread else (),
    )


async def corrected(means: Means, key: str) -> tuple[str, IntentcastId]:
    """The currency in which amounts of a proposal are meant, and its want."""
    one = (await confirm_mail_offer.proposal(means, key)).proposal
    wants = await say_what_i_want.wants(means)
    return _currency(one, next((each for each in wants if each.id == one.intentcast), None)), one.intentcast


async def _proposals(means: Means) -> dict[str, MailProposal]:
    found = await means.vault.read(lambda tx: tx.papers(MailProposal))
    return {one.mail: one for one in found}


def _goes_on(want: Intentcast | None) -> bool:
    return want is not None and want.state in _OPEN


def _currency(one: MailProposal | None, want: Intentcast | None) -> str:
    if one is not None and one.reading.total is not None:
        return one.reading.total.money.currency
    return want.price_cap.currency if want is not None and want.price_cap is not None else _USUAL_CURRENCY


def _subtitle(name: str, want: Intentcast | None) -> str:
    if name and want is not None:
        return _("{vendor}, about “{want}”").format(vendor=name, want=want.title)
    return name


def belonging(mail: MailIn) -> frozenset[tuple[str, str]]:
    """What changed when this mail came or was changed."""
    return frozenset({("mail", mail.id), ("relationship", mail.relationship or ""), ("agenda", mail.id)})
