"""Short letters that need no template of a law: ending a contract, telling what changed, asking to erase what is old.

English and German, by the language of whoever gets them. Never here: who gets one, and what a window says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vrm_desktop.domain.disclosure import PlannedField

LANGUAGES = ("en", "de")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LetterText:
    """A subject of one line, and a body whose paragraphs are apart by an empty line."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ChangedValue:
    """One value as the recipient has it, and as it is now; `name` is that on the wire (`profile.phone`)."""

    name: str
    old: str
    new: str


def cancelling(language: str, *, title: str, number: str, ends: date, name: str) -> LetterText:
    """Notice of a contract to the end of the day `ends`. `number` and `name` may be empty."""
    of = f"{title} ({number})" if number else title
    day = written_day(language, ends)
    if language == "de":
        return LetterText(
            subject=f"Kündigung: {of}",
            body=joined(
                "Guten Tag,",
                f"hiermit kündige ich meinen Vertrag „{of}“ zum {day}, hilfsweise zum nächstmöglichen Zeitpunkt.",
                "Bitte bestätigen Sie mir schriftlich, dass die Kündigung eingegangen ist und wann der Vertrag endet. "
                "Einer Kontaktaufnahme zur Rückgewinnung widerspreche ich.",
                f"Mit freundlichen Grüßen\n{name}",
            ),
        )
    return LetterText(
        subject=f"Notice of cancellation: {of}",
        body=joined(
            "Hello,",
            f"I give notice of my contract “{of}”, to end on {day} or else on the next possible day.",
            "Please confirm in writing that you have received this notice, and on which day the contract ends. "
            "Please do not contact me to win me back.",
            f"Kind regards\n{name}",
        ),
    )


def telling(language: str, changes: Sequence[ChangedValue], *, since: date, number: str, name: str) -> LetterText:
    """What is new from the day `since` on. `number` is what the recipient calls the person; it may be empty."""
    day = written_day(language, since)
    if language == "de":
        lines = "\n".join(f"{label_of(language, one.name)}: {one.new} (bisher: {one.old})" for one in changes)
        known = f"Bei Ihnen werde ich unter der Nummer {number} geführt." if number else ""
        return LetterText(
            subject=f"Meine Daten haben sich geändert, gültig ab {day}",
            body=joined(
                "Guten Tag,",
                f"bitte ändern Sie, was Sie über mich gespeichert haben. Ab {day} gilt:",
                lines,
                known,
                "Die bisherigen Angaben brauchen Sie dann nicht mehr; bitte löschen Sie sie, soweit Sie sie nicht "
                "aufbewahren müssen, und bestätigen Sie mir kurz, dass beides geschehen ist.",
                f"Mit freundlichen Grüßen\n{name}",
            ),
        )
    lines = "\n".join(f"{label_of(language, one.name)}: {one.new} (until now: {one.old})" for one in changes)
    known = f"You know me by the number {number}." if number else ""
    return LetterText(
        subject=f"My details have changed, valid from {day}",
        body=joined(
            "Hello,",
            f"please change what you hold about me. From {day} on:",
            lines,
            known,
            "You will not need the earlier details any more; please erase them unless you must keep them, and confirm "
            "briefly that both has been done.",
            f"Kind regards\n{name}",
        ),
    )


def erasing(language: str, held: Sequence[PlannedField], *, number: str, name: str) -> LetterText:
    """Please erase what is no longer true and no longer needed; nothing new is told."""
    if language == "de":
        lines = "\n".join(f"{label_of(language, one.name)}: {one.value}" for one in held)
        known = f"Bei Ihnen werde ich unter der Nummer {number} geführt." if number else ""
        return LetterText(
            subject="Bitte löschen Sie veraltete Angaben über mich",
            body=joined(
                "Guten Tag,",
                "diese Angaben über mich stimmen nicht mehr, und Sie brauchen sie nicht mehr:",
                lines,
                known,
                "Bitte löschen Sie sie, soweit Sie sie nicht aufbewahren müssen, und bestätigen Sie mir das kurz.",
                f"Mit freundlichen Grüßen\n{name}",
            ),
        )
    lines = "\n".join(f"{label_of(language, one.name)}: {one.value}" for one in held)
    known = f"You know me by the number {number}." if number else ""
    return LetterText(
        subject="Please erase outdated details about me",
        body=joined(
            "Hello,",
            "these details about me are no longer true, and you no longer need them:",
            lines,
            known,
            "Please erase them unless you must keep them, and confirm it briefly.",
            f"Kind regards\n{name}",
        ),
    )


def written_day(language: str, day: date) -> str:
    """A day as a letter writes it."""
    month = _MONTHS[language].split()[day.month - 1]
    return f"{day.day}. {month} {day.year}" if language == "de" else f"{day.day} {month} {day.year}"


def label_of(language: str, name: str) -> str:
    """What a letter calls a field, by its wire name (`profile.` may be left out); one that it does not know stays."""
    plain = "want.details" if name.startswith("attribute.") else name.removeprefix("profile.")
    return _LABELS.get(plain, {}).get(language, name)


def joined(*paragraphs: str) -> str:
    """The paragraphs as a body; empty ones are left out."""
    return "\n\n".join(part.strip() for part in paragraphs if part.strip())


_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
_LABELS: dict[str, dict[str, str]] = {
    "name": {"de": "Name", "en": "Name"},
    "name.given": {"de": "Vorname", "en": "First name"},
    "name.surname": {"de": "Nachname", "en": "Last name"},
    "email": {"de": "E-Mail", "en": "E-mail"},
    "phone": {"de": "Telefon", "en": "Phone"},
    "address.street": {"de": "Straße und Hausnummer", "en": "Street"},
    "address.postcode": {"de": "Postleitzahl", "en": "Postcode"},
    "address.locality": {"de": "Ort", "en": "Town"},
    "address.region": {"de": "Region", "en": "Region"},
    "address.country": {"de": "Land", "en": "Country"},
    "birthday": {"de": "Geburtstag", "en": "Birthday"},
    "nickname": {"de": "Rufname", "en": "Nickname"},
    "organization": {"de": "Arbeitgeber", "en": "Organisation"},
    "language": {"de": "Sprache", "en": "Language"},
    "note": {"de": "Bemerkung", "en": "Note"},
    "link": {"de": "Webadresse", "en": "Web address"},
    "customer.number": {"de": "Kundennummer", "en": "Customer number"},
    "want.title": {"de": "was ich gesucht habe", "en": "what I was looking for"},
    "want.details": {"de": "Einzelheiten dazu", "en": "details of it"},
    "want.quantity": {"de": "Anzahl", "en": "quantity"},
    "want.place": {"de": "Gegend", "en": "area"},
    "want.payment": {"de": "Zahlungsweise", "en": "way of paying"},
    "want.bid": {"de": "mein Preisangebot", "en": "the price I offered"},
    "want.currency": {"de": "Währung", "en": "currency"},
    "category": {"de": "was ich gesucht habe", "en": "what I was looking for"},
    "condition": {"de": "Zustand", "en": "condition"},
    "fulfilment": {"de": "Lieferung oder Abholung", "en": "delivery or collection"},
    "area": {"de": "Gegend", "en": "area"},
    "needed-by": {"de": "bis wann ich es brauche", "en": "when I need it"},
    "answers-by": {"de": "bis wann ich Antworten wollte", "en": "until when I wanted answers"},
}
