"""The shop's own rules over what it answers by itself: the first that fits a want counts. Reading is elsewhere."""

from dataclasses import dataclass
from enum import StrEnum

from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.vendor.errors import BadSettings


class AnswerBy(StrEnum):
    """Who answers: the rules by themselves, a person of the shop, or nobody: it is turned down."""

    RULES = "rules"
    HAND = "hand"
    NO = "no"


class NothingFits(StrEnum):
    """What happens to a want that the rules find nothing for."""

    CLOSE = "close"
    HAND = "hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRules:
    """How the desk answers where no rule says otherwise."""

    by: AnswerBy = AnswerBy.RULES
    nothing_fits: NothingFits = NothingFits.CLOSE

    def __post_init__(self) -> None:
        if self.by is AnswerBy.NO:
            raise BadSettings("answers.by is one of rules, hand")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What holds for wants of some `categories` (ids or families) from some `regions`; empty means all.

    None leaves a value to the shop's general settings. `price_from` and `price_to` bound the list price of all pieces,
    `lowest_percent` and `margin_percent` (over what the shop itself paid) how far down a price may go, `keep` is how
    many pieces are left for the counter, `terms` are signed for being asked.
    """

    categories: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    by: AnswerBy | None = None
    price_from: Money | None = None
    price_to: Money | None = None
    lowest_percent: int | None = None
    margin_percent: int | None = None
    delivery_price: Money | None = None
    keep: int = 0
    terms: tuple[str, ...] = ()

    def covers(self, category: str, area: Area | None) -> bool:
        """Whether the rule is about this category and area."""
        family = category.split(".", maxsplit=1)[0]
        if self.categories and category not in self.categories and family not in self.categories:
            return False
        if not self.regions or area is None:
            return True
        return any(Area.from_code(code).may_overlap(area) for code in self.regions)


_NONE = Rule()


def rule_for(rules: tuple[Rule, ...], category: str, area: Area | None) -> Rule:
    """The first rule that covers the want; one that says nothing when there is none."""
    return next((rule for rule in rules if rule.covers(category, area)), _NONE)
