"""What is said to a counterparty that is let go of: an address turned up elsewhere, stop, object, erase. Two languages.

The address is named, for only its bearer can have passed it on; nothing else of the person is repeated.
"""

from datetime import date

from vrm_desktop.formats.plain_letters import LetterText, joined, written_day


def cutting_off(
    language: str, *, address: str, on: date | None, terms: str, retired: bool, number: str, name: str
) -> LetterText:
    """The notice. `on`: the day of the leak, None if there was none; `terms`: what it breaks, may be empty."""
    if language == "de":
        day = written_day(language, on) if on is not None else ""
        return LetterText(
            subject="Widerspruch und Löschung meiner Daten",
            body=joined(
                "Guten Tag,",
                f"die Adresse {address} habe ich nur Ihnen gegeben. Am {day} wurde sie von jemand anderem benutzt. Sie "
                "ist also von Ihnen weitergegeben worden oder bei Ihnen abhandengekommen."
                if day
                else "",
                f"Das verstößt gegen das, was wir vereinbart haben ({terms})." if day and terms else "",
                f"Die Adresse {address} gilt nicht mehr." if retired else "",
                f"Sie führen mich unter der Nummer {number}." if number else "",
                "Ich widerspreche jeder weiteren Verarbeitung meiner Daten und widerrufe jede Einwilligung. Bitte "
                "löschen Sie alles, was Sie über mich gespeichert haben, auch dort, wohin Sie es weitergegeben haben, "
                "und nennen Sie mir diese Empfänger. Was Sie aufgrund eines Gesetzes aufbewahren müssen, nennen Sie "
                "mir bitte mit Grund und Dauer.",
                "Bitte bestätigen Sie mir das innerhalb eines Monats.",
                f"Mit freundlichen Grüßen\n{name}",
            ),
        )
    day = written_day(language, on) if on is not None else ""
    return LetterText(
        subject="Objection, and erasure of my data",
        body=joined(
            "Hello,",
            f"I gave the address {address} to you alone. On {day} it was used by somebody else. So it was passed on "
            "by you, or lost by you."
            if day
            else "",
            f"That breaks what we agreed ({terms})." if day and terms else "",
            f"The address {address} is no longer in use." if retired else "",
            f"You know me by the number {number}." if number else "",
            "I object to any further processing of my data, and withdraw every consent. Please erase all that you "
            "hold about me, also where you passed it on, and tell me to whom you did. If something must be kept by "
            "law, please tell me what, why, and until when.",
            "Please confirm this to me within one month.",
            f"Kind regards\n{name}",
        ),
    )


def objecting(language: str, *, on: date, terms: str, agreement: str, message: str) -> str:
    """The objection on the wire, where both hold the record: which message told what leaked, and what it breaks."""
    day = written_day(language, on)
    if language == "de":
        return (
            f"Was ich Ihnen allein mitgeteilt habe (Nachricht {message}), wurde am {day} von jemand anderem benutzt. "
            f"Das verstößt gegen unsere Vereinbarung {terms} ({agreement}). Ich widerspreche jeder weiteren Nutzung."
        )
    return (
        f"What I told you alone (message {message}) was used by somebody else on {day}. That breaks our agreement "
        f"{terms} ({agreement}). I object to any further use."
    )
