"""The closed list of categories a first question may name, each with its attributes.

The ids, keys and values go over the wire: adding is allowed, renaming and removing are not. Never here: words in which
people say these things (they are in `formats.typed_line`), wording other than the English label, free text.
Health stays at one category without attributes: a first question says "health appointment" and nothing finer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import ClassVar, Final

from vrm_desktop.domain.attributes import Attribute, bucket
from vrm_desktop.domain.errors import DomainError, InvalidValue

__all__ = [
    "CATEGORIES",
    "CONDITION",
    "FULFILMENT",
    "Attribute",
    "Category",
    "CategoryKind",
    "UnknownAttribute",
    "UnknownAttributeValue",
    "UnknownCategory",
    "bucket",
    "category",
    "check_attributes",
]

_ID = re.compile(r"[a-z]+\.[a-z]+(?:-[a-z]+)*")


class UnknownCategory(DomainError):
    """The id is not on the closed list."""

    code: ClassVar[str] = "category-unknown"


class UnknownAttribute(DomainError):
    """The category has no attribute of this key."""

    code: ClassVar[str] = "attribute-unknown"


class UnknownAttributeValue(DomainError):
    """The attribute has no such value."""

    code: ClassVar[str] = "attribute-value-unknown"


class CategoryKind(Enum):
    """What sort of thing is wanted; decides which of the general attributes make sense."""

    GOODS = "goods"
    SERVICE = "service"
    APPOINTMENT = "appointment"
    CONTRACT = "contract"


CONDITION: Final = Attribute(key="condition", label="Condition", words=("new", "used", "refurbished", "any"))
FULFILMENT: Final = Attribute(
    key="fulfilment", label="How I get it", words=("delivered", "collected", "on-site", "any")
)

_GENERAL: Final[Mapping[CategoryKind, tuple[Attribute, ...]]] = MappingProxyType(
    {
        CategoryKind.GOODS: (CONDITION, FULFILMENT),
        CategoryKind.SERVICE: (FULFILMENT,),
        CategoryKind.APPOINTMENT: (),
        CategoryKind.CONTRACT: (),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One category: its wire id, English label (a gettext msgid), kind, and its own attributes."""

    id: str
    label: str
    kind: CategoryKind
    attributes: tuple[Attribute, ...] = ()

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise InvalidValue(f"id {self.id!r}")
        keys = [attribute.key for attribute in self.all_attributes]
        if len(set(keys)) != len(keys):
            raise InvalidValue(f"{self.id}: an attribute key twice")

    @property
    def all_attributes(self) -> tuple[Attribute, ...]:
        """Its own attributes and the general ones (condition, fulfilment) that its kind has."""
        return self.attributes + _GENERAL[self.kind]

    def attribute(self, key: str) -> Attribute:
        """The attribute of that key, own or general.

        Raises:
            UnknownAttribute: the category has none of that key.
        """
        for candidate in self.all_attributes:
            if candidate.key == key:
                return candidate
        raise UnknownAttribute(f"{self.id}: {key!r}")


_YES_NO: Final = ("yes", "no")
_AREA_M2: Final = Attribute(key="area_m2", label="Area", steps=(20, 40, 60, 80, 100, 130, 160, 200), unit="m²")
_ROOMS: Final = Attribute(key="rooms", label="Rooms", steps=(1, 2, 3, 4, 5, 6))
_PERSONS: Final = Attribute(key="persons", label="People", steps=(1, 2, 3, 4, 5, 6))
_NIGHTS: Final = Attribute(key="nights", label="Nights", steps=(1, 2, 3, 4, 8, 15))
_STORAGE_GB: Final = Attribute(key="storage_gb", label="Storage", steps=(64, 128, 256, 512, 1024), unit="GB")
_WIDTH_CM: Final = Attribute(key="width_cm", label="Width", steps=(80, 100, 120, 140, 160, 180, 200), unit="cm")
_LENGTH_CM: Final = Attribute(key="length_cm", label="Length", steps=(80, 120, 160, 200, 240), unit="cm")
_SEATS: Final = Attribute(key="seats", label="Seats", steps=(1, 2, 3, 4, 5))
_FUEL: Final = Attribute(key="fuel", label="Drive", words=("petrol", "diesel", "electric", "hybrid"))


def _screen_inch(*steps: int) -> Attribute:
    return Attribute(key="screen_inch", label="Screen", steps=steps, unit="inch")


def _type(*words: str) -> Attribute:
    return Attribute(key="type", label="Type", words=words)


def _flag(key: str, label: str) -> Attribute:
    return Attribute(key=key, label=label, words=_YES_NO)


def _goods(category_id: str, label: str, *attributes: Attribute) -> Category:
    return Category(id=category_id, label=label, kind=CategoryKind.GOODS, attributes=attributes)


def _service(category_id: str, label: str, *attributes: Attribute) -> Category:
    return Category(id=category_id, label=label, kind=CategoryKind.SERVICE, attributes=attributes)


def _contract(category_id: str, label: str, *attributes: Attribute) -> Category:
    return Category(id=category_id, label=label, kind=CategoryKind.CONTRACT, attributes=attributes)


def _appointment(category_id: str, label: str) -> Category:
    return Category(id=category_id, label=label, kind=CategoryKind.APPOINTMENT)


_ALL: Final[tuple[Category, ...]] = (
    _goods(
        "mobility.bicycle",
        "Bicycle",
        _type("road", "gravel", "mountain", "city", "trekking", "cargo", "kids", "folding"),
        _flag("electric", "Electric"),
        Attribute(key="frame_cm", label="Frame", steps=(44, 47, 50, 53, 56, 59, 62, 65), unit="cm"),
        Attribute(key="wheel_inch", label="Wheels", steps=(12, 16, 20, 24, 26, 27, 28, 29), unit="inch"),
    ),
    _service("mobility.bicycle-repair", "Bicycle repair"),
    _goods("mobility.scooter", "Scooter", _flag("electric", "Electric")),
    _goods("mobility.car", "Car", _FUEL, _type("small", "estate", "suv", "van", "camper")),
    _service("mobility.car-repair", "Car repair", _type("tyres", "brakes", "inspection", "bodywork")),
    _goods(
        "home.appliance",
        "Household appliance",
        _type(
            "washing-machine",
            "dryer",
            "dishwasher",
            "fridge",
            "freezer",
            "oven",
            "vacuum-cleaner",
            "coffee-machine",
            "microwave",
        ),
    ),
    _goods("home.garden-tool", "Garden tool", _type("lawn-mower", "hedge-trimmer", "chainsaw")),
    _goods("home.power-tool", "Power tool", _type("drill", "saw", "sander")),
    _goods("home.lamp", "Lamp"),
    _service("home.painting", "Painting", _ROOMS, _AREA_M2),
    _goods("furniture.sofa", "Sofa", _SEATS, _flag("bed", "With a bed")),
    _goods("furniture.table", "Table", _LENGTH_CM),
    _goods("furniture.chair", "Chair"),
    _goods("furniture.desk", "Desk", _WIDTH_CM),
    _goods("furniture.bed", "Bed", _WIDTH_CM),
    _goods("furniture.mattress", "Mattress", _WIDTH_CM),
    _goods("furniture.wardrobe", "Wardrobe", _WIDTH_CM),
    _goods("furniture.shelf", "Shelf", _WIDTH_CM),
    _goods(
        "electronics.headphones",
        "Headphones",
        _type("in-ear", "on-ear", "over-ear"),
        _flag("wireless", "Wireless"),
        _flag("noise_cancelling", "Noise cancelling"),
    ),
    _goods("electronics.phone", "Phone", _STORAGE_GB),
    _goods(
        "electronics.laptop",
        "Laptop",
        _screen_inch(12, 13, 14, 15, 16, 17),
        _STORAGE_GB,
        Attribute(key="memory_gb", label="Memory", steps=(4, 8, 16, 32, 64), unit="GB"),
    ),
    _goods("electronics.tablet", "Tablet", _screen_inch(8, 10, 12), _STORAGE_GB),
    _goods("electronics.television", "Television", _screen_inch(24, 32, 40, 50, 60, 70)),
    _goods("electronics.monitor", "Monitor", _screen_inch(20, 24, 27, 30, 34)),
    _goods("electronics.camera", "Camera"),
    _goods("electronics.printer", "Printer", _type("laser", "inkjet")),
    _goods("electronics.games-console", "Games console"),
    _goods("clothing.shoes", "Shoes", Attribute(key="size_eu", label="Size", steps=(20, 25, 30, 35, 38, 41, 44, 47))),
    _goods("clothing.clothes", "Clothes"),
    _goods("leisure.book", "Book"),
    _goods("leisure.instrument", "Musical instrument", _type("piano", "guitar", "violin", "drums", "keyboard")),
    _goods("leisure.sports-gear", "Sports gear"),
    _goods("leisure.tent", "Tent", _PERSONS),
    _goods("family.pram", "Pram"),
    _goods("family.car-seat", "Child car seat"),
    _service("services.plumbing", "Plumbing"),
    _service("services.heating", "Heating"),
    _service("services.electrician", "Electrician"),
    _service("services.carpentry", "Carpentry"),
    _service("services.roofing", "Roofing"),
    _service("services.moving", "Moving house", _ROOMS, _AREA_M2),
    _service(
        "services.cleaning",
        "Cleaning",
        _ROOMS,
        _AREA_M2,
        Attribute(key="rhythm", label="How often", words=("once", "weekly", "fortnightly", "monthly")),
    ),
    _service("services.gardening", "Gardening"),
    _service("services.tutoring", "Tutoring"),
    _service("services.photography", "Photography"),
    _service("services.locksmith", "Locksmith"),
    _service("services.repair", "Repair"),
    _appointment("services.hairdresser", "Hairdresser's appointment"),
    _appointment("health.appointment", "Health appointment"),
    _appointment("public.appointment", "Appointment at a public office"),
    _contract("insurance.contents", "Contents insurance", _AREA_M2),
    _contract("insurance.liability", "Liability insurance"),
    _contract("insurance.car", "Car insurance"),
    _contract("energy.electricity", "Electricity", _PERSONS),
    _contract("energy.gas", "Gas", _AREA_M2),
    _contract(
        "telecom.mobile",
        "Mobile phone contract",
        Attribute(key="data_gb", label="Data a month", steps=(1, 5, 10, 20, 50, 100), unit="GB"),
    ),
    _contract(
        "telecom.internet",
        "Internet access",
        Attribute(key="speed_mbit", label="Speed", steps=(16, 50, 100, 250, 500, 1000), unit="Mbit/s"),
    ),
    _contract("finance.account", "Bank account"),
    _service("travel.train", "Train journey", _PERSONS),
    _service("travel.flight", "Flight", _PERSONS),
    _service("travel.hotel", "Place to stay", _PERSONS, _NIGHTS),
    _service("travel.car-rental", "Rental car"),
    _goods("other.goods", "Something else"),
    _service("other.service", "Another service"),
)

CATEGORIES: Final[Mapping[str, Category]] = MappingProxyType({category.id: category for category in _ALL})


def category(category_id: str) -> Category:
    """The category of that id.

    Raises:
        UnknownCategory: it is not on the list.
    """
    try:
        return CATEGORIES[category_id]
    except KeyError:
        raise UnknownCategory(repr(category_id)) from None


def check_attributes(category_id: str, attributes: Mapping[str, str]) -> None:
    """Pass when every key belongs to the category and every value to its key.

    Raises:
        UnknownCategory, UnknownAttribute, UnknownAttributeValue: the first that does not.
    """
    chosen = category(category_id)
    for key, value in attributes.items():
        if value not in chosen.attribute(key).values:
            raise UnknownAttributeValue(f"{category_id}: {key}={value!r}")
