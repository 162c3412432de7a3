"""The person's rules for later wishes: kept, listed, taken back, and asked about one field of one wish."""

from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.domain.wish import RuleWord
from vrm_desktop.domain.wish_rules import Asking, WishRule, deciding, in_force
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

ALL = ("rule", "all")


def ruled(tx: Transaction, means: Means, vendor: Counterparty, purpose: Purpose, field: str) -> RuleWord:
    """What the rules say when this vendor asks for this field. Without any rule the person is asked."""
    asking = Asking(vendor=vendor.id, kind=vendor.kind, purpose=purpose, field=field)
    rule = deciding(in_force(tx.papers(WishRule), means.clock.now()), asking)
    return rule.word if rule is not None else RuleWord.ASK


async def rules(means: Means) -> tuple[WishRule, ...]:
    """All rules in force, the standard ones that were not replaced among them."""
    return await means.vault.read(lambda tx: in_force(tx.papers(WishRule), means.clock.now()))


async def set_rule(
    means: Means,
    word: RuleWord,
    *,
    vendor: VendorId | None = None,
    kind: OrganisationKind | None = None,
    purpose: Purpose | None = None,
    field: str = "",
) -> Changes:
    """Keep a rule, in place of the one that names the same.

    Raises:
        NotFound: no such vendor.
    """

    def change(tx: Transaction) -> Changes:
        if vendor is not None and tx.vendor(vendor) is None:
            raise NotFound(vendor)
        rule = WishRule(
            id=means.new_id("rule"),
            at=means.clock.now(),
            word=word,
            vendor=vendor,
            kind=kind,
            purpose=purpose,
            field=field.strip(),
        )
        for old in tx.papers(WishRule):
            if old.names == rule.names:
                tx.drop_paper(WishRule, old.id)
        tx.keep_paper(rule)
        return Changes.of(ALL)

    return await means.vault.write(change)


async def drop_rule(means: Means, key: str) -> Changes:
    """Take a rule of one's own back; where it stood in place of a standard rule, that one holds again.

    Raises:
        NotFound: no such rule; the standard rules are replaced, not dropped.
    """

    def change(tx: Transaction) -> Changes:
        if tx.paper(WishRule, key) is None:
            raise NotFound(key)
        tx.drop_paper(WishRule, key)
        return Changes.of(ALL)

    return await means.vault.write(change)
