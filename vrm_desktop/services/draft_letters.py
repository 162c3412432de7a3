"""What every drafted letter begins with: its language, the way it goes, who sends it, and what its sender lines tell.

Never here: what a letter says (formats), and what becomes of it (write_letters).
"""

from datetime import date

from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.letter import Letter, LetterAbout, LetterWay
from vrm_desktop.domain.profile import FieldPath, ProfileField
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.formats.plain_letters import LANGUAGES, LetterText
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.write_letters import address_lines, keep_draft, recipient_lines, told_once

_GERMAN = frozenset({"DE", "AT", "LI"})
_SENDER = (FieldPath.NAME, FieldPath.STREET, FieldPath.POSTCODE, FieldPath.LOCALITY, FieldPath.COUNTRY)


def language_for(tx: Transaction, vendor: Counterparty) -> str:
    """The language of a letter: the counterparty's own where we write it, else that of its or the person's country."""
    theirs = (*vendor.languages, *(vendor.card.languages if vendor.card else ()))
    for language in theirs:
        if (short := language.split("-")[0].lower()) in LANGUAGES:
            return short
    home = next((field.value for field in tx.profile() if field.path is FieldPath.COUNTRY), "")
    return "de" if (vendor.country or home).strip().upper()[:2] in _GERMAN else "en"


def way_for(vendor: Counterparty) -> LetterWay:
    """How a letter would go: by e-mail, else by post; by a form of theirs where no address is known."""
    if vendor.email:
        return LetterWay.EMAIL
    return LetterWay.POST if vendor.postal.strip() else LetterWay.FORM


def has_address(vendor: Counterparty) -> bool:
    """Whether there is any way at all to send a letter to it."""
    return bool(vendor.email or vendor.postal.strip() or vendor.web or vendor.phone)


def sender_name(tx: Transaction) -> str:
    """The person's name as a letter is signed with it; "" where the profile has none."""
    field = _sent_as(tx, FieldPath.NAME)
    return field.value if field is not None else ""


def told(field: ProfileField, value: str, purpose: Purpose, until: date) -> PlannedField:
    """A value of the profile as a letter tells it."""
    return PlannedField(
        name=f"profile.{field.path.value}",
        value=value,
        stage=Stage.LATER,
        purpose=purpose,
        until=until,
        source=Source.PROFILE,
        field=field.id,
        pd=field.pd,
    )


def draft(
    tx: Transaction,
    means: Means,
    vendor: Counterparty,
    text: LetterText,
    *,
    about: LetterAbout,
    relationship: RelationshipId,
    source: str,
    until: date,
    tells: tuple[PlannedField, ...] = (),
    sender: tuple[str, ...] | None = None,
) -> Letter:
    """Keep a letter of this text as a draft. What its sender lines tell is added to `tells`, which goes before it.

    `sender` are lines to use instead of the profile's; then `tells` has to hold what stands in them.
    """
    own = sender
    if own is None:
        own = address_lines(tx)
        fields = (_sent_as(tx, path) for path in _SENDER)
        tells = (*(told(field, field.value, Purpose.SERVICE, until) for field in fields if field is not None), *tells)
    letter = Letter(
        id=means.new_id("letter"),
        vendor=vendor.id,
        relationship=relationship,
        at=means.clock.now(),
        about=about,
        way=way_for(vendor),
        language=language_for(tx, vendor),
        subject=text.subject,
        body=text.body,
        to=recipient_lines(vendor),
        sender=own,
        dated=means.clock.today(),
        email=vendor.email,
        reply_to=vendor.reply_to,
        reference=vendor.number,
        source=source,
        tells=told_once(tells),
    )
    return keep_draft(tx, letter)


def _sent_as(tx: Transaction, path: FieldPath) -> ProfileField | None:
    """The field that stands in a letter's sender lines, whatever plans may do with it: the letter is the person's."""
    return next((field for field in tx.profile() if field.path is path), None)
