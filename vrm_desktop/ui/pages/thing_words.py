"""Categories, their attributes and the closed words of a want as people read them."""

from vrm_desktop.domain.attributes import Attribute
from vrm_desktop.domain.categories import CATEGORIES, Category
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.wording.asked import attribute_value
from vrm_desktop.wording.catalogue import _


def category_label(category_id: str) -> str:
    """A category; an unknown id shows itself."""
    known = CATEGORIES.get(category_id)
    return _(known.label) if known else category_id


def category_options() -> tuple[tuple[str, str], ...]:
    """All categories by their label, "something else" last."""
    every = [(one.id, _(one.label)) for one in CATEGORIES.values()]
    return tuple(sorted(every, key=lambda option: (option[0].startswith("other."), option[1].casefold())))


def attribute_label(category_id: str, key: str) -> str:
    """An attribute of a category; an unknown one shows its key."""
    known = _attribute(CATEGORIES.get(category_id), key)
    return _(known.label) if known else key.replace("_", " ")


def value_label(category_id: str, key: str, value: str) -> str:
    """A value of an attribute: `53–55 cm`, `under 44 cm`, `washing machine`."""
    known = _attribute(CATEGORIES.get(category_id), key)
    return attribute_value(known, value) if known is not None else value.replace("-", " ")


def _attribute(category: Category | None, key: str) -> Attribute | None:
    try:
        return category.attribute(key) if category else None
    except DomainError:
        return None


def condition_label(condition: Condition) -> str:
    """A condition."""
    return {
        Condition.ANY: _("Any"),
        Condition.NEW: _("New"),
        Condition.USED: _("Used"),
        Condition.REFURBISHED: _("Refurbished"),
    }[condition]


def fulfilment_label(fulfilment: Fulfilment) -> str:
    """A way of getting it."""
    return {
        Fulfilment.ANY: _("Any way"),
        Fulfilment.DELIVERED: _("Delivered"),
        Fulfilment.COLLECTED: _("I collect it"),
        Fulfilment.ON_SITE: _("At my place"),
    }[fulfilment]


def payment_label(way: str) -> str:
    """A way of paying; an unknown one shows itself."""
    return dict(payment_options()).get(way, way)


def payment_options() -> tuple[tuple[str, str], ...]:
    """The ways of paying, by their wire word."""
    return (
        ("sepa-transfer", _("Bank transfer")),
        ("vendor-link", _("On the vendor's page")),
        ("on-delivery", _("On delivery")),
        ("cash", _("In cash")),
    )
