"""What the person typed about a mail's offer, as values; or which field does not fit, and why. Pure."""

import re

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.mail_offer import ConfirmedValues
from vrm_desktop.domain.mail_reading import TaxBasis
from vrm_desktop.domain.money import Money
from vrm_desktop.formats.amounts import read_amount
from vrm_desktop.formats.errors import NotAnAmount
from vrm_desktop.ui.models.mails_view import OfferValues
from vrm_desktop.wording.catalogue import _

_BARE = re.compile(r"[0-9][0-9.,]*")
_COUNT = re.compile(r"[0-9]{1,4}")


class NotTyped(ValueError):
    """A field that does not fit: `field` is its key, "" for how they go together; the text is for the person."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field, self.words = field, words


def confirmed_values(typed: OfferValues, currency: str) -> ConfirmedValues:
    """The values; an amount without a currency is in `currency`.

    Raises:
        NotTyped: a field does not fit, or they do not go together.
    """
    total = typed_money("total", typed.total, currency)
    if total is None:
        raise NotTyped("total", _("Say what you would pay in all, such as 718.00 EUR."))
    if typed.valid_until is None:
        raise NotTyped("valid_until", _("An offer needs a last day. Where the mail names none, choose one."))
    try:
        made = ConfirmedValues(
            total=total,
            valid_until=typed.valid_until,
            items=typed_money("items", typed.items, total.currency),
            shipping=typed_money("shipping", typed.shipping, total.currency),
            tax=TaxBasis(typed.tax) if typed.tax else None,
            by=typed.by,
            returns_days=_count("returns", typed.returns),
            warranty_months=_count("warranty", typed.warranty),
            binding=typed.binding,
        )
        made.price  # noqa: B018 - it raises where the parts do not come to the total
    except NotTyped:
        raise
    except InvalidValue as error:
        raise NotTyped("", _does_not_add_up()) from error
    return made


def typed_money(field: str, text: str, currency: str) -> Money | None:
    """An amount, None where nothing was typed.

    Raises:
        NotTyped: it is none.
    """
    if not text:
        return None
    try:
        return read_amount(f"{text} {currency}" if _BARE.fullmatch(text) else text)
    except (NotAnAmount, InvalidValue) as error:
        raise NotTyped(field, _("An amount looks like 718.00 EUR.")) from error


def _count(field: str, text: str) -> int | None:
    if not text:
        return None
    if _COUNT.fullmatch(text) is None or not text.isascii():
        raise NotTyped(field, _("A number, such as 14."))
    return int(text)


def _does_not_add_up() -> str:
    return _(
        "Goods, shipping and tax do not come to what you would pay in all. Leave the goods empty if you do not know."
    )
