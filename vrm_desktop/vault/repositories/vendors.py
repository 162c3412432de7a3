"""The organisations the person knows of, with or without an endpoint. Never lives here: fetching their cards."""

from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.vault.repositories.part import Part, to_body


class VendorsPart(Part):
    """Counterparties."""

    def save_vendor(self, vendor: Counterparty) -> None:
        """Keep what is known about an organisation in its present form."""
        self._sql.execute(
            "INSERT INTO vendors (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (vendor.id, to_body(vendor)),
        )

    def vendor(self, id: VendorId) -> Counterparty | None:
        """The organisation, if it is known."""
        return self._record(self._sql.one("SELECT body FROM vendors WHERE id = ?", (id,)), Counterparty)

    def vendors(self) -> tuple[Counterparty, ...]:
        """Every organisation, in the order of getting to know them."""
        return self._records(self._rows("SELECT body FROM vendors", order="nth"), Counterparty)
