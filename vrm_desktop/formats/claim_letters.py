"""Letters in a case, about an order, and of a voice: the person's own words, with what makes them a letter around them.

English and German, by the language of whoever gets them. Never here: who gets one, and what a window says.
"""

from datetime import date

from vrm_desktop.domain.case import Case, CaseTurn, TurnWord
from vrm_desktop.domain.living import ChangeKind, Remedy, VoiceTopic
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.order_change import ChangeAsked
from vrm_desktop.domain.voice import Voice
from vrm_desktop.formats.plain_letters import LetterText, joined, written_day

_SUBJECT_LENGTH = 60


def case_letter(language: str, case: Case, turn: CaseTurn, *, name: str) -> LetterText:
    """What the person says in this turn: opening a case, going on with it, accepting, refusing or withdrawing."""
    about = _title(case.what)
    german = language == "de"
    body: tuple[str, ...]
    match turn.word:
        case TurnWord.OPENED:
            body = (turn.text, _wish(language, case), _until(language, case.by))
            subject = f"Mein Anliegen: {about}" if german else f"A matter to settle: {about}"
        case TurnWord.ACCEPT:
            body = (_ACCEPT[language], turn.text, _until(language, turn.due))
            subject = f"Ihr Vorschlag: {about}" if german else f"Your proposal: {about}"
        case TurnWord.REFUSE:
            body = (_REFUSE[language], turn.text)
            subject = f"Ihr Vorschlag: {about}" if german else f"Your proposal: {about}"
        case TurnWord.WITHDRAWN:
            body = (_WITHDRAWN[language], turn.text)
            subject = f"Erledigt: {about}" if german else f"Settled: {about}"
        case _:
            written = written_day(language, case.at.date())
            earlier = (
                f"am {written} habe ich Ihnen geschrieben: {about}"
                if german
                else f"On {written} I wrote to you: {about}"
            )
            body = (earlier, turn.text, _wish(language, case), _until(language, turn.due))
            subject = f"Erinnerung: {about}" if german else f"Reminder: {about}"
    return _letter(language, subject, body, name)


def change_letter(language: str, asked: ChangeAsked, *, name: str) -> LetterText:
    """Please cancel, change, pause or resume my order, or send me a document."""
    subject, words = _CHANGES[asked.what][language]
    return _letter(language, subject, (words, asked.text, _until(language, asked.by)), name)


def voice_letter(language: str, voice: Voice, *, name: str) -> LetterText:
    """An idea, an experience or a question."""
    return _letter(language, _VOICES[voice.topic][language], (voice.text,), name)


def _letter(language: str, subject: str, body: tuple[str, ...], name: str) -> LetterText:
    hello, regards = ("Guten Tag,", "Mit freundlichen Grüßen") if language == "de" else ("Hello,", "Kind regards")
    return LetterText(subject=subject, body=joined(hello, *body, f"{regards}\n{name}".strip()))


def _title(what: str) -> str:
    line = " ".join(what.split())
    return line if len(line) <= _SUBJECT_LENGTH else line[: _SUBJECT_LENGTH - 1].rstrip() + "…"


def _wish(language: str, case: Case) -> str:
    want = _WANTS[case.want][language]
    if case.amount is None:
        return want
    money = _money(language, case.amount)
    return f"{want} Es geht um {money}." if language == "de" else f"{want} It is about {money}."


def _until(language: str, by: date | None) -> str:
    if by is None:
        return ""
    day = written_day(language, by)
    return f"Bitte erledigen Sie das bis zum {day}." if language == "de" else f"Please see to it by {day}."


def _money(language: str, amount: Money) -> str:
    number = amount.decimal()
    return f"{number.replace('.', ',') if language == 'de' else number} {amount.currency}"


_WANTS = {
    Remedy.REPAIR: {"en": "I ask you to repair it.", "de": "Ich bitte Sie um Reparatur."},
    Remedy.REPLACEMENT: {"en": "I ask you to replace it.", "de": "Ich bitte Sie um Ersatz."},
    Remedy.REFUND: {"en": "I ask for my money back.", "de": "Ich möchte mein Geld zurück."},
    Remedy.PRICE_REDUCTION: {"en": "I ask you to reduce the price.", "de": "Ich möchte, dass Sie den Preis mindern."},
    Remedy.WITHDRAWAL: {"en": "I withdraw from the contract.", "de": "Ich widerrufe den Vertrag."},
    Remedy.DELIVERY: {"en": "I ask you to deliver.", "de": "Ich bitte Sie zu liefern."},
    Remedy.ANSWER: {"en": "I ask you for an answer.", "de": "Ich bitte Sie um eine Antwort."},
    Remedy.OTHER: {"en": "I ask you to settle this.", "de": "Ich bitte Sie, das in Ordnung zu bringen."},
}
_ACCEPT = {"en": "I accept your proposal.", "de": "Ihren Vorschlag nehme ich an."}
_REFUSE = {"en": "I do not accept your proposal.", "de": "Ihren Vorschlag nehme ich nicht an."}
_WITHDRAWN = {
    "en": "I take this matter back; you need not do anything more.",
    "de": "ich nehme mein Anliegen zurück; Sie brauchen nichts weiter zu tun.",
}
_CHANGES = {
    ChangeKind.CANCEL: {
        "en": ("Please cancel my order", "please cancel my order."),
        "de": ("Bitte stornieren Sie meine Bestellung", "bitte stornieren Sie meine Bestellung."),
    },
    ChangeKind.CHANGE: {
        "en": ("Please change my order", "please change my order:"),
        "de": ("Bitte ändern Sie meine Bestellung", "bitte ändern Sie meine Bestellung:"),
    },
    ChangeKind.PAUSE: {
        "en": ("Please pause my order", "please pause my order."),
        "de": ("Bitte unterbrechen Sie meine Bestellung", "bitte unterbrechen Sie meine Bestellung."),
    },
    ChangeKind.RESUME: {
        "en": ("Please resume my order", "please resume my order."),
        "de": ("Bitte nehmen Sie meine Bestellung wieder auf", "bitte nehmen Sie meine Bestellung wieder auf."),
    },
    ChangeKind.DOCUMENT: {
        "en": ("Please send me a document", "please send me this document about my order:"),
        "de": ("Bitte schicken Sie mir eine Unterlage", "bitte schicken Sie mir diese Unterlage zu meiner Bestellung:"),
    },
}
_VOICES = {
    VoiceTopic.IDEA: {"en": "An idea for you", "de": "Eine Idee für Sie"},
    VoiceTopic.EXPERIENCE: {"en": "What I experienced with you", "de": "Meine Erfahrung mit Ihnen"},
    VoiceTopic.QUESTION: {"en": "A question for you", "de": "Eine Frage an Sie"},
}
