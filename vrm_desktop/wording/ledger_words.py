"""What the ledger is put together by and what its rows rest on, as people read it."""

from collections.abc import Mapping
from datetime import date

from vrm_desktop.domain.disclosure import BasisKind, LedgerRow, Purpose
from vrm_desktop.domain.ids import Digest
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label, purpose_label, terms_name

ME = "me"


def subject_label(subject: str) -> str:
    """About whom something is."""
    return _("about yourself") if subject == ME else subject


def month_label(month: str) -> str:
    """`2027-03` as a month."""
    return _("lapses in {month}").format(month=values.month(date.fromisoformat(f"{month}-01")))


def group_label(by: str, key: str) -> str:
    """One group: a vendor's name, a field, a purpose, about whom, or the month in which it lapses."""
    match by:
        case "field":
            words = asked_field_label(key)
        case "purpose":
            words = purpose_label(Purpose(key))
        case "subject":
            words = subject_label(key)
        case "month":
            words = month_label(key)
        case _:
            return key
    return words[:1].upper() + words[1:]


def basis_words(row: LedgerRow, rosters: Mapping[Digest, str]) -> str:
    """On what it rests; `rosters` names the roster entry of each agreement's hash."""
    match row.basis:
        case BasisKind.SIGNED_AGREEMENT:
            roster = rosters.get(row.agreement) if row.agreement else None
            return terms_name(roster) if roster else _("signed conditions")
        case BasisKind.WRITTEN_ACCEPTANCE:
            return _("written acceptance")
        case BasisKind.OWN_ACT:
            return _("you said so yourself")
