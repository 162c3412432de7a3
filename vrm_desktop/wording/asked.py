"""What a vendor asks or learns, in words: the wire's closed names and values as people say them. No decisions here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from vrm_desktop.domain.attributes import Attribute
from vrm_desktop.domain.categories import CATEGORIES
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.living import ContactAbout
from vrm_desktop.domain.plan import Asked
from vrm_desktop.domain.regions import Area
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import CATALOGUE, _


def area_label(area: Area) -> str:
    """An area in the person's language, coarsest last: "50…, North Rhine-Westphalia, Germany"."""
    from vrm_desktop.domain.gazetteer import coarse_label  # its tables are large, and most commands name no area

    return coarse_label(area, german=CATALOGUE.locale.startswith("de"))


def told_area_label(told: str) -> str:
    """An area as it is told, a code and perhaps the start of a postcode, in words; what is none stands as it is."""
    code, _between, prefix = told.partition(" ")
    try:
        return area_label(replace(Area.from_code(code), postal_prefix=prefix or None))
    except DomainError:
        return told


def condition_label(condition: Condition) -> str:
    """A thing's condition."""
    return {
        Condition.ANY: _("new or used"),
        Condition.NEW: _("new"),
        Condition.USED: _("used"),
        Condition.REFURBISHED: _("refurbished"),
    }[condition]


def fulfilment_label(fulfilment: Fulfilment) -> str:
    """How a thing reaches the person."""
    return {
        Fulfilment.ANY: _("delivered or collected"),
        Fulfilment.DELIVERED: _("delivered"),
        Fulfilment.COLLECTED: _("collected"),
        Fulfilment.ON_SITE: _("at your place"),
    }[fulfilment]


def payment_way_label(way: str) -> str:
    """A way of paying; one that is not on the list shows its own name."""
    words = {
        "sepa-transfer": _("bank transfer"),
        "vendor-link": _("on the vendor's page"),
        "on-delivery": _("on delivery"),
        "cash": _("in cash"),
        "none": _("nothing to pay"),
    }
    return words.get(way, way)


def contact_about_label(about: ContactAbout) -> str:
    """What a conversation without a want is about."""
    return {
        ContactAbout.QUESTION: _("a question"),
        ContactAbout.SERVICE: _("help with something"),
        ContactAbout.ORDER: _("an order"),
        ContactAbout.RIGHTS: _("your rights over your data"),
        ContactAbout.CLAIM: _("a claim"),
        ContactAbout.ACCOUNT: _("your account there"),
        ContactAbout.OTHER: _("something else"),
    }[about]


def attribute_value(known: Attribute, value: str, _: Callable[[str], str] = _) -> str:
    """A value of an attribute, in the person's language or by another `_`: `53–55 cm`, `under 44 cm`, `coffee machine`.

    A value that is not on the attribute's list stands as it is, but for its dashes.
    """
    if not known.steps:
        return _(value.replace("-", " "))
    unit = f"\u00a0{_(known.unit)}" if known.unit else ""
    if value.startswith("under-"):
        return _("under {number}").format(number=value.removeprefix("under-")) + unit
    if value.endswith("-or-more"):
        return _("{number} or more").format(number=value.removesuffix("-or-more") + unit)
    return value.replace("-", "–") + unit


def asked_value_label(name: str, value: str) -> str:
    """The value of a wire name as people say it; what is not from a closed list stands as it is."""
    match name:
        case "category" if value in CATEGORIES:
            return _(CATEGORIES[value].label)
        case "about" if value in set(ContactAbout):
            return contact_about_label(ContactAbout(value))
        case "condition" if value in set(Condition):
            return condition_label(Condition(value))
        case "fulfilment" if value in set(Fulfilment):
            return fulfilment_label(Fulfilment(value))
        case "asked" if value in set(Asked):
            return _("more than 10") if value == Asked.MORE else _("up to {count}").format(count=value)
        case "area" | "profile.address.country":
            return told_area_label(value)
        case "needed-by" | "answers-by":
            return _day(value)
        case "want.payment":
            return ", ".join(payment_way_label(way) for way in value.split())
        case _ if name.startswith("attribute."):
            return _of_any_category(name.removeprefix("attribute."), value)
        case _:
            return value


def _of_any_category(key: str, value: str) -> str:
    """A value of the first attribute of that key, of whichever category, that has it."""
    every = (one for category in CATEGORIES.values() for one in category.all_attributes if one.key == key)
    known = next((one for one in every if value in one.values), None)
    return attribute_value(known, value) if known is not None else value


def _day(value: str) -> str:
    try:
        return values.day(date.fromisoformat(value))
    except ValueError:
        return value
