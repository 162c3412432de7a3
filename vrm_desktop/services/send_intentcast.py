"""Step 3, cast: every vendor on the confirmed plan gets its own question, under its own identity, in random order."""

from dataclasses import replace
from datetime import timedelta

from vrm_desktop.canon import base64url
from vrm_desktop.domain import acts
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.plan import NotOnPlan
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import outside_acts
from vrm_desktop.services.errors import NobodyToAsk, NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold, take_back_unsent
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_plans import ask_outside, still_true
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import sayable
from vrm_desktop.services.shop_giving_up import let_all_go

STILL_ASKED = frozenset({RelationshipState.ASKING, RelationshipState.OPEN, RelationshipState.UNREACHABLE})


async def cast(
    means: Means, key: IntentcastId, *, pause: float = 0.0, spread: float = 3.0
) -> tuple[Changes, tuple[RelationshipId, ...]]:
    """Hold one ping for each vendor on the confirmed plan of `key`.

    `pause` seconds remain to undo; after it the pings leave within `spread` seconds, in random order.

    Raises:
        NotFound: no such want, or no plan was confirmed for it.
        NotPossibleNow: it was cast already, or its answers-by day is past.
        NotOnPlan: the want says something else than when the plan was confirmed.
        NobodyToAsk: the plan names nobody.
    """
    return await means.vault.write(lambda tx: _cast(tx, means, key, pause, spread))


def _cast(
    tx: Transaction, means: Means, key: IntentcastId, pause: float, spread: float
) -> tuple[Changes, tuple[RelationshipId, ...]]:
    want, plan = tx.intentcast(key), tx.plan(key)
    if want is None or plan is None:
        raise NotFound(key)
    now = means.clock.now()
    if want.state is not IntentcastState.DRAFT or want.answers_by < now.date():
        raise NotPossibleNow(want.state.value)
    if not plan.vendors:
        raise NobodyToAsk(key)
    if not plan.covers(want) or not still_true(tx, means, want, plan):
        raise NotOnPlan(key)
    made = []
    for vendor in means.random.shuffled(plan.vendors):
        moment = now + timedelta(seconds=pause + means.random.uniform(0.0, spread))
        counterparty = tx.vendor(vendor.vendor)
        if counterparty is None:
            raise NotFound(vendor.vendor)
        if vendor.way is not Way.NATIVE:
            made.append(ask_outside(tx, means, want, counterparty, vendor, moment if pause or spread else now))
            continue
        relationship = _begin(tx, means, want, counterparty)
        act = acts.Ping(
            intentcast=want.id, plan=vendor, count=len(plan.vendors), known=_shown_to(tx, want, counterparty)
        )
        hold(tx, means, relationship.id, act, not_before=moment if pause or spread else now)
        made.append(relationship.id)
    tx.save_intentcast(replace(want, state=IntentcastState.CAST))
    return Changes.of(("intentcast", key), *(("relationship", one) for one in made)), tuple(made)


def _shown_to(tx: Transaction, want: Intentcast, vendor: Counterparty) -> RelationshipId | None:
    """The earlier relationship that the want is cast "as their customer" with, for the vendor that it was with."""
    older = tx.relationship(want.as_customer) if want.as_customer is not None else None
    return older.id if older is not None and older.vendor == vendor.id else None


def _begin(tx: Transaction, means: Means, want: Intentcast, vendor: Counterparty) -> Relationship:
    """A new relationship with an identity of its own: nothing in it is shared with any other."""
    if vendor.card is None:
        raise NotFound(vendor.id)
    key = RelationshipId(means.new_id("rel"))
    kid = tx.new_identity(key, means.random.token(32), base64url.encode(means.random.token(32)))
    now = means.clock.now()
    relationship = Relationship(
        id=key,
        persona=want.persona,
        vendor=vendor.id,
        intentcast=want.id,
        state=RelationshipState.ASKING,
        conversation=Conversation(side=Side.PERSON, own_kid=kid, peer_kid=vendor.card.key),
        endpoint=vendor.card.endpoint,
        started=now,
    )
    tx.save_relationship(relationship)
    tx.add_note(Note(relationship=key, at=now, sender=Side.PERSON, kind="asked", text=want.title))
    return relationship


async def withdraw(means: Means, key: IntentcastId) -> Changes:
    """Take a want back: what is still held never leaves, and every vendor that was asked is told.

    Raises:
        NotFound: no such want.
        NotPossibleNow: it was never cast, or ended in an order.
    """

    def change(tx: Transaction) -> Changes:
        want = tx.intentcast(key)
        if want is None:
            raise NotFound(key)
        if want.state not in {IntentcastState.DRAFT, IntentcastState.CAST}:
            raise NotPossibleNow(want.state.value)
        changes = Changes.of(("intentcast", key))
        for relationship in tx.relationships(key):
            changes |= _take_back(tx, means, relationship)
        changes |= let_all_go(tx, means, key)
        tx.save_intentcast(replace(want, state=IntentcastState.WITHDRAWN))
        return changes

    return await means.vault.write(change)


def _take_back(tx: Transaction, means: Means, relationship: Relationship) -> Changes:
    if relationship.state not in STILL_ASKED:
        return Changes()
    if relationship.way is not Way.NATIVE:  # there is nobody to tell: what has not left stays here
        outside_acts.take_back(tx, relationship.id)
        tx.save_relationship(replace(relationship, state=RelationshipState.WITHDRAWN))
    elif not take_back_unsent(tx, means, relationship.id):
        tx.save_relationship(replace(relationship, state=RelationshipState.WITHDRAWN))
    elif Kind.WITHDRAW_CAST in sayable(tx, relationship):
        hold(tx, means, relationship.id, acts.WithdrawCast())
    return Changes.of(("relationship", relationship.id))
