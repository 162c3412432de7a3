"""What one vendor may learn, stage by stage, in words: over our own wire, or at once by another way. Pure."""

import json

from vrm_desktop.domain.disclosure import PlannedField, Stage
from vrm_desktop.domain.intentcast import Condition, Fulfilment, Intentcast
from vrm_desktop.domain.plan import VendorPlan
from vrm_desktop.domain.ways import CARRIES, Way
from vrm_desktop.ui.models.plan_view import StageId, StageView
from vrm_desktop.ui.pages.thing_words import (
    attribute_label,
    category_label,
    condition_label,
    fulfilment_label,
    payment_label,
    value_label,
)
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import told_area_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label, purpose_label
from vrm_desktop.wording.reaching import able_words, answers_words, basis_words, shown_words, way_name, yields_words

Stages = tuple[StageView, ...]


def native_stages(want: Intentcast, plan: VendorPlan, *, question: str, terms: tuple[str, str], known: bool) -> Stages:
    """Over our own wire. `question` is the exact first question, `terms` the titles that go with it.

    `known`: it is shown that the person is its customer.
    """
    return (
        StageView(
            stage=StageId.FIRST,
            title=_("1. The first question"),
            when=_("Leaves after you confirm. Nothing in it says who asks."),
            fields=tuple(_words(want, one) for one in plan.ping),
            exact=question,
            use=_use(plan.ping),
            note=(_("It also shows, to this vendor alone, that you are its customer.") + " " if known else "")
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
    )


def outside_stages(want: Intentcast, plan: VendorPlan, *, drafted: bool) -> Stages:
    """By another way: all at once, and no conditions first. `drafted`: the person sends it, from a mail program."""
    return (
        StageView(
            stage=StageId.AT_ONCE,
            title=_("1. What it learns at once"),
            when=_("Is drafted after you confirm, and leaves when you send it. No conditions are signed before.")
            if drafted
            else _("Leaves after you confirm, before any conditions are signed."),
            fields=tuple(_words(want, one) for one in plan.reveal),
            exact=plan.body,
            text=_("Exactly this leaves"),
            use=_use(plan.reveal),
        ),
        _worth(plan.way),
        _taking(want, plan),
    )


def _worth(way: Way) -> StageView:
    carries = CARRIES[way]
    comes = _("{what}, {how}").format(what=yields_words(carries.yields), how=answers_words(carries.answers))
    return StageView(
        stage=StageId.WORTH,
        title=_("2. What comes back, and what it is worth"),
        when=_("Asked by: {way}.").format(way=way_name(way)),
        fields=(
            (_("Comes back"), comes),
            (_("Carries"), able_words(carries)),
            (_("They see"), shown_words(carries.shows)),
            (_("Rests on"), " / ".join(basis_words(one) for one in carries.bases)),
        ),
        exact="",
        use="",
        note=_worth_words(way),
        only_words=True,
    )


def _worth_words(way: Way) -> str:
    match way:
        case Way.MAIL:
            return _(
                "An e-mail shows its sender. What is offered in the answer is shown beside the words it was read from, "
                "and counts once you have confirmed it."
            )
        case Way.UCP:
            return _(
                "A public price is no offer made for you: it stands there for everybody, binds nobody and is not "
                "ranked. What costs more than you would pay is left out here, without telling the shop."
            )
        case Way.MCP:
            return _("A quote desk makes an offer for you, but signs none of your conditions.")
        case _:
            return ""


def _taking(want: Intentcast, plan: VendorPlan) -> StageView:
    fields: tuple[PlannedField, ...] = ()
    match plan.way:
        case Way.UCP:
            when = _("You buy on the shop's own page, and type what delivery needs there yourself.")
        case Way.MCP:
            when = _("Accepting tells the desk the number of its own quote, and nothing else.")
        case _:
            fields, when = plan.order, _("Leaves with your yes, to that one vendor alone.")
    return StageView(
        stage=StageId.ON_ORDER,
        title=_("3. Only if you take what it offers"),
        when=when,
        fields=tuple(_words(want, one) for one in fields),
        exact=_exact(fields),
        use=_use(fields),
    )


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
            return label, told_area_label(value)
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
