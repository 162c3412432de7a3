"""Addresses of the person's own making, one for each counterparty: drawn where an e-mail address would be told.

The person names where they come from: a plus address or a catch-all with a `*` in it, or aliases one by one. An
address that was given once is never drawn again, for anybody.
"""

import base64
from dataclasses import replace

from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.leak import ReplyReference
from vrm_desktop.domain.plan import CastPlan, VendorPlan
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

SOURCES = "reply-addresses"
_EMAIL = f"profile.{FieldPath.EMAIL.value}"
_MOST = 500
_RANDOM = 5


async def sources(means: Means) -> tuple[str, ...]:
    """Where addresses are drawn from, as the person named them."""
    return await means.vault.read(_sources)


async def set_sources(means: Means, lines: tuple[str, ...]) -> Changes:
    """Draw from these from now on; none: nothing is drawn, and vendors get the address of the profile.

    Raises:
        InvalidValue: a line is no address, or has more than one `*`.
    """
    kept = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if len(kept) > _MOST:
        raise InvalidValue("up to 500 addresses")
    for line in kept:
        if line.count("*") > 1 or "*" in line.rpartition("@")[2]:
            raise InvalidValue("one * at most, before the @")
        _checked(line.replace("*", "x"), means)

    def change(tx: Transaction) -> Changes:
        tx.set_setting(SOURCES, "\n".join(kept))
        return Changes.of(("settings", SOURCES))

    return await means.vault.write(change)


async def draw_for(means: Means, plan: CastPlan) -> bool:
    """Draw an address for every vendor of the plan that would get one and has none; whether any was drawn."""

    def lacking(tx: Transaction) -> tuple[VendorId, ...]:
        if not _sources(tx):
            return ()
        told = (one.vendor for one in plan.vendors if any(field.name == _EMAIL for field in _fields(one)))
        return tuple(key for key in told if (found := tx.vendor(key)) is not None and not found.reply_to)

    keys = await means.vault.read(lacking)
    if not keys:
        return False
    drawn = await means.vault.write(lambda tx: [draw(tx, means, key) for key in keys])
    return any(drawn)


def draw(tx: Transaction, means: Means, key: VendorId) -> str:
    """The address of this counterparty alone, drawn now if it has none; "" where there is nothing to draw from.

    Raises:
        NotFound: no such counterparty.
    """
    vendor = tx.vendor(key)
    if vendor is None:
        raise NotFound(key)
    if vendor.reply_to:
        return vendor.reply_to
    given = {one.address.casefold() for one in tx.papers(ReplyReference)}
    for line in _sources(tx):
        address = line.replace("*", _token(means)) if "*" in line else line
        if address.casefold() not in given:
            now = means.clock.now()
            tx.keep_paper(ReplyReference(id=means.new_id("reply"), vendor=key, at=now, address=address))
            tx.save_vendor(replace(vendor, reply_to=address))
            return address
    return ""


def own_addresses(tx: Transaction, plan: CastPlan) -> CastPlan:
    """The plan, with the address of each vendor alone where it would get that of the profile."""

    def own(one: VendorPlan) -> VendorPlan:
        vendor = tx.vendor(one.vendor)
        if vendor is None or not vendor.reply_to:
            return one

        def changed(fields: tuple[PlannedField, ...]) -> tuple[PlannedField, ...]:
            return tuple(replace(f, value=vendor.reply_to) if f.name == _EMAIL else f for f in fields)

        return replace(one, reveal=changed(one.reveal), order=changed(one.order))

    return replace(plan, vendors=tuple(own(one) for one in plan.vendors))


def retire(tx: Transaction, means: Means, key: VendorId) -> tuple[str, ...]:
    """Retire every address that this counterparty has; they stay known."""
    vendor, today = tx.vendor(key), means.clock.today()
    if vendor is None:
        raise NotFound(key)
    gone = [one for one in tx.papers(ReplyReference, vendor=key) if one.retired is None]
    for one in gone:
        tx.keep_paper(one.given_up(today))
    if vendor.reply_to:
        tx.save_vendor(replace(vendor, reply_to=""))
    return tuple(dict.fromkeys((*(one.address for one in gone), *filter(None, (vendor.reply_to,)))))


def _sources(tx: Transaction) -> tuple[str, ...]:
    return tuple((tx.setting(SOURCES) or "").split())


def _fields(plan: VendorPlan) -> tuple[PlannedField, ...]:
    return (*plan.reveal, *plan.order)


def _token(means: Means) -> str:
    """Eight letters and digits that say nothing and cannot be guessed."""
    return base64.b32encode(means.random.token(_RANDOM)).decode().lower()


def _checked(address: str, means: Means) -> None:
    ReplyReference(id="reply", vendor=VendorId(""), at=means.clock.now(), address=address)
