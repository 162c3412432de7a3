"""Renewing a consent in one act: the same fields for the same purpose, with today's values, for as long again.

Never by itself: each renewal is the person's own act, held for a moment like any other. Never here: the record that it
leads to (keep_consents), and what is given (answer_wishes).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from vrm_desktop.domain.acts import OutboxEntry
from vrm_desktop.domain.consent import ALLOWS, Consent, ConsentWord
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.promise import Promise, PromiseState
from vrm_desktop.domain.wish import Wish, WishState
from vrm_desktop.services.answer_wishes import given_again, hold_again, leaving
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.let_go import let_go
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

_RENEWABLE = ALLOWS | {ConsentWord.EXPIRED}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Renewal:
    """What a renewal would give now, and until which day; `waits`: the answer to the vendor that has yet to leave."""

    consent: str
    fields: tuple[PlannedField, ...] = ()
    waits: OutboxEntry | None = None

    @property
    def until(self) -> date | None:
        """The last day of it; None where nothing can be given now."""
        return max((one.until for one in self.fields), default=None)


async def renewals(means: Means) -> dict[str, Renewal]:
    """By the record's id, every consent that can be renewed now, or of which an answer waits to leave."""

    def look(tx: Transaction) -> dict[str, Renewal]:
        found = (_renewal(tx, means, one) for one in tx.papers(Consent) if one.word in _RENEWABLE)
        return {one.consent: one for one in found if one is not None}

    return await means.vault.read(look)


async def renew(means: Means, key: str, pause: timedelta = timedelta()) -> Changes:
    """Give it once more; it leaves after the pause and can be undone until then.

    Raises:
        NotFound: no such record. MissingField: the profile lacks a value now. NotPossibleNow: it was taken back or
            refused, it is another party's receipt, what was promised for it is due and nobody said whether it came,
            an answer is on its way, it would last no longer, or the vendor cannot be told.
    """

    def change(tx: Transaction) -> Changes:
        consent = tx.paper(Consent, key)
        if consent is None:
            raise NotFound(key)
        wish, _fields = _plan(tx, means, consent)
        hold_again(tx, means, wish, pause)
        return Changes.of(("consent", key), ("wish", wish.id), ("relationship", consent.relationship))

    return await means.vault.write(change)


def _renewal(tx: Transaction, means: Means, consent: Consent) -> Renewal | None:
    wish = tx.paper(Wish, consent.wish) if consent.wish is not None else None
    waits = leaving(tx, wish) if wish is not None else None
    if waits is not None:
        return Renewal(consent=consent.id, waits=waits)
    try:
        return Renewal(consent=consent.id, fields=_plan(tx, means, consent)[1])
    except (NotPossibleNow, DomainError):
        return None


def _plan(tx: Transaction, means: Means, consent: Consent) -> tuple[Wish, tuple[PlannedField, ...]]:
    wish = tx.paper(Wish, consent.wish) if consent.wish is not None else None
    if consent.word not in _RENEWABLE or wish is None or wish.state is not WishState.GRANTED:
        raise NotPossibleNow(consent.word.value)
    if let_go(tx, consent.vendor) or leaving(tx, wish) is not None:
        raise NotPossibleNow("an answer is on its way, or the person has let go of the vendor")
    promise, today = tx.paper(Promise, wish.promise) if wish.promise else None, means.clock.today()
    asked = promise is not None and promise.due is not None and promise.due <= today
    if promise is not None and asked and promise.state is PromiseState.OPEN:
        raise NotPossibleNow("nobody has said whether the return came")
    fields = given_again(tx, means, wish).fields
    if consent.stands and consent.until is not None and max(one.until for one in fields) <= consent.until:
        raise NotPossibleNow("it would last no longer")
    return wish, fields
