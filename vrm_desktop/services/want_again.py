"""A want taken up again: as a draft to change, after its question was taken back, or to ask once more."""

from dataclasses import replace

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.services.say_what_i_want import close_want, save_want, want
from vrm_desktop.services.send_intentcast import withdraw


def draft_from(there: Intentcast) -> WantDraft:
    """Everything that the want says, as a draft."""
    return WantDraft(
        title=there.title,
        category=there.category,
        area=there.area,
        details=there.details,
        attributes=dict(there.attributes),
        condition=there.condition,
        fulfilment=there.fulfilment,
        place=there.place,
        quantity=there.quantity,
        needed_by=there.needed_by,
        answers_by=there.answers_by,
        price_cap=there.price_cap,
        bid=there.bid,
        payment=there.payment,
        weights=there.weights,
        sealed_offers=there.sealed_offers,
    )


async def undo_cast(means: Means, key: IntentcastId) -> tuple[Changes, IntentcastId]:
    """Take a cast back and keep what it asked for as a new draft; who had been asked already is told.

    Raises:
        NotFound: no such want. NotPossibleNow: it was never cast, or ended in an order.
    """
    there = await want(means, key)
    changes = await withdraw(means, key)
    draft = await save_want(means, draft_from(there))
    changes |= await close_want(means, key)
    return changes | Changes.of(("intentcast", draft.id)), draft.id


async def ask_again(means: Means, key: IntentcastId) -> tuple[Changes, IntentcastId]:
    """A new draft that says what the want said, without days that are past; the old one is taken back and put away.

    Raises:
        NotFound: no such want.
    """
    there = await want(means, key)
    today = means.clock.today()
    needed_by = there.needed_by if there.needed_by and there.needed_by >= today else None
    draft = await save_want(means, replace(draft_from(there), needed_by=needed_by, answers_by=None))
    changes = Changes.of(("intentcast", draft.id))
    if there.state is IntentcastState.CAST:
        changes |= await withdraw(means, key)
    if there.state is not IntentcastState.ORDERED:
        changes |= await close_want(means, key)
    return changes, draft.id
