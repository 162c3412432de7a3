"""What a request over the Data Rights Protocol would tell, before anything is kept or leaves. Changes nothing.

Only what the organisation asks for is told, and what the person adds. What the profile lacks, or has in a form that
the protocol does not take, is named as missing.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.drp import EXTENSION, DrpAction, DrpClaim, DrpEntry, DrpIdentity, DrpRegime
from vrm_desktop.domain.profile import FieldPath, ProfileField
from vrm_desktop.services.errors import NotFound, NothingToTell, NotOverDrp
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction

KEPT_FOR = timedelta(days=105)
"""Longest answer of the law that the protocol names (45 + 45 days), and a little."""
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_PATHS = {
    DrpClaim.NAME: (FieldPath.NAME,),
    DrpClaim.EMAIL: (FieldPath.EMAIL,),
    DrpClaim.PHONE: (FieldPath.PHONE,),
    DrpClaim.ADDRESS: (
        FieldPath.STREET,
        FieldPath.LOCALITY,
        FieldPath.REGION,
        FieldPath.POSTCODE,
        FieldPath.COUNTRY,
    ),
}
USUAL = (DrpClaim.EMAIL,)
"""What is told to an organisation that does not say what it asks for."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DrpAsking:
    """What the person wants of whom: `business` is the entry's id, `also` what is told beside what it asks for.

    `source` is the rights request that this serves. `extension` lets what the protocol does not know through: GDPR, and
    the actions that only this program's desk understands.
    """

    business: str
    action: DrpAction
    regime: DrpRegime = DrpRegime.VOLUNTARY
    also: tuple[DrpClaim, ...] = ()
    source: str = ""
    extension: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DrpPlan:
    """What would leave: the fields with their values, and what the organisation asks for and would not get."""

    entry: DrpEntry
    asking: DrpAsking
    identity: DrpIdentity
    fields: tuple[PlannedField, ...]
    missing: tuple[DrpClaim, ...]


async def plan(means: Means, asking: DrpAsking) -> DrpPlan:
    """The plan of a request.

    Raises:
        NotFound: nobody of that id is known to answer. NotOverDrp: not this action, or only with the extension.
        NothingToTell: nothing would be told, so that nobody could be found.
    """
    return await means.vault.read(lambda tx: plan_in(tx, means, asking))


def plan_in(tx: Transaction, means: Means, asking: DrpAsking) -> DrpPlan:
    """The same inside one transaction."""
    entry = tx.paper(DrpEntry, asking.business)
    if entry is None:
        raise NotFound(asking.business)
    beyond = bool({asking.action, asking.regime} & EXTENSION)
    if beyond and not asking.extension:
        raise NotOverDrp("only as this program's own extension")
    if not beyond and not entry.takes(asking.action):
        raise NotOverDrp(asking.action.value)
    asked = tuple(dict.fromkeys((*(entry.asks or USUAL), *asking.also)))
    until = means.clock.today() + KEPT_FOR
    profile = {field.path: field for field in reversed(tx.profile())}
    told = {
        path: (field, value)
        for claim in asked
        for path in _PATHS[claim]
        if (field := profile.get(path)) is not None and (value := _told(field))
    }
    values = {path: value for path, (_field, value) in told.items()}
    identity = _identity(values)
    if not identity.claims:
        raise NothingToTell(", ".join(asked))
    return DrpPlan(
        entry=entry,
        asking=asking,
        identity=identity,
        fields=tuple(
            PlannedField(
                name=f"profile.{path.value}",
                value=value,
                stage=Stage.LATER,
                purpose=Purpose.RIGHTS,
                until=until,
                source=Source.PROFILE,
                field=field.id,
                pd=field.pd,
            )
            for path, (field, value) in told.items()
        ),
        missing=tuple(claim for claim in asked if claim not in identity.claims),
    )


def _told(field: ProfileField) -> str:
    """The value in the form that the protocol takes; "" where it has none."""
    if field.path is not FieldPath.PHONE:
        return field.value.strip()
    digits = re.sub(r"[\s()./-]", "", field.value)
    found = "+" + digits[2:] if digits.startswith("00") else digits
    return found if _E164.fullmatch(found) else ""


def _identity(values: dict[FieldPath, str]) -> DrpIdentity:
    return DrpIdentity(
        name=values.get(FieldPath.NAME, ""),
        email=values.get(FieldPath.EMAIL, ""),
        phone=values.get(FieldPath.PHONE, ""),
        street=values.get(FieldPath.STREET, ""),
        locality=values.get(FieldPath.LOCALITY, ""),
        region=values.get(FieldPath.REGION, ""),
        postal_code=values.get(FieldPath.POSTCODE, ""),
        country=values.get(FieldPath.COUNTRY, ""),
    )
