"""What the person writes down about a counterparty by hand: the ways to reach it, their own number there."""

import re
from dataclasses import dataclass

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.vendor import OrganisationKind

_LINE = 200
_POSTAL = 600
_NOTE = 4000
_MOST_LINES = 8
_EMAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{1,190}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ContactDetails:
    """All that can be written down by hand; "" is not known.

    `country` is an ISO 3166 code, `languages` are BCP 47 tags; `number` is what the counterparty calls the person,
    `reply_to` the address that the person gave to it alone.
    """

    name: str
    kind: OrganisationKind
    postal: str = ""
    email: str = ""
    phone: str = ""
    web: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    number: str = ""
    reply_to: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        lines = (self.name, self.phone, self.web, self.number)
        if not self.name.strip() or any(len(line) > _LINE or not line.isprintable() for line in lines):
            raise InvalidValue("a name, a phone and a customer number are one line of up to 200 characters")
        if any(one and not _EMAIL.fullmatch(one) for one in (self.email, self.reply_to)):
            raise InvalidValue("an e-mail address looks like somebody@example.org")
        if self.country and not _COUNTRY.fullmatch(self.country):
            raise InvalidValue("a country is two capital letters")
        if not all(_LANGUAGE.fullmatch(one) for one in self.languages):
            raise InvalidValue("a language is a short code such as de or en")
        if self.web and not self.web.startswith(("https://", "http://")):
            raise InvalidValue("a web address begins with https://")
        if len(self.postal) > _POSTAL or len(self.postal.splitlines()) > _MOST_LINES or len(self.note) > _NOTE:
            raise InvalidValue("a postal address has up to eight lines, a note up to 4,000 characters")
