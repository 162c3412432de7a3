"""An organisation as written down by hand, and a conversation before it is begun, worded for their pages."""

from dataclasses import dataclass

Pair = tuple[str, str]
"""A label and its value, or a key and its label."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DetailsForm:
    """The fields of the form, all as text; `languages` apart by spaces. `signed`: its own card names it."""

    name: str = ""
    kind: str = "shop"
    postal: str = ""
    email: str = ""
    phone: str = ""
    web: str = ""
    country: str = ""
    languages: str = ""
    number: str = ""
    reply_to: str = ""
    note: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ConversationForm:
    """Whom to write to, and what can be chosen: profile fields, earlier files to be known by, the customer number."""

    vendor: str
    by_letter: bool
    fields: tuple[Pair, ...] = ()
    earlier: tuple[Pair, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ConversationStages:
    """What would be told at once, and what once the terms are signed; `problem` says why nothing can be begun."""

    at_once: tuple[Pair, ...] = ()
    after_terms: tuple[Pair, ...] = ()
    use: str = ""
    problem: str = ""
