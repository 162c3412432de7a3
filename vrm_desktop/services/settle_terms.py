"""Step 4, terms first: what stands between the person and each vendor, and the person's answer to a counter."""

from dataclasses import dataclass

from vrm_desktop.domain import acts
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.kinds import State
from vrm_desktop.domain.relationship import AgreementRecord, Relationship
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.receive_messages import release_reveal


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TermsView:
    """How the terms stand with one vendor; `open_counter` tells that the person is asked."""

    relationship: Relationship
    vendor_name: str
    agreements: tuple[AgreementRecord, ...]
    open_counter: bool


async def terms(means: Means, intentcast: IntentcastId | None = None) -> tuple[TermsView, ...]:
    """How the terms stand with every vendor, open counters first."""

    def look(tx: Transaction) -> tuple[TermsView, ...]:
        views = []
        for one in tx.relationships(intentcast):
            vendor = tx.vendor(one.vendor)
            views.append(
                TermsView(
                    relationship=one,
                    vendor_name=vendor.name if vendor else one.vendor,
                    agreements=tx.agreements(one.id),
                    open_counter=_is_open(tx, one),
                )
            )
        return tuple(sorted(views, key=lambda view: (not view.open_counter, view.vendor_name, view.relationship.id)))

    return await means.vault.read(look)


def _is_open(tx: Transaction, relationship: Relationship) -> bool:
    answered = (acts.TermsAccept, acts.TermsRefuse, acts.WithdrawCast, acts.End)
    waiting = tx.acts(states=frozenset({acts.ActState.HELD}), relationship=relationship.id)
    return relationship.conversation.state is State.COUNTERED and not any(
        isinstance(entry.act, answered) for entry in waiting
    )


async def accept_counter(means: Means, key: RelationshipId) -> Changes:
    """Close the vendor's counter: its documents get the person's signature, and the planned reveal follows.

    Raises:
        NotFound, NotPossibleNow: there is no counter that waits for an answer.
    """

    def change(tx: Transaction) -> Changes:
        relationship = _countered(tx, key)
        hold(tx, means, key, acts.TermsAccept())
        release_reveal(tx, means, relationship)
        return Changes.of(("relationship", key))

    return await means.vault.write(change)


async def refuse_counter(means: Means, key: RelationshipId) -> Changes:
    """Refuse the vendor's counter; nothing more is revealed.

    Raises:
        NotFound, NotPossibleNow: there is no counter that waits for an answer.
    """

    def change(tx: Transaction) -> Changes:
        _countered(tx, key)
        hold(tx, means, key, acts.TermsRefuse())
        return Changes.of(("relationship", key))

    return await means.vault.write(change)


def _countered(tx: Transaction, key: RelationshipId) -> Relationship:
    relationship = tx.relationship(key)
    if relationship is None:
        raise NotFound(key)
    if not _is_open(tx, relationship):
        raise NotPossibleNow(relationship.conversation.state.value)
    return relationship
