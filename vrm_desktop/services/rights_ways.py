"""Before a right is exercised: under which law the program would ask and why, and by which ways each can be asked.

Changes nothing. Never here: asking (exercise_rights), and what a letter tells (letters_of_rights).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from vrm_desktop.domain.clocks import Regime
from vrm_desktop.domain.drp import DrpAction, DrpEntry
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.letter import LetterWay
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.rights_choice import AskWay, RegimeReason
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.import_organisations import as_counterparty
from vrm_desktop.services.letters_of_rights import entry_of, way_to
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.rights_basis import proposed_regime, wire_of

DRP_ACTIONS = {
    DataRight.ACCESS: DrpAction.ACCESS,
    DataRight.COPY: DrpAction.ACCESS,
    DataRight.ERASURE: DrpAction.DELETION,
    DataRight.OBJECTION: DrpAction.SALE_OPT_OUT,
}
"""What the protocol itself calls a right; it has no word for the others."""
_LETTERS = {
    LetterWay.EMAIL: AskWay.EMAIL,
    LetterWay.POST: AskWay.POST,
    LetterWay.FAX: AskWay.FAX,
    LetterWay.FORM: AskWay.FORM,
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Askable:
    """One organisation: the law proposed and why, the ways there are, and the `usual` one if none is chosen."""

    name: str
    regime: Regime
    reason: RegimeReason
    ways: frozenset[AskWay]
    usual: AskWay


async def askable(
    means: Means, right: DataRight, vendors: Sequence[VendorId] = (), entries: Sequence[str] = ()
) -> tuple[Askable, ...]:
    """How each of these counterparties and entries of lists can be asked for this right.

    Raises:
        NotFound: no such counterparty or entry.
    """

    def look(tx: Transaction) -> tuple[Askable, ...]:
        known = [tx.vendor(key) for key in vendors]
        if None in known:
            raise NotFound("a counterparty")
        listed = [as_counterparty(tx, means, key) for key in entries]
        return tuple(_askable(tx, one, right) for one in (*known, *listed) if one is not None)

    return await means.vault.read(look)


def _askable(tx: Transaction, vendor: Counterparty, right: DataRight) -> Askable:
    regime, reason = proposed_regime(tx, vendor)
    entry = entry_of(tx, vendor)
    action = DRP_ACTIONS.get(right)
    there = {
        AskWay.WIRE: wire_of(tx, vendor) is not None,
        AskWay.EMAIL: bool(vendor.email),
        AskWay.POST: bool(vendor.postal),
        AskWay.FAX: entry is not None and bool(entry.fax),
        AskWay.FORM: entry is not None and bool(entry.form),
        AskWay.DRP: action is not None and any(one.takes(action) for one in tx.papers(DrpEntry, vendor=vendor.id)),
    }
    return Askable(
        name=vendor.name,
        regime=regime,
        reason=reason,
        ways=frozenset(way for way, is_there in there.items() if is_there),
        usual=AskWay.WIRE if there[AskWay.WIRE] else _LETTERS[way_to(vendor, entry)],
    )
