"""Letters about data whose time is over: please erase it; and about a consent: I take it back. English and German.

Values are not repeated in them: whoever holds them can find them, and nobody learns them anew.
"""

from collections.abc import Sequence

from vrm_desktop.formats.plain_letters import LetterText, joined, label_of


def time_over(language: str, names: Sequence[str], *, number: str, name: str) -> LetterText:
    """Please erase what may not be used any more; `names` are those on the wire. `number`, `name` may be empty."""
    fields = _list(language, names)
    if language == "de":
        return LetterText(
            subject="Bitte löschen Sie meine Daten",
            body=joined(
                "Guten Tag,",
                f"die Zeit, für die ich Ihnen diese Angaben über mich gegeben habe, ist vorbei: {fields}.",
                _number(language, number),
                "Bitte löschen Sie sie, auch dort, wohin Sie sie weitergegeben haben, und bestätigen Sie mir das. Was "
                "Sie aufgrund eines Gesetzes aufbewahren müssen, nennen Sie mir bitte mit Grund und Dauer.",
                f"Mit freundlichen Grüßen\n{name}",
            ),
        )
    return LetterText(
        subject="Please erase my data",
        body=joined(
            "Hello,",
            f"the time for which I gave you these details about me is over: {fields}.",
            _number(language, number),
            "Please erase them, also where you passed them on, and confirm to me that you did. If something of it "
            "must be kept by law, please tell me what, why, and until when.",
            f"Kind regards\n{name}",
        ),
    )


def withdrawing(language: str, names: Sequence[str], *, notice: str, number: str, name: str) -> LetterText:
    """A consent taken back; `notice` is what it was given for. `notice`, `number`, `name` may be empty."""
    fields = _list(language, names)
    if language == "de":
        return LetterText(
            subject="Widerruf meiner Einwilligung",
            body=joined(
                "Guten Tag,",
                f"hiermit widerrufe ich meine Einwilligung in die Nutzung dieser Angaben über mich: {fields}.",
                f"Ich hatte sie hierfür gegeben: {notice}" if notice else "",
                _number(language, number),
                "Bitte nutzen Sie sie ab sofort nicht mehr, löschen Sie sie, auch dort, wohin Sie sie weitergegeben "
                "haben, und bestätigen Sie mir das.",
                f"Mit freundlichen Grüßen\n{name}",
            ),
        )
    return LetterText(
        subject="Withdrawal of my consent",
        body=joined(
            "Hello,",
            f"I withdraw my consent to your use of these details about me: {fields}.",
            f"I had given it for this: {notice}" if notice else "",
            _number(language, number),
            "Please stop using them from now on, erase them, also where you passed them on, and confirm to me that "
            "you did.",
            f"Kind regards\n{name}",
        ),
    )


def _list(language: str, names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(label_of(language, one) for one in names))


def _number(language: str, number: str) -> str:
    if not number:
        return ""
    return f"Bei Ihnen werde ich unter der Nummer {number} geführt." if language == "de" else _known_as(number)


def _known_as(number: str) -> str:
    return f"You know me by the number {number}."
