"""Step 2, choose whom to ask and what they may learn: known vendors, which of them fit, and the plan confirmed once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.domain.page_visit import VisitFor
from vrm_desktop.domain.plan import MANY_VENDORS, USUAL_VENDORS, CastPlan, NotOnPlan, plan_cast
from vrm_desktop.domain.terms import CAST_TERMS, SERVICE_TERMS, Standing
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.domain.ways import Way
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.services import reply_references
from vrm_desktop.services.errors import AlreadyAsked, NobodyToAsk, NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_plans import known_ways, still_true, ways_to_ask, with_ways
from vrm_desktop.services.outside_table import OUTSIDE
from vrm_desktop.services.outside_ways import ways_of
from vrm_desktop.services.ports import Changes, ChannelError, Transaction
from vrm_desktop.services.visit_pages import look_at_card, look_at_signals

_NO_WAYS: Mapping[VendorId, Way] = {}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorFit:
    """A known vendor as seen from one want. `signs_terms`: its card lists both agreements that the ping carries.

    `fits` is known of those with a card only. `ways`: how it can be asked for this want, the best first; what each
    carries stands in `domain.ways.CARRIES`. `not_now`: ways that are known, and by which this cannot be asked now.
    """

    vendor: Counterparty
    fits: bool
    signs_terms: bool
    ways: tuple[Way, ...] = ()
    not_now: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PlanView:
    """A plan with what the person should know before confirming it.

    `known` is the one of its vendors that is shown whose customer asks, if the person wishes that.
    """

    want: Intentcast
    plan: CastPlan
    vendors: tuple[VendorFit, ...]
    many: bool
    confirmed: bool
    known: VendorId | None = None


async def add_vendor(
    means: Means, url: str, into: VendorId | None = None, *, why: VisitFor = VisitFor.PERSON
) -> Counterparty:
    """Fetch the vendor card at `url`, verify it, pin its key and keep the vendor. Adding it again refreshes the card.

    What else its site says about terms (`domain.signals`) is asked for then too, and kept beside the card. `into` is
    the counterparty without a card whose site this is.

    Raises:
        ChannelError: the vendor could not be reached, or its card does not hold.
    """
    known = await means.vault.read(lambda tx: _by_address(tx, url) or (tx.vendor(into) if into is not None else None))
    pinned = known.pinned if known else None
    serial = known.card.serial if known and known.card else None
    card, data = await look_at_card(means, url, why, pinned=pinned, last_serial=serial)
    signals = await look_at_signals(means, url)
    now = means.clock.now()

    def change(tx: Transaction) -> Counterparty:
        same = known or next((one for one in tx.vendors() if one.pinned == card.key), None)
        if same is not None and same.card is not None and card.serial < same.card.serial:
            raise ChannelError("bad-card", "an older card", may_have_arrived=True, final=True)
        base = same or Counterparty(
            id=VendorId(means.new_id("vendor")), name=card.name, kind=card.kind, added=now, address=url
        )
        vendor = replace(
            base,
            name=card.name,
            kind=card.kind,
            address=url,
            card=card,
            card_bytes=data,
            pinned=card.key,
            refreshed=now,
            trouble="",
            signals=signals,
        )
        tx.save_vendor(vendor)
        return vendor

    return await means.vault.write(change)


async def add_organisation(means: Means, name: str, kind: OrganisationKind) -> Counterparty:
    """Keep an organisation that has no endpoint."""
    vendor = Counterparty(id=VendorId(means.new_id("vendor")), name=name, kind=kind, added=means.clock.now())
    await means.vault.write(lambda tx: tx.save_vendor(vendor))
    return vendor


def _by_address(tx: Transaction, url: str) -> Counterparty | None:
    plain = url.rstrip("/")
    return next((vendor for vendor in tx.vendors() if vendor.address.rstrip("/") == plain), None)


async def vendors(means: Means) -> tuple[Counterparty, ...]:
    """All known organisations, by name."""
    return await means.vault.read(lambda tx: tuple(sorted(tx.vendors(), key=lambda one: (one.name, one.id))))


async def vendor(means: Means, key: VendorId) -> Counterparty:
    """One known organisation.

    Raises:
        NotFound: none under this id.
    """
    found = await means.vault.read(lambda tx: tx.vendor(key))
    if found is None:
        raise NotFound(key)
    return found


def signs_usual_terms(vendor: Counterparty, roster: Roster) -> bool:
    """Whether its card lists both agreements that a ping carries, each just as this program knows it."""
    named = vendor.card.terms if vendor.card is not None else ()
    signed = {one.roster for one in named if roster.standing(one.roster, one.version, one.entry) is Standing.KNOWN}
    return {CAST_TERMS, SERVICE_TERMS} <= signed


def _fit(tx: Transaction, means: Means, vendor: Counterparty, want: Intentcast) -> VendorFit:
    card, ways = vendor.card, ways_to_ask(tx, means, want, vendor)
    not_now = tuple(one.way for one in ways_of(tx, vendor) if one.way in OUTSIDE and one.way not in ways)
    if card is None:
        return VendorFit(vendor=vendor, fits=False, signs_terms=False, ways=ways, not_now=not_now)
    return VendorFit(
        vendor=vendor,
        fits=card.serves(category=want.category, area=want.area),
        signs_terms=signs_usual_terms(vendor, means.roster),
        ways=ways,
        not_now=not_now,
    )


async def whom_to_ask(means: Means, key: IntentcastId) -> tuple[VendorFit, ...]:
    """Every known vendor as seen from the want: those that fit and sign its terms first, then by name."""

    def look(tx: Transaction) -> tuple[VendorFit, ...]:
        want = _draft(tx, key)
        fits = [_fit(tx, means, one, want) for one in tx.vendors()]
        return tuple(sorted(fits, key=lambda fit: (not fit.fits, not fit.signs_terms, not fit.ways, fit.vendor.name)))

    return await means.vault.read(look)


async def plan(
    means: Means,
    key: IntentcastId,
    chosen: tuple[VendorId, ...] | None = None,
    ways: Mapping[VendorId, Way] = _NO_WAYS,
) -> PlanView:
    """The plan for asking `chosen` (by default the five that fit best), without confirming it.

    `ways` says by which way each is asked; by default over our own wire, else by the best way that is known. A plan
    that was confirmed for the same vendors is shown as it was confirmed, unless the want or a way was changed since.

    Raises:
        NotFound: no such want or vendor, or it cannot be asked that way. NobodyToAsk: no known vendor fits.
    """
    view = await means.vault.read(lambda tx: _plan(tx, means, key, chosen, ways))
    if await reply_references.draw_for(means, view.plan):
        view = await means.vault.read(lambda tx: _plan(tx, means, key, chosen, ways))
    return view


def _plan(
    tx: Transaction,
    means: Means,
    key: IntentcastId,
    chosen: tuple[VendorId, ...] | None,
    ways: Mapping[VendorId, Way],
) -> PlanView:
    want, saved = tx.intentcast(key), tx.plan(key)
    if want is None:
        raise NotFound(key)
    if (
        saved is not None
        and (want.state is not IntentcastState.DRAFT or _covers(tx, means, want, saved))
        and (chosen is None or set(chosen) == {one.vendor for one in saved.vendors})
        and all(ways.get(one.vendor, one.way) is one.way for one in saved.vendors)
    ):
        keys, made = tuple(one.vendor for one in saved.vendors), saved
    else:
        keys = _chosen(tx, means, want, chosen)
        native = reply_references.own_addresses(tx, plan_cast(want, keys, tx.profile(), means.clock.today()))
        made = with_ways(tx, means, want, native, _ways(tx, means, want, keys, ways))
    fits = tuple(_fit(tx, means, found, want) for found in (tx.vendor(one) for one in keys) if found is not None)
    return PlanView(
        want=want,
        plan=made,
        vendors=fits,
        many=len(keys) > MANY_VENDORS,
        confirmed=saved == made,
        known=_known(tx, want, keys),
    )


def _covers(tx: Transaction, means: Means, want: Intentcast, plan: CastPlan) -> bool:
    return plan.covers(want) and still_true(tx, means, want, plan)


def _known(tx: Transaction, want: Intentcast, keys: tuple[VendorId, ...]) -> VendorId | None:
    older = tx.relationship(want.as_customer) if want.as_customer is not None else None
    return older.vendor if older is not None and older.vendor in keys else None


def _ways(
    tx: Transaction, means: Means, want: Intentcast, keys: tuple[VendorId, ...], wished: Mapping[VendorId, Way]
) -> dict[VendorId, Way]:
    """By which way each is asked: as wished, else the best there is."""
    found: dict[VendorId, Way] = {}
    for key in keys:
        vendor = tx.vendor(key)
        if vendor is None:
            raise NotFound(key)
        possible = ways_to_ask(tx, means, want, vendor) or known_ways(tx, vendor)
        way = wished.get(key, next(iter(possible), None))
        if way is None or (way is Way.NATIVE and vendor.card is None):
            raise NotFound(key)
        found[key] = way  # one that cannot be asked for this want says why when it is composed
    return found


def _chosen(
    tx: Transaction, means: Means, want: Intentcast, chosen: tuple[VendorId, ...] | None
) -> tuple[VendorId, ...]:
    if chosen is not None:
        return tuple(dict.fromkeys(chosen))
    fitting = [fit for fit in (_fit(tx, means, one, want) for one in tx.vendors()) if fit.fits]
    fitting.sort(key=lambda fit: (not fit.signs_terms, fit.vendor.name, fit.vendor.id))
    if not fitting:
        raise NobodyToAsk(want.id)
    return tuple(fit.vendor.id for fit in fitting[:USUAL_VENDORS])


async def confirm_plan(means: Means, view: PlanView) -> Changes:
    """Keep the plan that the person has confirmed: from now it is what may leave, and nothing else.

    Raises:
        AlreadyAsked: the want was cast already. NotPossibleNow: it is over.
        NotOnPlan: it says something else now than the plan shows.
    """

    def change(tx: Transaction) -> Changes:
        if not _covers(tx, means, _draft(tx, view.want.id), view.plan):
            raise NotOnPlan(view.want.id)
        tx.save_plan(view.plan)
        return Changes.of(("intentcast", view.want.id))

    return await means.vault.write(change)


def _draft(tx: Transaction, key: IntentcastId) -> Intentcast:
    want = tx.intentcast(key)
    if want is None:
        raise NotFound(key)
    if want.state is IntentcastState.CAST:
        raise AlreadyAsked(key)
    if want.state is not IntentcastState.DRAFT:
        raise NotPossibleNow(want.state.value)
    return want
