"""One answer mail read: what it offers, each value with its passage in the text as given.

A mail that declines, asks back, leaves a choice or gives a range is no offer, and where anything is unclear nothing is
read: a missing price costs the person a look, a wrong one costs money. Never here: who sent the mail.
"""

from dataclasses import replace
from datetime import date

from vrm_desktop.domain.mail_reading import Doubt, MailReading
from vrm_desktop.formats.mail_offer.amounts_in_text import amounts_in
from vrm_desktop.formats.mail_offer.conditions import conditions, standing
from vrm_desktop.formats.mail_offer.own_text import LONGEST, own_text
from vrm_desktop.formats.mail_offer.phrases import DECLINED
from vrm_desktop.formats.mail_offer.roles import placed
from vrm_desktop.formats.mail_offer.sums import settle

_MOST_AMOUNTS = 60


def read_mail_offer(text: str, day: date, currency: str, quantity: int) -> MailReading:
    """What the plain text of a mail offers.

    `day` is the mail's own; `currency` and `quantity` are the want's. The values' passages are places in `text`.
    """
    if len(text) > LONGEST:
        return MailReading(doubts=(Doubt.TOO_LONG,))
    own, odd = own_text(text)
    if odd:
        return MailReading(doubts=(Doubt.ODD_CHARACTERS,))
    amounts = tuple(amounts_in(own, currency))
    if len(amounts) > _MOST_AMOUNTS:
        return MailReading(doubts=(Doubt.SEVERAL_PRICES,))
    if amounts and DECLINED.search(own) is not None:
        return MailReading(doubts=(Doubt.DECLINED,))
    reading = settle(own, placed(own, amounts), quantity)
    if reading.empty:
        return reading
    beside = conditions(own, day)
    return replace(
        reading,
        valid_until=beside.valid_until,
        delivery_by=beside.delivery_by,
        delivery_days=beside.delivery_days,
        returns_days=beside.returns_days,
        warranty_months=beside.warranty_months,
        standing=standing(own),
    )
