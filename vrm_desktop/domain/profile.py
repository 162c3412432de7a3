"""The person's own truth: JSContact fields with category, coarse rule and sharing default. No file formats."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import assert_never

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import FieldId, PersonaId

FIELD_LENGTH = 2000
_COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


class FieldPath(StrEnum):
    """Which JSContact member (RFC 9553) a field is; the value is also the wire name after `profile.`."""

    NAME = "name"
    GIVEN_NAME = "name.given"
    SURNAME = "name.surname"
    NICKNAME = "nickname"
    ORGANIZATION = "organization"
    EMAIL = "email"
    PHONE = "phone"
    STREET = "address.street"
    LOCALITY = "address.locality"
    REGION = "address.region"
    POSTCODE = "address.postcode"
    COUNTRY = "address.country"
    BIRTHDAY = "birthday"
    LANGUAGE = "language"
    NOTE = "note"
    LINK = "link"


PD = {
    FieldPath.NAME: "Name",
    FieldPath.GIVEN_NAME: "Name",
    FieldPath.SURNAME: "Name",
    FieldPath.NICKNAME: "Name",
    FieldPath.ORGANIZATION: "CurrentEmployment",
    FieldPath.EMAIL: "EmailAddress",
    FieldPath.PHONE: "TelephoneNumber",
    FieldPath.STREET: "Street",
    FieldPath.LOCALITY: "City",
    FieldPath.REGION: "Region",
    FieldPath.POSTCODE: "PostalCode",
    FieldPath.COUNTRY: "Country",
    FieldPath.BIRTHDAY: "BirthDate",
    FieldPath.LANGUAGE: "Language",
    FieldPath.NOTE: "Preference",
    FieldPath.LINK: "SocialMedia",
}
"""The DPV-PD 2.3 term of each path (prefix `pd:`)."""


class ShareDefault(StrEnum):
    """What a plan does with a field unless the person says otherwise."""

    NEVER = "never"
    ASK = "ask"
    COARSE = "coarse"
    OK = "ok"


class CoarseRule(StrEnum):
    """How a field leaves in part."""

    NONE = "none"
    POSTCODE_PREFIX = "postcode-prefix"
    AGE_RANGE = "age-range"
    COUNTRY_ONLY = "country-only"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ProfileField:
    """One value of the profile: `id` is stable and never sent; `contexts` are JSContact's (`private`, `work`)."""

    id: FieldId
    path: FieldPath
    value: str
    updated: datetime
    source: str = "manual"
    contexts: tuple[str, ...] = ()
    preferred: bool = False
    verified: str = ""
    share: ShareDefault = ShareDefault.ASK
    coarse: CoarseRule = CoarseRule.NONE
    persona: PersonaId = PersonaId("me")
    subject: str = "me"

    def __post_init__(self) -> None:
        if not self.value.strip() or len(self.value) > FIELD_LENGTH:
            raise InvalidValue(f"a field has 1 to {FIELD_LENGTH} characters")

    @property
    def pd(self) -> str:
        """The DPV-PD term of the field."""
        return PD[self.path]


def coarsened(rule: CoarseRule, value: str, today: date) -> str:
    """The coarse form of `value` by `rule`; the value itself where the rule is NONE.

    Raises:
        InvalidValue: the value is not of the form that the rule needs: a birthday is an ISO date that has passed, a
            country an ISO 3166 code.
    """
    match rule:
        case CoarseRule.NONE:
            return value
        case CoarseRule.POSTCODE_PREFIX:
            return value.strip()[:2] + "…"
        case CoarseRule.COUNTRY_ONLY:
            code = value.strip().upper()
            if not _COUNTRY.fullmatch(code):
                raise InvalidValue("a country is told by its ISO 3166 code")
            return code[:2]
        case CoarseRule.AGE_RANGE:
            try:
                born = date.fromisoformat(value)
            except ValueError as error:
                raise InvalidValue("a birthday is an ISO date") from error
            if born > today:
                raise InvalidValue("a birthday has passed")
            age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
            return f"{age // 10 * 10}-{age // 10 * 10 + 9}"
        case _:
            assert_never(rule)
