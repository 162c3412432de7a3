"""The person's rules for later wishes: what is answered by itself, what is asked, what never goes.

A rule names a vendor, a kind of organisation, a purpose, a field, or several of them; what it does not name, it leaves
open. It gives way only to a rule that names all it names and more. Of those that remain, the strictest stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.wish import RuleWord

BY_ITSELF_DAYS = 400
"""For how many days at most something is given without asking the person."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Asking:
    """Who asks for what: one field of one wish, as rules see it."""

    vendor: VendorId
    kind: OrganisationKind
    purpose: Purpose
    field: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WishRule:
    """One rule. `field` is a name on the wire ("" for any); the other members are None for any."""

    id: str
    at: datetime
    word: RuleWord
    vendor: VendorId | None = None
    kind: OrganisationKind | None = None
    purpose: Purpose | None = None
    field: str = ""

    @property
    def relationship(self) -> RelationshipId | None:
        """A rule belongs to no single relationship."""
        return None

    @property
    def words(self) -> str:
        """The field that it names."""
        return self.field

    @property
    def names(self) -> frozenset[tuple[str, str]]:
        """What it names, as pairs."""
        pairs = (("vendor", self.vendor), ("kind", self.kind), ("purpose", self.purpose), ("field", self.field))
        return frozenset((name, str(value)) for name, value in pairs if value)

    def meets(self, asking: Asking) -> bool:
        """Whether it speaks of this."""
        return self.names <= {
            ("vendor", str(asking.vendor)),
            ("kind", str(asking.kind)),
            ("purpose", str(asking.purpose)),
            ("field", asking.field),
        }


def standard_rules(at: datetime) -> tuple[WishRule, ...]:
    """What holds until the person says otherwise: the service itself yes, advertising never, all else asked."""
    return (
        WishRule(id="standard-any", at=at, word=RuleWord.ASK),
        WishRule(id="standard-service", at=at, word=RuleWord.YES, purpose=Purpose.SERVICE),
        WishRule(id="standard-marketing", at=at, word=RuleWord.NEVER, purpose=Purpose.MARKETING),
    )


def in_force(own: Iterable[WishRule], at: datetime) -> tuple[WishRule, ...]:
    """The standard rules, each replaced by the person's own that names the same; of two such the later one."""
    chosen = {rule.names: rule for rule in standard_rules(at)}
    chosen.update({rule.names: rule for rule in sorted(own, key=lambda rule: (rule.at, rule.id))})
    return tuple(chosen.values())


def deciding(rules: Iterable[WishRule], asking: Asking) -> WishRule | None:
    """The rule that decides: of those that meet it and give way to none, the strictest. None: no rule meets it."""
    met = [rule for rule in rules if rule.meets(asking)]
    standing = [rule for rule in met if not any(rule.names < other.names for other in met)]
    return max(standing, key=lambda rule: (rule.word, sorted(rule.names)), default=None)
