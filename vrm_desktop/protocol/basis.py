"""On what a disclosure rests. Only `SignedAgreement` is terms-first, and only it opens a reveal on our own wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

from vrm_desktop.domain.disclosure import BasisKind
from vrm_desktop.domain.ids import ActId, Digest, VendorId
from vrm_desktop.protocol.agreements import SignedAgreement
from vrm_desktop.protocol.errors import BadAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAcceptance:
    """A vendor's acceptance in words (an answered e-mail): `evidence` is the hash of its exact bytes."""

    vendor: VendorId
    evidence: Digest
    at: datetime

    def __post_init__(self) -> None:
        if not self.evidence:
            raise BadAgreement("a written acceptance has its evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAct:
    """The person looked at exactly this act and confirmed it."""

    act: ActId
    confirmed: datetime


Basis: TypeAlias = SignedAgreement | WrittenAcceptance | OwnAct


def basis_kind(basis: Basis) -> BasisKind:
    """The ledger's word for a basis."""
    match basis:
        case SignedAgreement():
            return BasisKind.SIGNED_AGREEMENT
        case WrittenAcceptance():
            return BasisKind.WRITTEN_ACCEPTANCE
        case OwnAct():
            return BasisKind.OWN_ACT
        case _:
            assert_never(basis)
