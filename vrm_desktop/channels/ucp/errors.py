"""What goes wrong with a shop, as the channels' one error with codes of its own. Never people's wording."""

from datetime import datetime
from typing import Final

from vrm_desktop.courier.answers import Answer, retry_after_seconds
from vrm_desktop.courier.errors import CourierError
from vrm_desktop.services.ports import ChannelError

_FINAL: Final = frozenset({"address-refused", "request-refused"})


def unreached(error: CourierError) -> ChannelError:
    """The courier brought no answer."""
    return ChannelError(error.code, str(error), may_have_arrived=error.may_have_arrived, final=error.code in _FINAL)


def unusable(detail: str) -> ChannelError:
    """An answer came that cannot be used."""
    return ChannelError("answered-badly", detail, may_have_arrived=True, final=False)


def by_status(answer: Answer, now: datetime) -> ChannelError:
    """What an answer's status means where the shop says no more.

    `shop-not-admitted`: it answers only those it knows; `shop-gone`: there is nothing at this address;
    `shop-refused`: it does not take the request; `shop-moved`: it sends elsewhere, which is not followed.
    """
    told = str(answer.status)
    match answer.status:
        case 401 | 403:
            return ChannelError("shop-not-admitted", told, may_have_arrived=True, final=True)
        case 404 | 405 | 410:
            return ChannelError("shop-gone", told, may_have_arrived=True, final=True)
        case 429 | 503:
            wait = retry_after_seconds(answer.headers, now=now)
            return ChannelError("busy", told, may_have_arrived=True, final=False, retry_after=wait)
        case status if 300 <= status < 400:
            return ChannelError("shop-moved", told, may_have_arrived=True, final=True)
        case status if 400 <= status < 500:
            return ChannelError("shop-refused", told, may_have_arrived=True, final=True)
        case _:
            return ChannelError("answered-badly", told, may_have_arrived=True, final=False)
