"""What a data request begins with: whether it can go over the wire, and which law the program guesses."""

from vrm_desktop.domain.clocks import Regime
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.domain.rights_choice import RegimeReason
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.reachable import sayable

_EEA = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "GB",
    ]
)
_CALIFORNIA = frozenset({"ca", "us-ca", "california"})


def wire_of(tx: Transaction, vendor: Counterparty, key: RelationshipId | None = None) -> Relationship | None:
    """The newest relationship in which this counterparty takes a data request over the wire, if there is one.

    With `key`, that one or none.
    """
    if vendor.card is None or not vendor.card.understands(Kind.DATA_REQUEST):
        return None
    able = [
        one
        for one in tx.relationships()
        if one.vendor == vendor.id and key in {None, one.id} and one.endpoint and Kind.DATA_REQUEST in sayable(tx, one)
    ]
    return max(able, key=lambda one: (one.started, one.id), default=None)


def regime_for(tx: Transaction, vendor: Counterparty) -> Regime:
    """Under which law the program asks unless told otherwise, by the two countries. A guess, shown as one."""
    return proposed_regime(tx, vendor)[0]


def proposed_regime(tx: Transaction, vendor: Counterparty) -> tuple[Regime, RegimeReason]:
    """The same, with why."""
    profile = {field.path: field.value for field in reversed(tx.profile())}
    home = profile.get(FieldPath.COUNTRY, "").upper()
    if vendor.country.upper().partition("-")[0] in _EEA:
        return Regime.GDPR, RegimeReason.ITS_COUNTRY
    if home in _EEA:
        return Regime.GDPR, RegimeReason.YOUR_COUNTRY
    if home == "US" and profile.get(FieldPath.REGION, "").strip().lower() in _CALIFORNIA:
        return Regime.CCPA, RegimeReason.CALIFORNIA
    known = bool(home or vendor.country)
    return (Regime.NONE, RegimeReason.ELSEWHERE) if known else (Regime.GDPR, RegimeReason.UNKNOWN)


def own_country(tx: Transaction) -> str:
    """The person's country, or "" where the profile says none."""
    return next((field.value for field in tx.profile() if field.path is FieldPath.COUNTRY), "")
