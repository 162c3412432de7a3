"""Reads what the list of wants shows, on the engine's thread: services in, a worded view out."""

from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.services import collect_offers, compare_offers, say_what_i_want
from vrm_desktop.services.collect_offers import Answer, CastProgress
from vrm_desktop.services.compare_offers import Comparison
from vrm_desktop.services.means import Means
from vrm_desktop.ui.models.wants_view import Step, WantsView, WantView
from vrm_desktop.ui.pages.thing_words import (
    attribute_label,
    category_label,
    condition_label,
    fulfilment_label,
    payment_label,
    value_label,
)
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.plain_text import one_line
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import area_label
from vrm_desktop.wording.catalogue import _, ngettext

_NAME_SHOWN = 24
_STATES = {
    IntentcastState.DRAFT: Tone.NEUTRAL,
    IntentcastState.CAST: Tone.ACCENT,
    IntentcastState.ORDERED: Tone.GOOD,
    IntentcastState.WITHDRAWN: Tone.NEUTRAL,
    IntentcastState.CLOSED: Tone.NEUTRAL,
}


async def read_wants(means: Means, *, with_away: bool) -> WantsView:
    """All wants, the newest first; those put away only when asked for."""
    found = await say_what_i_want.wants(means)
    away = sum(want.state is IntentcastState.CLOSED for want in found)
    shown = [want for want in found if with_away or want.state is not IntentcastState.CLOSED]
    views = []
    for want in shown:
        cast = await collect_offers.progress(means, want.id)
        offers = await compare_offers.compare(means, want.id)
        views.append(_view(want, cast, offers))
    return WantsView(wants=tuple(views), away=away, with_away=with_away)


def _view(want: Intentcast, cast: CastProgress, offers: Comparison) -> WantView:
    count = len(offers.ranked) if want.state is IntentcastState.CAST else len(offers.ranked) + len(offers.others)
    step, words = _next(want, cast, offers)
    return WantView(
        id=want.id,
        title=want.title,
        about=about(want),
        state=state_words(want, cast),
        tone=Tone.CAUTION if step is Step.ANSWER else _STATES[want.state],
        offers=count + offers.sealed,
        step=step,
        step_words=words,
        made=values.day(want.made.date()),
        made_order=want.made.isoformat(),
        facts=facts(want),
        can_edit=want.state is IntentcastState.DRAFT,
        can_take_back=want.state is IntentcastState.CAST,
        can_put_away=want.state in {IntentcastState.DRAFT, IntentcastState.WITHDRAWN, IntentcastState.ORDERED},
    )


def about(want: Intentcast) -> str:
    """Where, until when and up to how much, on one line."""
    parts = [want.place or area_label(want.area)]
    if want.needed_by is not None:
        parts.append(_("by {day}").format(day=values.day(want.needed_by)))
    if want.price_cap is not None:
        parts.append(_("up to {money} (only you see this)").format(money=values.money(want.price_cap)))
    return " · ".join(parts)


def state_words(want: Intentcast, cast: CastProgress) -> str:
    """Where a want stands."""
    asking = _("{answered} of {all} answered").format(answered=cast.answered, all=len(cast.vendors))
    return {
        IntentcastState.DRAFT: _("Draft"),
        IntentcastState.CAST: asking,
        IntentcastState.ORDERED: _("Ordered"),
        IntentcastState.WITHDRAWN: _("Taken back"),
        IntentcastState.CLOSED: _("Put away"),
    }[want.state]


def _next(want: Intentcast, cast: CastProgress, offers: Comparison) -> tuple[Step, str]:
    if want.state is IntentcastState.DRAFT:
        return Step.CHOOSE, _("Choose whom to ask")
    if want.state is IntentcastState.ORDERED:
        return Step.ORDER, _("See your order")
    if want.state is not IntentcastState.CAST:
        return Step.AGAIN, _("Ask again")
    waiting = [row.vendor_name for row in cast.vendors if row.answer is Answer.COUNTERED]
    if waiting:
        return Step.ANSWER, _("Answer {vendor}").format(vendor=one_line(waiting[0], _NAME_SHOWN))
    if offers.ranked:
        count = len(offers.ranked)
        return Step.COMPARE, ngettext("Look at {count} offer", "Compare {count} offers", count).format(count=count)
    return Step.WATCH, _("See how it is going")


def facts(want: Intentcast) -> tuple[tuple[str, str], ...]:
    """The want in full, as label and value."""
    said = [
        value_label(want.category, key, value)
        if value not in {"yes", "no"}
        else f"{attribute_label(want.category, key)}: {value_label(want.category, key, value)}"
        for key, value in sorted(want.attributes.items())
    ]
    rows = [
        (_("Category"), ", ".join([category_label(want.category), *said])),
        (_("Condition"), condition_label(want.condition)),
        (_("How I get it"), fulfilment_label(want.fulfilment)),
        (_("Area asked for"), area_label(want.area)),
        (_("Answers by"), values.day(want.answers_by)),
    ]
    if want.needed_by is not None:
        rows.append((_("Needed by"), values.day(want.needed_by)))
    if want.price_cap is not None:
        rows.append((_("At most"), _("{money}, only you see this").format(money=values.money(want.price_cap))))
    rows.append((_("Payment"), ", ".join(payment_label(way) for way in want.payment)))
    if want.sealed_offers:
        rows.append((_("Offers"), _("opened together, after the day for answers")))
    if want.details:
        rows.append((_("Details"), want.details))
    return tuple(rows)
