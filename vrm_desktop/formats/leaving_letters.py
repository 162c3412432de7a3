"""What is said on leaving where no program listens: please erase; and once more when nobody did."""

from collections.abc import Sequence
from datetime import date

from vrm_desktop.formats.plain_letters import LetterText, joined, written_day


def leaving(language: str, *, kept: Sequence[tuple[str, date]], number: str, name: str) -> LetterText:
    """I am leaving. `kept` is what may stay until when, in the recipient's words; `number`, `name` may be empty."""
    days = "\n".join(f"– {what}: {written_day(language, until)}" for what, until in kept)
    if language == "de":
        return LetterText(
            subject="Ende unserer Beziehung, Löschung meiner Daten",
            body=joined(
                "Guten Tag,",
                "ich möchte nicht länger Kunde oder Kundin bei Ihnen sein. Ich widerrufe jede Einwilligung und "
                "widerspreche jeder weiteren Nutzung meiner Daten.",
                f"Sie führen mich unter der Nummer {number}." if number else "",
                "Bitte löschen Sie alles, was Sie über mich gespeichert haben, auch dort, wohin Sie es weitergegeben "
                "haben, und bestätigen Sie mir das innerhalb eines Monats. Was Sie aufgrund eines Gesetzes "
                "aufbewahren müssen, nennen Sie mir bitte mit Grund und Dauer.",
                f"Was hierfür noch gebraucht wird, darf so lange bleiben:\n{days}" if kept else "",
                f"Mit freundlichen Grüßen\n{name}",
            ),
        )
    return LetterText(
        subject="End of our relationship, erasure of my data",
        body=joined(
            "Hello,",
            "I no longer wish to be a customer of yours. I withdraw every consent, and object to any further use of "
            "my data.",
            f"You know me by the number {number}." if number else "",
            "Please erase all that you hold about me, also where you passed it on, and confirm this to me within one "
            "month. If something must be kept by law, please tell me what, why, and until when.",
            f"What is still needed for this may stay so long:\n{days}" if kept else "",
            f"Kind regards\n{name}",
        ),
    )


def reminding(language: str, *, since: date, number: str, name: str) -> LetterText:
    """I left on the day `since`, and nobody confirmed it."""
    day = written_day(language, since)
    if language == "de":
        return LetterText(
            subject="Erinnerung: Löschung meiner Daten",
            body=joined(
                "Guten Tag,",
                f"am {day} habe ich unsere Beziehung beendet und um Löschung meiner Daten gebeten. Eine Bestätigung "
                "habe ich nicht erhalten; die Frist dafür ist um.",
                f"Sie führen mich unter der Nummer {number}." if number else "",
                "Bitte holen Sie das innerhalb von zwei Wochen nach. Danach wende ich mich an die Aufsichtsbehörde.",
                f"Mit freundlichen Grüßen\n{name}",
            ),
        )
    return LetterText(
        subject="Reminder: erasure of my data",
        body=joined(
            "Hello,",
            f"on {day} I ended our relationship and asked you to erase my data. I have had no confirmation, and the "
            "time for it is over.",
            f"You know me by the number {number}." if number else "",
            "Please make up for it within two weeks. After that I shall turn to the supervisory authority.",
            f"Kind regards\n{name}",
        ),
    )
