"""Orders: accepted offers, with what both sides signed or what left by mail, as stored bytes. Never here: paying."""

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.relationship import OrderRecord, OrderState
from vrm_desktop.vault.errors import Conflict
from vrm_desktop.vault.repositories.part import Part, to_body


class OrdersPart(Part):
    """Orders."""

    def save_order(self, order: OrderRecord) -> None:
        """Keep the order in its present form. One that was cancelled unconfirmed gives way to another offer's.

        Raises:
            Conflict: the relationship has an order of another offer that stands, or that both confirmed.
        """
        there = self.order(order.relationship)
        gone = there is not None and there.state is OrderState.CANCELLED and not there.record
        if there is not None and gone and there.offer != order.offer:
            self._sql.execute("DELETE FROM orders WHERE relationship = ?", (order.relationship,))
        changed = self._sql.execute(
            "INSERT INTO orders (relationship, offer, body) VALUES (?, ?, ?) ON CONFLICT (relationship)"
            " DO UPDATE SET body = excluded.body WHERE offer = excluded.offer",
            (order.relationship, order.offer, to_body(order)),
        )
        if changed == 0:
            raise Conflict("the relationship has an order of another offer")

    def order(self, relationship: RelationshipId) -> OrderRecord | None:
        """The relationship's order, if it has one."""
        row = self._sql.one("SELECT body FROM orders WHERE relationship = ?", (relationship,))
        return self._record(row, OrderRecord)

    def orders(self) -> tuple[OrderRecord, ...]:
        """Every order, in the order of placing."""
        return self._records(self._rows("SELECT body FROM orders", order="nth"), OrderRecord)
