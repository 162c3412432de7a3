"""Reads what the plan shows, on the engine's thread: services in, a worded view out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.plan import VendorPlan
from vrm_desktop.domain.terms import CAST_TERMS, SERVICE_TERMS
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import choose_vendors, keep_relationship, mail_account, say_what_i_want
from vrm_desktop.services.choose_vendors import PlanView, VendorFit
from vrm_desktop.services.errors import NobodyToAsk
from vrm_desktop.services.first_question import exact_bytes
from vrm_desktop.services.means import Means
from vrm_desktop.ui.controllers.wants_reading import about
from vrm_desktop.ui.models.plan_view import PlanPageView, VendorChoice, VendorPlanView
from vrm_desktop.ui.presenters.moments import day_of
from vrm_desktop.ui.presenters.plan_stages import native_stages, outside_stages
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import terms_name
from vrm_desktop.wording.reaching import way_name


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PlanRead:
    """What the page shows, and the very plan that it shows (None where nobody is chosen): what would be confirmed."""

    view: PlanPageView
    plan: PlanView | None = None


async def read_plan(
    means: Means, key: IntentcastId, chosen: tuple[VendorId, ...] | None, ways: Mapping[VendorId, Way]
) -> PlanRead:
    """The plan for asking `chosen`, or the usual five, each by its way in `ways` or else the best there is.

    Nobody chosen is shown as it is; who cannot be asked (any more), and a way that is not there, are left out.

    Raises:
        NotFound: no such want. NotPossibleNow: it was cast already.
    """
    fits = await choose_vendors.whom_to_ask(means, key)
    want = await say_what_i_want.want(means, key)
    possible = {fit.vendor.id: fit.ways for fit in fits if fit.ways}
    wished = {one: way for one, way in ways.items() if way in possible.get(one, ())}
    asked = None if chosen is None else tuple(one for one in chosen if one in possible)
    if asked == ():
        return PlanRead(view=_page(want, fits, wished))
    try:
        plan = await choose_vendors.plan(means, key, asked, wished)
    except NobodyToAsk:
        return PlanRead(view=_page(want, fits, wished))
    wished |= {one.vendor: one.way for one in plan.plan.vendors}
    account = await mail_account.account(means)
    drafted = account is None or account.sends is None
    view = replace(
        _page(want, fits, wished),
        vendors=_choices(fits, wished, {one.vendor for one in plan.plan.vendors}),
        plans=tuple(_vendor_plan(plan, one, drafted=drafted) for one in plan.plan.vendors),
        kept=_kept(want, plan),
        not_promised=_not_promised(plan),
        many=plan.many,
        earlier=await _earlier(means, plan),
        known=want.as_customer if plan.known is not None and want.as_customer is not None else "",
    )
    return PlanRead(view=view, plan=plan)


async def _earlier(means: Means, plan: PlanView) -> tuple[tuple[str, str], ...]:
    """Files with those who are asked over our own wire, and could be shown that they know the person."""
    asked = {one.vendor for one in plan.plan.vendors if one.way is Way.NATIVE}
    return tuple(
        (
            one.relationship.id,
            _("{vendor}, since {day}").format(vendor=one.vendor.name, day=day_of(one.relationship.started)),
        )
        for one in await keep_relationship.relationships(means)
        if one.vendor.id in asked and one.relationship.conversation.id is not None
    )


def _page(want: Intentcast, fits: tuple[VendorFit, ...], ways: Mapping[VendorId, Way]) -> PlanPageView:
    """The page while nobody is chosen."""
    vendors = _choices(fits, ways, set())
    return PlanPageView(
        want_id=want.id,
        title=want.title,
        summary=about(want),
        vendors=vendors,
        kept=_kept(want, None),
        not_promised=_not_promised(None),
        not_now=tuple(
            _("{vendor}: {ways}").format(vendor=fit.vendor.name, ways=", ".join(way_name(way) for way in fit.not_now))
            for fit in fits
            if fit.not_now
        ),
        problem="" if vendors else _("You know nobody yet who answers. Add a vendor by its address."),
    )


def _choices(
    fits: tuple[VendorFit, ...], ways: Mapping[VendorId, Way], chosen: set[VendorId]
) -> tuple[VendorChoice, ...]:
    return tuple(
        VendorChoice(
            id=fit.vendor.id,
            name=fit.vendor.name,
            about=fit.vendor.card.about if fit.vendor.card else "",
            fits=fit.fits,
            signs=fit.signs_terms,
            chosen=fit.vendor.id in chosen,
            ways=tuple((way.value, way_name(way)) for way in fit.ways),
            way=ways.get(fit.vendor.id, fit.ways[0]),
        )
        for fit in fits
        if fit.ways
    )


def _vendor_plan(view: PlanView, plan: VendorPlan, *, drafted: bool) -> VendorPlanView:
    name = next(fit.vendor.name for fit in view.vendors if fit.vendor.id == plan.vendor)
    if plan.way is not Way.NATIVE:
        by_hand = drafted and plan.way is Way.MAIL
        return VendorPlanView(vendor=plan.vendor, name=name, stages=outside_stages(view.want, plan, drafted=by_hand))
    question = exact_bytes(view.want, len(view.plan.vendors)).decode()
    terms = (terms_name(CAST_TERMS), terms_name(SERVICE_TERMS))
    stages = native_stages(view.want, plan, question=question, terms=terms, known=plan.vendor == view.known)
    return VendorPlanView(vendor=plan.vendor, name=name, stages=stages)


def _kept(want: Intentcast, plan: PlanView | None) -> tuple[str, ...]:
    cap = [_("The most you would pay: {money}.").format(money=values.money(want.price_cap))] if want.price_cap else []
    own = plan is not None and any(field.field for one in plan.plan.vendors for field in one.reveal)
    return (
        *cap,
        _("What matters to you, and how you rank offers."),
        _("Whom else you ask: each vendor knows only about how many."),
        _("Everything in your profile that is not listed here.")
        if own
        else _("Everything in your profile that is not listed here: e-mail, phone, birthday and the rest."),
    )


def _not_promised(plan: PlanView | None) -> tuple[str, ...]:
    ways = {one.way for one in plan.plan.vendors} if plan is not None else set()
    outside = [_("Who is asked by another way than directly signs nothing before it learns what you want.")]
    return (
        *(outside if ways - {Way.NATIVE} else []),
        _("Vendors see the network address you come from, unless you set a proxy."),
        _("A rare want can give you away to two vendors who compare notes."),
        _("So can the moment: questions leave spread over seconds, in random order, but on the same day."),
        _("What you tell two vendors yourself, both know."),
    )
