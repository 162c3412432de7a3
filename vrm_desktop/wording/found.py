"""What a search found, in words: its kind, and which thing it is."""

from vrm_desktop.domain.found import Found, FoundKind
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.relationship import Note
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label, note_label


def found_kind_label(kind: FoundKind) -> str:
    """The kind of a thing."""
    return {
        FoundKind.WANT: _("what I want"),
        FoundKind.VENDOR: _("vendor"),
        FoundKind.FIELD: _("my profile"),
        FoundKind.OFFER: _("offer"),
        FoundKind.TOLD: _("told"),
        FoundKind.STORY: _("said"),
        FoundKind.PAPER: _("in a file"),
    }[kind]


def found_words(found: Found) -> tuple[str, str]:
    """Which thing it is, and what of it was found ("" where the first says it all)."""
    match found.kind:
        case FoundKind.TOLD | FoundKind.FIELD:
            return asked_field_label(found.name), asked_value_label(found.name, found.text)
        case FoundKind.STORY:
            note = Note(
                relationship=found.relationship or RelationshipId(""),
                at=found.at,
                sender=found.sender or Side.PERSON,
                kind=found.name,
                text=found.text,
            )
            return note_label(note), ""
        case FoundKind.PAPER:
            return paper_label(found.name), found.text
        case _:
            return found.name, found.text


def paper_label(name: str) -> str:
    """A kind of paper; one without a word here shows its own name."""
    words = {
        "attachment": _("document"),
        "booking": _("money line"),
        "case": _("case"),
        "change": _("what is new about you"),
        "checkout": _("checkout"),
        "consent": _("consent"),
        "contract": _("contract"),
        "drp-exercise": _("data request"),
        "leak": _("leak"),
        "letter": _("letter"),
        "limit": _("limit of yours"),
        "mail-in": _("mail that came"),
        "mail-out": _("mail of yours"),
        "mail-proposal": _("offer read from a mail"),
        "order-change": _("change of an order"),
        "organisation": _("organisation of a list"),
        "payment-handover": _("payment"),
        "promise": _("promise"),
        "public-price": _("public price"),
        "quote-asked": _("request for a quote"),
        "rights-request": _("data request"),
        "thing": _("thing of yours"),
        "voice": _("what you told them"),
        "wish": _("what they would like to know"),
    }
    return words.get(name, name)
