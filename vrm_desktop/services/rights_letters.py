"""What letters about data rights say: templates in the organisation's language, filled in for one request.

Values come from the request, the profile and the counterparty; nothing is kept or sent here. Templates of a folder that
the person names go before ours. Never here: when a letter is due.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vrm_desktop.domain.clocks import Regime, admonition_clock
from vrm_desktop.domain.letter import LetterAbout
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.rights import Demand, RequestEvent, RequestState, RightsRequest
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.formats.letter_shelf import Shelf
from vrm_desktop.formats.letter_template import Template
from vrm_desktop.formats.letter_text import day_words
from vrm_desktop.services.errors import NoLetterTemplate
from vrm_desktop.services.rights_dates import holidays_of

FALLBACK = "en"
_LANGUAGE_OF = {
    "AT": "de",
    "DE": "de",
    "LI": "de",
    "GB": "en",
    "IE": "en",
    "US": "en",
    "MT": "en",
    "FR": "fr",
    "LU": "fr",
    "ES": "es",
    "IT": "it",
    "NL": "nl",
    "PT": "pt",
    "RO": "ro",
    "SE": "sv",
    "CZ": "cs",
    "GR": "el",
    "HR": "hr",
    "CY": "el",
}
_ARTICLES = {
    DataRight.ACCESS: "15",
    DataRight.COPY: "15",
    DataRight.USE_REPORT: "15",
    DataRight.CORRECTION: "16",
    DataRight.ERASURE: "17",
    DataRight.RESTRICTION: "18",
    DataRight.PORTABILITY: "20",
    DataRight.OBJECTION: "21",
}
_THEIR_NAMES = {
    DataRight.ACCESS: "access-default",
    DataRight.COPY: "access-default",
    DataRight.PORTABILITY: "access-default",
    DataRight.USE_REPORT: "access-default",
    DataRight.CORRECTION: "rectification-default",
    DataRight.ERASURE: "erasure-default",
    DataRight.OBJECTION: "objection-default",
}
_REGIME_FLAGS = {Regime.GDPR: "gdpr", Regime.CCPA: "ccpa", Regime.NONE: "plain"}
_TEMPLATE_OF = {
    LetterAbout.REMINDER: "reminder",
    LetterAbout.ADMONITION: "admonition",
    LetterAbout.COMPLAINT: "complaint",
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Shelves:
    """Where templates are looked for: in the person's folder first, then in ours. `wished` is the person's language."""

    own: Shelf
    named: Shelf
    wished: str = FALLBACK

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which at least one template can be had."""
        return tuple(sorted({*self.own.languages, *self.named.languages}))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LetterParts:
    """What belongs into one letter. `demand` is what a reply answers, `words` what the person says in it."""

    request: RightsRequest
    vendor: Counterparty
    about: LetterAbout
    today: date
    identifiers: tuple[tuple[str, str], ...] = ()
    words: str = ""
    contact: tuple[str, ...] = ()
    name: str = ""
    runs: tuple[str, ...] = ()
    demand: Demand | None = None
    template: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Written:
    """Subject and body, and the language they are in."""

    language: str
    subject: str
    body: str


def languages_for(vendor: Counterparty, shelves: Shelves) -> tuple[str, ...]:
    """The languages a letter is tried in, the best first: the organisation's, its country's, the person's, English."""
    own = [one.partition("-")[0].partition("_")[0].lower() for one in vendor.languages]
    country = _LANGUAGE_OF.get(vendor.country.upper().partition("-")[0], "")
    wished = shelves.wished.partition("_")[0].partition("-")[0]
    return tuple(dict.fromkeys(one for one in (*own, country, wished, FALLBACK) if one))


def write(parts: LetterParts, shelves: Shelves, languages: Sequence[str]) -> Written:
    """The letter in the first of these languages that has a template for it.

    Raises:
        NoLetterTemplate: none has.
    """
    for language in languages:
        template = _template(parts, shelves, language)
        if template is not None:
            phrases = _phrases(shelves, language)
            body = template.render(_flags(parts), _values(parts, phrases, language)).strip()
            subject = _filled(phrases.get(f"subject-{_name(parts)}", ""), parts, phrases, language)
            signed = f"{body}\n{parts.name}" if parts.name else body
            return Written(language=language, subject=subject or parts.request.reference, body=signed)
    raise NoLetterTemplate(", ".join(languages))


def _name(parts: LetterParts) -> str:
    if parts.about is LetterAbout.REPLY and parts.demand is not None:
        return parts.demand.value
    return _TEMPLATE_OF.get(parts.about, parts.request.right.value)


def _template(parts: LetterParts, shelves: Shelves, language: str) -> Template | None:
    own = _name(parts)
    theirs = own
    if parts.about is LetterAbout.RIGHTS:
        theirs = _THEIR_NAMES.get(parts.request.right, "") if parts.request.regime is Regime.GDPR else ""
    names = (parts.template, theirs, own)
    for shelf in (shelves.named, shelves.own):
        for name in names:
            if name and (found := shelf.templates.get((language, name))) is not None:
                return found
    return None


def _flags(parts: LetterParts) -> frozenset[str]:
    request = parts.request
    flags = {
        _REGIME_FLAGS[request.regime]: True,
        "has_fields": bool(parts.identifiers),
        "has_words": bool(parts.words),
        "has_due": request.answer_due(holidays_of(request)) is not None,
        "runs": bool(parts.runs),
        "data_portability": request.right is DataRight.PORTABILITY,
        "erase_all": not parts.words,
        "erase_some": bool(parts.words) and request.right is DataRight.ERASURE,
        "include_objection": False,
    }
    return frozenset(flag for flag, on in flags.items() if on)


def _values(parts: LetterParts, phrases: Mapping[str, str], language: str) -> dict[str, str]:
    request, vendor, holidays = parts.request, parts.vendor, holidays_of(parts.request)
    due, went = request.answer_due(holidays), request.went_on
    values = {
        "reference": request.reference,
        "request_article": _ARTICLES[request.right],
        "Artikel": _ARTICLES[request.right],
        "organisation": vendor.name,
        "request_recipient_address": "\n".join(dict.fromkeys((vendor.name, *vendor.postal.splitlines()))),
        "id_data": "\n".join(_labelled(name, value, phrases) for name, value in parts.identifiers),
        "runs_list": ", ".join(parts.runs),
        "deadline": day_words(admonition_clock(parts.today, holidays).due, language),
        "contact": "\n".join(parts.contact),
        "story": _story(request, phrases, language),
    }
    if went is not None:
        values["request_date"] = day_words(went, language)
    if due is not None:
        values["due_date"] = day_words(due.due, language)
    if problem := phrases.get(_problem(parts)):
        values["problem"] = problem.replace("{due_date}", values.get("due_date", ""))
    if parts.words:
        values |= dict.fromkeys(("words", "erasure_data", "rectification_data", "objection_reason"), parts.words)
    return values


def _filled(phrase: str, parts: LetterParts, phrases: Mapping[str, str], language: str) -> str:
    for name, value in _values(parts, phrases, language).items():
        phrase = phrase.replace(f"{{{name}}}", value)
    return phrase


def _phrases(shelves: Shelves, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for shelf in (shelves.own, shelves.named):
        for one in (FALLBACK, language):
            found |= {name: text for (spoken, name), text in shelf.phrases.items() if spoken == one}
    return found


def _labelled(name: str, value: str, phrases: Mapping[str, str]) -> str:
    if name.startswith("profile."):
        return value
    return f"{phrases.get(name, name)}: {value}"


def _problem(parts: LetterParts) -> str:
    request = parts.request
    match request.state:
        case RequestState.REFUSED:
            return "problem-refused"
        case RequestState.PARTLY:
            return "problem-partly"
        case RequestState.NEEDS_ACTION | RequestState.ACTION_DONE:
            return "problem-demand"
        case _:
            return "problem-late" if request.answer_due(holidays_of(request)) is not None else "problem-silent"


def _story(request: RightsRequest, phrases: Mapping[str, str], language: str) -> str:
    told = [step for step in request.steps if step.event is not RequestEvent.COMPLAINED]
    lines = (f"{day_words(step.on, language)}: {phrases.get(f'story-{step.event.value}', '')}" for step in told)
    return "\n".join(line for line in lines if not line.endswith(": "))
