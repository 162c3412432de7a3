"""The words of a request for an offer, and of taking one, in the vendor's language (English or German).

Says what a want says to vendors, and never the price cap, a place finer than the area, or anything of the person but a
name that was chosen. Never here: addresses and the form of a mail (mail_files), who gets one (services).
"""

from collections.abc import Callable, Mapping
from datetime import date

from vrm_desktop.domain.gazetteer import coarse_label
from vrm_desktop.domain.intentcast import Condition, Fulfilment, Intentcast
from vrm_desktop.domain.money import Money
from vrm_desktop.formats.plain_letters import LetterText, joined, label_of, written_day

Say = Callable[[str], str]
"""A text of the program (a label of a category or attribute, in English) in the recipient's language."""


def asking(language: str, want: Intentcast, *, name: str, labels: Mapping[str, str], attached: bool) -> LetterText:
    """A request for an offer. `labels` are the attributes of the want as the recipient reads them, label to value.

    `name` may be empty. `attached`: the same goes along as a file for programs.
    """
    words = _WORDS[language]
    facts = "\n".join(f"{label}: {value}" for label, value in _facts(language, want, labels) if value)
    return LetterText(
        subject=f"{words['subject']}: {want.title}",
        body=joined(
            words["hello"],
            words["seek"],
            facts,
            f"{words['answer'].format(day=written_day(language, want.answers_by))}\n{words['back']}",
            words["data"],
            words["attached"] if attached else "",
            f"{words['regards']}\n{name}".strip(),
        ),
    )


def taking(
    language: str, *, title: str, total: Money | None, payment: str, details: Mapping[str, str], offered: date
) -> LetterText:
    """That the person takes the offer of that day. `details` are names on the wire (`profile.name`) and values."""
    words = _WORDS[language]
    price = words["price"].format(amount=money_words(language, total)) if total is not None else ""
    told = "\n".join(f"{label_of(language, name)}: {value}" for name, value in details.items())
    name = details.get("profile.name", "")
    return LetterText(
        subject=f"{words['order']}: {title}",
        body=joined(
            words["hello"],
            words["take"].format(title=title, day=written_day(language, offered)),
            price,
            f"{words['pay']}: {_PAYMENT[language].get(payment, payment)}" if payment not in {"", "none"} else "",
            f"{words['deliver']}\n{told}" if told else "",
            words["confirm"],
            f"{words['regards']}\n{name}".strip(),
        ),
    )


def money_words(language: str, amount: Money) -> str:
    """An amount as a letter writes it: `1299.00 EUR`, in German `1299,00 EUR`."""
    number = amount.decimal()
    return f"{number.replace('.', ',') if language == 'de' else number} {amount.currency}"


def _facts(language: str, want: Intentcast, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    words = _WORDS[language]
    needed = written_day(language, want.needed_by) if want.needed_by is not None else ""
    payment = ", ".join(_PAYMENT[language].get(way, way) for way in want.payment)
    return (
        (words["what"], want.title),
        (
            words["details"],
            " ".join(want.details.split("\n")) if want.details.count("\n") < 2 else f"\n{want.details}\n",
        ),
        *labels.items(),
        (words["condition"], _CONDITION[language].get(want.condition, "")),
        (words["quantity"], str(want.quantity)),
        (words["how"], _FULFILMENT[language].get(want.fulfilment, "")),
        (words["where"], coarse_label(want.area, german=language == "de")),
        (words["needed"], needed),
        (words["pay"], payment),
        (words["bid"], _bid(language, want)),
    )


def _bid(language: str, want: Intentcast) -> str:
    if want.bid is None:
        return ""
    words = _WORDS[language]
    amount = money_words(language, want.bid.amount)
    kind = words["firm"] if want.bid.firm else words["indicative"]
    return words["bid-value"].format(amount=amount, kind=kind, day=written_day(language, want.bid.until))


_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "subject": "Request for an offer",
        "hello": "Hello,",
        "seek": "I am looking for the following, and would be glad to have an offer from you:",
        "what": "What",
        "details": "Details",
        "condition": "Condition",
        "quantity": "How many",
        "how": "How I get it",
        "where": "Where",
        "needed": "Needed by",
        "pay": "How I would pay",
        "bid": "What I offer",
        "bid-value": "{amount} ({kind}), until {day}",
        "firm": "firm",
        "indicative": "open to talk",
        "answer": "Please answer this mail by {day} and tell me:",
        "back": "- the total price, with tax, delivery and all fees\n"
        "- until when your offer stands, and whether it binds you\n"
        "- on which day I would have it\n"
        "- for how long I can return it\n"
        "- how long your warranty is",
        "data": "I ask a few others as well. Please use this address and what I say here only to make me an offer, and "
        "erase it if we do not come to one.",
        "attached": "The same is attached for programs, as schema.org describes a demand.",
        "regards": "Kind regards",
        "order": "I take your offer",
        "take": "I take your offer of {day}: {title}.",
        "price": "The total price is {amount}, as you offered.",
        "deliver": "For the delivery:",
        "confirm": "Please confirm the order, with the price, the day and how to pay. If anything in it differs from "
        "your offer, please ask me first. Please use these details for this order alone.",
    },
    "de": {
        "subject": "Bitte um ein Angebot",
        "hello": "Guten Tag,",
        "seek": "ich suche Folgendes und würde mich über ein Angebot von Ihnen freuen:",
        "what": "Was",
        "details": "Genauer",
        "condition": "Zustand",
        "quantity": "Anzahl",
        "how": "Wie ich es bekomme",
        "where": "Wo",
        "needed": "Gebraucht bis",
        "pay": "Wie ich zahlen würde",
        "bid": "Was ich biete",
        "bid-value": "{amount} ({kind}), bis zum {day}",
        "firm": "verbindlich",
        "indicative": "verhandelbar",
        "answer": "Bitte antworten Sie bis zum {day} auf diese E-Mail und nennen Sie mir:",
        "back": "- den Gesamtpreis mit Steuern, Lieferung und allen Gebühren\n"
        "- bis wann Ihr Angebot gilt und ob es verbindlich ist\n"
        "- an welchem Tag ich es hätte\n"
        "- wie lange ich es zurückgeben kann\n"
        "- wie lange Sie Garantie geben",
        "data": "Ich frage auch einige andere. Bitte verwenden Sie diese Adresse und meine Angaben nur, um mir ein "
        "Angebot zu machen, und löschen Sie sie, wenn nichts daraus wird.",
        "attached": "Dasselbe liegt für Programme bei, wie schema.org eine Nachfrage beschreibt.",
        "regards": "Mit freundlichen Grüßen",
        "order": "Ich nehme Ihr Angebot an",
        "take": "ich nehme Ihr Angebot vom {day} an: {title}.",
        "price": "Der Gesamtpreis beträgt {amount}, wie angeboten.",
        "deliver": "Für die Lieferung:",
        "confirm": "Bitte bestätigen Sie mir die Bestellung mit Preis, Tag und Zahlungsweise. Falls etwas darin von "
        "Ihrem Angebot abweicht, fragen Sie mich bitte zuerst. Bitte verwenden Sie diese Angaben nur für diese "
        "Bestellung.",
    },
}
_CONDITION = {
    "en": {Condition.NEW: "new", Condition.USED: "used", Condition.REFURBISHED: "refurbished"},
    "de": {Condition.NEW: "neu", Condition.USED: "gebraucht", Condition.REFURBISHED: "generalüberholt"},
}
_FULFILMENT = {
    "en": {
        Fulfilment.DELIVERED: "delivered",
        Fulfilment.COLLECTED: "I collect it",
        Fulfilment.ON_SITE: "at my place",
    },
    "de": {
        Fulfilment.DELIVERED: "geliefert",
        Fulfilment.COLLECTED: "ich hole es ab",
        Fulfilment.ON_SITE: "bei mir vor Ort",
    },
}
_PAYMENT: dict[str, dict[str, str]] = {
    "en": {
        "sepa-transfer": "by bank transfer",
        "vendor-link": "on your page",
        "on-delivery": "on delivery",
        "cash": "in cash",
        "none": "",
    },
    "de": {
        "sepa-transfer": "per Überweisung",
        "vendor-link": "auf Ihrer Seite",
        "on-delivery": "bei Lieferung",
        "cash": "bar",
        "none": "",
    },
}
