"""Everything a desk decides with: what the shop says of itself, what it sells, which terms exist. Data only."""

from dataclasses import dataclass

from vrm_desktop.protocol.roster import Roster
from vrm_desktop.vendor.article import Catalogue
from vrm_desktop.vendor.errors import BadSettings
from vrm_desktop.vendor.settings import DeskSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """One shop: its settings, its catalogue, the roster."""

    settings: DeskSettings
    catalogue: Catalogue
    roster: Roster

    def __post_init__(self) -> None:
        flat = self.settings.delivery.price
        if flat is not None and flat.currency != self.catalogue.currency:
            raise BadSettings(f"delivery.price is in the catalogue's currency, {self.catalogue.currency}")

        for rule in self.settings.rules:
            for amount in (rule.price_from, rule.price_to, rule.delivery_price):
                if amount is not None and amount.currency != self.catalogue.currency:
                    raise BadSettings(f"amounts in rules are in the catalogue's currency, {self.catalogue.currency}")

    @property
    def categories(self) -> tuple[str, ...]:
        """What the card lists: the settings' categories, else those of the catalogue."""
        return self.settings.categories or self.catalogue.categories
