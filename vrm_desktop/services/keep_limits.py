"""My limits: made and signed with a key of their own each, listed, revoked, exported, and asked before anything binds.

A limit allows and pays nothing. Where limits are in force, what binds the person must be within one of them, or the
person says so for this one. What was bought under a limit is counted here, and what was undone is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.limits import (
    AnyOf,
    Article,
    Bought,
    Breach,
    Limit,
    LimitTerms,
    LimitUse,
    Party,
    Purchase,
    breaches,
    spent,
)
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.relationship import OrderState
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.formats.iban import iban_is_sound, plain
from vrm_desktop.formats.payment_texts import site_of
from vrm_desktop.protocol.mandates import sign_limit, sign_revocation
from vrm_desktop.services.errors import NotFound, NotPossibleNow, OverLimit
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

ALL = ("limit", "all")
FORMAT = "vrm-limit"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LimitShown:
    """A limit with what was bought under it."""

    limit: Limit
    spent: Money
    uses: tuple[LimitUse, ...]
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Judged:
    """A purchase seen with the limits in force: `within` is the first that allows it, `broken` why each does not.

    Without any limit in force there is nothing to be within, and `asks` is false.
    """

    within: Limit | None = None
    broken: tuple[tuple[Limit, tuple[Breach, ...]], ...] = ()

    @property
    def asks(self) -> bool:
        """Whether the person has to say so."""
        return self.within is None and bool(self.broken)


async def limits(means: Means) -> tuple[LimitShown, ...]:
    """All limits, the newest first; those that are revoked or over too."""

    def look(tx: Transaction) -> tuple[LimitShown, ...]:
        found = sorted(tx.papers(Limit), key=lambda one: (one.at, one.id), reverse=True)
        return tuple(_shown(tx, means, one) for one in found)

    return await means.vault.read(look)


async def limit(means: Means, key: str) -> LimitShown:
    """One limit.

    Raises:
        NotFound: no such limit.
    """
    return await means.vault.read(lambda tx: _shown(tx, means, _found(tx, key)))


async def add(means: Means, title: str, terms: LimitTerms) -> Limit:
    """Keep a limit, signed with a key that is made for it alone.

    Raises:
        InvalidValue: it has no title.
    """

    def change(tx: Transaction) -> Limit:
        key, now = means.new_id("limit"), means.clock.now()
        made = Limit(id=key, at=now, title=title.strip(), terms=terms)
        tx.new_identity(_key(key), means.random.token(32), base64url.encode(means.random.token(32)))
        signed = sign_limit(terms, made=now, signer=tx.signer(_key(key)))
        made = replace(made, checkout=signed.checkout, payment=signed.payment)
        tx.keep_paper(made)
        return made

    return await means.vault.write(change)


async def revoke(means: Means, key: str) -> Changes:
    """Take a limit back, from now; its own key signs that too.

    Raises:
        NotFound: no such limit. NotPossibleNow: it is revoked already.
    """

    def change(tx: Transaction) -> Changes:
        found, now = _found(tx, key), means.clock.now()
        if found.revoked is not None:
            raise NotPossibleNow("it is revoked already")
        said = sign_revocation(found.checkout, at=now, signer=tx.signer(_key(key)))
        tx.keep_paper(replace(found, revoked=now, revocation=said))
        return Changes.of(("limit", key), ALL)

    return await means.vault.write(change)


async def export(means: Means, key: str) -> bytes:
    """A limit as a file that a stranger can check (`docs/examples/verify_limits.py`): no title, nothing bought.

    Raises:
        NotFound: no such limit.
    """
    found = (await limit(means, key)).limit
    signed = {"checkout": found.checkout, "payment": found.payment}
    revoked = {"revocation": found.revocation} if found.revocation else {}
    return strict_json.encode({"format": FORMAT, "version": 1, **signed, **revoked})


async def judge(means: Means, purchase: Purchase) -> Judged:
    """Whether a purchase is within the limits in force."""
    return await means.vault.read(lambda tx: judged(tx, purchase))


async def judge_offer(means: Means, offer: Offer) -> Judged:
    """Whether accepting this offer would be within the limits in force."""
    return await means.vault.read(lambda tx: _of_offer(tx, means, offer))


async def judge_payee(means: Means, offer: str, payee: str) -> Judged:
    """Whether the limit that the order was counted under allows this payee; without such a limit nothing asks."""
    return await means.vault.read(lambda tx: _of_payee(tx, offer, payee))


async def parties(means: Means, vendors: tuple[VendorId, ...]) -> tuple[Party, ...]:
    """Counterparties as a limit names them.

    Raises:
        NotFound: no such counterparty. NotPossibleNow: one has neither a site nor a key to know it by.
    """
    return await means.vault.read(lambda tx: tuple(_party(tx, one) for one in vendors))


def account(text: str) -> Party:
    """Who is paid, by an account number as people write it.

    Raises:
        InvalidValue: the number does not check.
    """
    number = plain(text)
    if not iban_is_sound(number):
        raise InvalidValue("this account number does not check")
    return Party(id=f"payto://iban/{number}")


def choices(articles: Iterable[tuple[Article, int]]) -> tuple[AnyOf, ...]:
    """Articles and how many of each at most, as a limit names them: each by itself."""
    return tuple(
        AnyOf(id=f"choice-{at}", acceptable=(one,), quantity=many) for at, (one, many) in enumerate(articles, start=1)
    )


def _party(tx: Transaction, key_of: VendorId) -> Party:
    vendor = tx.vendor(key_of)
    if vendor is None:
        raise NotFound(key_of)
    key = merchant_id(vendor)
    if not key:
        raise NotPossibleNow("a limit knows a counterparty by its site or key")
    return Party(id=key, name=vendor.name, website=vendor.web or (vendor.card.url if vendor.card else ""))


def merchant_id(vendor: Counterparty) -> str:
    """What tells a counterparty from all others: its domain, or its key where it has none; "" without either."""
    card = vendor.card
    for address in (vendor.web, card.url if card else "", vendor.address, card.endpoint if card else ""):
        site = site_of(address) if address else ""
        if site:
            return site
    return vendor.pinned or ""


def count(tx: Transaction, means: Means, offer: Offer, *, over: bool) -> None:
    """Inside the transaction that accepts an offer: it is within a limit and counted there, or the person says so.

    Raises:
        OverLimit: limits are in force, none allows it, and the person did not say so.
    """
    found = _of_offer(tx, means, offer)
    if found.asks and not over:
        raise OverLimit(_told(found))
    if found.within is None or offer.price is None:
        return
    tx.keep_paper(
        LimitUse(
            id=_use(offer.id),
            at=means.clock.now(),
            limit=found.within.id,
            amount=offer.price.all_in,
            vendor=offer.vendor,
            relationship=offer.relationship,
            what=", ".join(line.title for line in offer.lines)[:200],
        )
    )


def uncount(tx: Transaction, offer: str) -> None:
    """Inside the transaction that undoes an acceptance."""
    if tx.paper(LimitUse, _use(offer)) is not None:
        tx.drop_paper(LimitUse, _use(offer))


def payee_allowed(tx: Transaction, offer: str, payee: str, *, over: bool) -> None:
    """Before a payment is handed over: the limit that the order was counted under allows this payee.

    Raises:
        OverLimit: it names others, and the person did not say so.
    """
    found = _of_payee(tx, offer, payee)
    if found.asks and not over:
        raise OverLimit(_told(found))


def judged(tx: Transaction, purchase: Purchase) -> Judged:
    """Whether a purchase is within the limits in force, inside one transaction."""
    broken = []
    standing = [one for one in tx.papers(Limit) if one.in_force(purchase.at)]
    for one in sorted(standing, key=lambda one: (one.at, one.id)):
        found = breaches(one, purchase, _uses(tx, one))
        if not found:
            return Judged(within=one)
        broken.append((one, found))
    return Judged(broken=tuple(broken))


def _of_offer(tx: Transaction, means: Means, offer: Offer) -> Judged:
    vendor = tx.vendor(offer.vendor)
    if offer.price is None or vendor is None:
        return Judged()
    lines = tuple(
        Bought(numbers=frozenset({line.gtin, line.sku} - {""}), quantity=line.quantity)
        for line in offer.lines
        if line.quantity > 0
    )
    amount, now = offer.price.all_in, means.clock.now()
    return judged(tx, Purchase(merchant=merchant_id(vendor), amount=amount, at=now, lines=lines))


def _of_payee(tx: Transaction, offer: str, payee: str) -> Judged:
    use = tx.paper(LimitUse, _use(offer))
    found = tx.paper(Limit, use.limit) if use is not None else None
    if found is None:
        return Judged()
    named = {one.id for one in found.terms.payees}
    return Judged(within=found) if not named or payee in named else Judged(broken=((found, (Breach.PAYEE,)),))


def _uses(tx: Transaction, one: Limit) -> tuple[LimitUse, ...]:
    """What was bought under the limit; an order that was cancelled binds nobody and is not counted."""
    found = []
    for use in tx.papers(LimitUse):
        order = tx.order(use.relationship) if use.limit == one.id else None
        cancelled = order is not None and _use(order.offer) == use.id and order.state is OrderState.CANCELLED
        if use.limit == one.id and not cancelled:
            found.append(use)
    return tuple(sorted(found, key=lambda use: (use.at, use.id)))


def _shown(tx: Transaction, means: Means, one: Limit) -> LimitShown:
    uses = _uses(tx, one)
    return LimitShown(limit=one, spent=spent(one, uses), uses=uses, in_force=one.in_force(means.clock.now()))


def _found(tx: Transaction, key: str) -> Limit:
    found = tx.paper(Limit, key)
    if found is None:
        raise NotFound(key)
    return found


def _told(found: Judged) -> str:
    return "; ".join(f"{one.id}: {', '.join(breach.value for breach in why)}" for one, why in found.broken)


def _key(limit_id: str) -> RelationshipId:
    return RelationshipId(limit_id)


def _use(offer: str) -> str:
    return f"use-{offer}"
