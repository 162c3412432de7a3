"""Reads what the plan shows, on the engine's thread: services in, a worded view out."""

import json
from dataclasses import replace

from vrm_desktop.domain.disclosure import PlannedField, Stage
from vrm_desktop.domain.gazetteer import coarse_label
from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.intentcast import Condition, Fulfilment, Intentcast
from vrm_desktop.domain.plan import VendorPlan
from vrm_desktop.domain.terms import CAST_TERMS, SERVICE_TERMS
from vrm_desktop.services import choose_vendors, keep_relationship, say_what_i_want
from vrm_desktop.services.choose_vendors import PlanView, VendorFit
from vrm_desktop.services.errors import NobodyToAsk
from vrm_desktop.services.first_question import exact_bytes
from vrm_desktop.services.means import Means
from vrm_desktop.ui.controllers.wants_reading import about
from vrm_desktop.ui.models.plan_view import PlanPageView, StageId, StageView, VendorChoice, VendorPlanView
from vrm_desktop.ui.pages.thing_words import (
    attribute_label,
    category_label,
    condition_label,
    fulfilment_label,
    payment_label,
    value_label,
)
from vrm_desktop.ui.presenters.moments import day_of
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label, purpose_label


async def read_plan(means: Means, key: IntentcastId, chosen: tuple[VendorId, ...] | None) -> PlanPageView:
    """The plan for asking `chosen`, or the usual five; nobody chosen is shown as it is.

    Raises:
        NotFound: no such want. NotPossibleNow: it was cast already.
    """
    fits = await choose_vendors.whom_to_ask(means, key)
    want = await say_what_i_want.want(means, key)
    if chosen == ():
        return _page(means, want, fits, None)
    try:
        plan = await choose_vendors.plan(means, key, chosen)
    except NobodyToAsk:
        return _page(means, want, fits, None)
    asked = {one.vendor for one in plan.plan.vendors}
    files = await keep_relationship.relationships(means)
    earlier = tuple(
        (
            one.relationship.id,
            _("{vendor}, since {day}").format(vendor=one.vendor.name, day=day_of(one.relationship.started)),
        )
        for one in files
        if one.vendor.id in asked and one.relationship.conversation.id is not None
    )
    known = want.as_customer if plan.known is not None and want.as_customer is not None else ""
    return replace(_page(means, want, fits, plan), earlier=earlier, known=known)


def _page(means: Means, want: Intentcast, fits: tuple[VendorFit, ...], plan: PlanView | None) -> PlanPageView:
    askable = [fit for fit in fits if fit.vendor.card is not None]
    chosen = {one.vendor for one in plan.plan.vendors} if plan else set()
    return PlanPageView(
        want_id=want.id,
        title=want.title,
        summary=about(want),
        vendors=tuple(
            VendorChoice(
                id=fit.vendor.id,
                name=fit.vendor.name,
                about=fit.vendor.card.about if fit.vendor.card else "",
                fits=fit.fits,
                signs=fit.signs_terms,
                chosen=fit.vendor.id in chosen,
            )
            for fit in askable
        ),
        plans=tuple(_vendor_plan(means, want, plan, one) for one in plan.plan.vendors) if plan else (),
        kept=_kept(want),
        not_promised=_not_promised(),
        many=bool(plan and plan.many),
        problem="" if askable else _("You know nobody yet who answers. Add a vendor by its address."),
    )


def _vendor_plan(means: Means, want: Intentcast, view: PlanView, plan: VendorPlan) -> VendorPlanView:
    names = {fit.vendor.id: fit.vendor.name for fit in view.vendors}
    terms = [means.roster.get(one).title for one in (CAST_TERMS, SERVICE_TERMS)]
    count = len(view.plan.vendors)
    return VendorPlanView(
        vendor=plan.vendor,
        name=names[plan.vendor],
        stages=(
            StageView(
                stage=StageId.FIRST,
                title=_("1. The first question"),
                when=_("Leaves after you confirm. Nothing in it says who asks."),
                fields=tuple(_words(want, one) for one in plan.ping),
                exact=exact_bytes(want, count).decode(),
                use=_use(plan.ping),
                note=_known_note(plan.vendor == view.known)
                + _(
                    "With it go a key and an address made for this vendor alone, sealed fingerprints of stage 2, "
                    "and your conditions, signed: “{cast}” and “{service}”."
                ).format(cast=terms[0], service=terms[1]),
            ),
            StageView(
                stage=StageId.AFTER_SIGNING,
                title=_("2. Once it has signed your conditions"),
                when=_("Leaves by itself when both signatures stand, and never before."),
                fields=tuple(_words(want, one) for one in plan.reveal),
                exact=_exact(plan.stage(Stage.REVEAL)),
                use=_use(plan.reveal),
            ),
            StageView(
                stage=StageId.ON_ORDER,
                title=_("3. Only if you accept its offer"),
                when=_("Leaves with your order, to that one vendor alone."),
                fields=tuple(_words(want, one) for one in plan.order),
                exact=_exact(plan.order),
                use=_use(plan.order),
                note="" if plan.order else _("Your profile is empty; you will be asked when you accept an offer."),
            ),
        ),
    )


def _known_note(known: bool) -> str:  # noqa: FBT001 - the one question it answers
    return _("It also shows, to this vendor alone, that you are its customer.") + " " if known else ""


def _exact(fields: tuple[PlannedField, ...]) -> str:
    """Name and value exactly as they leave, one to a line; the salt before them is drawn when they are sealed."""
    return "\n".join(json.dumps([one.name, one.value], ensure_ascii=False) for one in fields)


def _use(fields: tuple[PlannedField, ...]) -> str:
    if not fields:
        return ""
    first = fields[0]
    return _("To be used only {purpose}, until {day}.").format(
        purpose=purpose_label(first.purpose), day=values.day(first.until)
    )


def _words(want: Intentcast, field: PlannedField) -> tuple[str, str]:
    name, value = field.name, field.value
    if name.startswith("attribute."):
        key = name.removeprefix("attribute.")
        return attribute_label(want.category, key), value_label(want.category, key, value)
    label = asked_field_label(name)
    label = label[:1].upper() + label[1:]
    match name:
        case "category":
            return label, category_label(value)
        case "condition":
            return label, condition_label(Condition(value))
        case "fulfilment":
            return label, fulfilment_label(Fulfilment(value))
        case "area":
            return label, coarse_label(want.area)
        case "answers-by":
            return label, values.day(want.answers_by)
        case "needed-by" if want.needed_by is not None:
            return label, values.day(want.needed_by)
        case "asked":
            return label, _("more than 10") if value == "more" else _("up to {count}").format(count=value)
        case "want.payment":
            return label, ", ".join(payment_label(way) for way in value.split())
        case _:
            return label, value


def _kept(want: Intentcast) -> tuple[str, ...]:
    cap = [_("The most you would pay: {money}.").format(money=values.money(want.price_cap))] if want.price_cap else []
    return (
        *cap,
        _("What matters to you, and how you rank offers."),
        _("Whom else you ask: each vendor knows only about how many."),
        _("Everything in your profile that is not listed here: e-mail, phone, birthday and the rest."),
    )


def _not_promised() -> tuple[str, ...]:
    return (
        _("Vendors see the network address you come from, unless you set a proxy."),
        _("A rare want can give you away to two vendors who compare notes."),
        _("So can the moment: questions leave spread over seconds, in random order, but on the same day."),
        _("What you tell two vendors yourself, both know."),
    )
