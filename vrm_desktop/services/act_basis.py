"""On what an act by a way beyond our own wire rests: terms accepted in writing, else that the person does it herself.

Never here: signed agreements, which our own wire alone has (protocol/basis).
"""

from vrm_desktop.domain.disclosure import BasisKind
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.ways import CARRIES, Way
from vrm_desktop.services.ports import Transaction


def basis_of(tx: Transaction, relationship: RelationshipId, way: Way) -> BasisKind:
    """The ledger's word for it. What is written holds for ways that carry terms, and once the person has read it so."""
    written = BasisKind.WRITTEN_ACCEPTANCE
    if written not in CARRIES[way].bases:
        return BasisKind.OWN_ACT
    from vrm_desktop.services.confirm_mail_offer import written_acceptance  # it reads mails: loaded where there are any

    return written if written_acceptance(tx, relationship) is not None else BasisKind.OWN_ACT
