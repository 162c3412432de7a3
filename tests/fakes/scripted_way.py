"""A way beyond our own wire that reaches nobody: it does as a test says, and remembers what it carried and when."""

# ruff: noqa: ARG002 - the names are the port's

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.outside import OutsideAct, OutsideKind
from vrm_desktop.domain.plan import VendorPlan
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import KnownWay, Way
from vrm_desktop.services import outside_acts
from vrm_desktop.services.errors import NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_ways import Carried, Composed
from vrm_desktop.services.ports import Changes, ChannelError, Transaction


@dataclass(slots=True, kw_only=True)
class ScriptedWay:
    """Says the want's title. `trouble` is raised by every carrying; with None it gets through."""

    way: Way
    kind: OutsideKind
    trouble: Callable[[], ChannelError] | None = None
    refusal: NotPossibleNow | None = None
    looks_at: datetime | None = None
    carried: list[OutsideAct] = field(default_factory=list)
    ledger_then: list[int] = field(default_factory=list)
    taken: list[tuple[Offer, VendorPlan, str]] = field(default_factory=list)
    looked: int = 0

    def compose(
        self, tx: Transaction, means: Means, want: Intentcast, vendor: Counterparty, known: KnownWay
    ) -> Composed:
        if self.refusal is not None:
            raise self.refusal
        tells = PlannedField(
            name="want.title",
            value=want.title,
            stage=Stage.REVEAL,
            purpose=Purpose.QUOTE,
            until=want.answers_by,
            source=Source.WANT,
        )
        return Composed(tells=(tells,), body=f"{vendor.name}: {want.title}")

    def ask(
        self, tx: Transaction, means: Means, relationship: Relationship, plan: VendorPlan, not_before: datetime
    ) -> None:
        act = OutsideAct(
            id=means.new_id("outside"),
            vendor=relationship.vendor,
            relationship=relationship.id,
            at=means.clock.now(),
            way=self.way,
            kind=self.kind,
            address=relationship.endpoint,
            body=plan.body,
            tells=plan.reveal,
            not_before=not_before,
            intentcast=relationship.intentcast,
        )
        outside_acts.hold(tx, act)

    async def carry(self, means: Means, act: OutsideAct) -> Carried:
        self.carried.append(act)
        rows = await means.vault.read(lambda tx: tx.ledger(relationship=act.relationship))
        self.ledger_then.append(len([row for row in rows if row.message == outside_acts.message_of(act)]))
        if self.trouble is not None:
            raise self.trouble()
        return Carried(answered="taken", settle=lambda _tx: Changes.of(("settled", act.id)), status=200)

    def accept(self, tx: Transaction, means: Means, offer: Offer, plan: VendorPlan, payment: str) -> Changes:
        self.taken.append((offer, plan, payment))
        return Changes.of(("taken", offer.id))

    def next_look(self, tx: Transaction, relationship: Relationship) -> datetime | None:
        return self.looks_at

    async def look(self, means: Means, relationship: Relationship) -> Changes:
        self.looked += 1
        if self.trouble is not None:
            raise self.trouble()
        self.looks_at = None
        return Changes.of(("looked", relationship.id))
