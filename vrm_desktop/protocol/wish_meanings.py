"""A vendor's later wish, and its receipts for erasing, in the domain's words. Judging them is not done here."""

from datetime import date

from msgspec import UnsetType

from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import Digest
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.wish import InReturn, WishedField
from vrm_desktop.protocol.messages import Acknowledgement, DataWish
from vrm_desktop.protocol.shapes import read_day


def wished_fields(wish: DataWish) -> tuple[WishedField, ...]:
    """What is wished for, not judged yet."""
    return tuple(WishedField(name=one.name, purpose=Purpose(one.purpose), days=one.days) for one in wish.fields)


def in_return_from(wish: DataWish) -> InReturn | None:
    """What comes back for it.

    Raises:
        Malformed: no such day.
    """
    back = wish.in_return
    if isinstance(back, UnsetType):
        return None
    amount = None
    if not isinstance(back.amount, UnsetType) and not isinstance(back.currency, UnsetType):
        amount = Money(minor=back.amount, currency=back.currency)
    return InReturn(what=back.what, due=read_day(back.due), amount=amount)


def answer_by(wish: DataWish) -> date | None:
    """Until when the vendor would like an answer.

    Raises:
        Malformed: no such day.
    """
    return None if isinstance(wish.by, UnsetType) else read_day(wish.by)


def erased_digests(word: Acknowledgement) -> frozenset[Digest]:
    """The digests of the values that the vendor says it has erased."""
    return frozenset() if isinstance(word.erased, UnsetType) else frozenset(Digest(one) for one in word.erased)
