"""Vendors as "Whom I can ask" shows them: what their cards say, and by which key they are known. Pure."""

from vrm_desktop.domain.categories import CATEGORIES
from vrm_desktop.domain.terms import CAST_TERMS, SERVICE_TERMS
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind, VendorCard
from vrm_desktop.ui.models.vendors_view import VendorRow, VendorsView
from vrm_desktop.ui.presenters.moments import day_of, grouped, moment_of
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice


def vendors_view(vendors: tuple[Counterparty, ...]) -> VendorsView:
    """All known vendors, in the order given."""
    return VendorsView(rows=tuple(_row(one) for one in vendors))


def kind_words(kind: OrganisationKind) -> str:
    """What kind of organisation it is."""
    return {
        OrganisationKind.SHOP: _("a shop"),
        OrganisationKind.MAKER: _("a maker"),
        OrganisationKind.SERVICE: _("a service"),
        OrganisationKind.UTILITY: _("a utility"),
        OrganisationKind.BANK: _("a bank"),
        OrganisationKind.INSURER: _("an insurer"),
        OrganisationKind.HEALTH: _("in health care"),
        OrganisationKind.SCHOOL: _("a school"),
        OrganisationKind.PUBLIC_OFFICE: _("a public office"),
        OrganisationKind.OTHER: _("an organisation"),
    }[kind]


def _row(vendor: Counterparty) -> VendorRow:
    card = vendor.card
    signs = _signs(card)
    return VendorRow(
        id=vendor.id,
        name=vendor.name,
        kind=kind_words(vendor.kind),
        answers_for=_categories(card) if card else "",
        signs=_("Signs your conditions") if signs else _("Signs other conditions") if card else _("Cannot be asked"),
        signs_tone=Tone.GOOD if signs else Tone.CAUTION,
        checked=day_of(vendor.refreshed or vendor.added),
        checked_order=int((vendor.refreshed or vendor.added).timestamp()),
        about=card.about if card else "",
        address=vendor.address,
        facts=_facts(vendor),
        key=grouped(vendor.pinned) if vendor.pinned else "",
        pinned=_("Kept since {day}. Should it ever show another key, nothing goes to it.").format(
            day=day_of(vendor.added)
        ),
        trouble=advice(vendor.trouble).title if vendor.trouble else "",
    )


def _signs(card: VendorCard | None) -> bool:
    return card is not None and {CAST_TERMS, SERVICE_TERMS} <= {terms.roster for terms in card.terms}


def _categories(card: VendorCard) -> str:
    return ", ".join(CATEGORIES[one].label if one in CATEGORIES else one for one in card.categories)


def _facts(vendor: Counterparty) -> tuple[tuple[str, str], ...]:
    card = vendor.card
    if card is None:
        return ((_("Address"), vendor.address or _("none is known")),)
    pairs = (
        (_("Answers for"), _categories(card)),
        (_("In"), ", ".join(card.regions) or _("everywhere")),
        (_("Signs"), ", ".join(terms.roster for terms in card.terms) or _("no conditions named")),
        (_("Takes"), ", ".join(card.currencies)),
        (_("Speaks"), ", ".join(card.languages)),
        (_("Address"), vendor.address),
        (_("Website"), card.url),
        (_("E-mail"), card.email),
        (_("Card is good until"), moment_of(card.expires)),
    )
    return tuple((label, value) for label, value in pairs if value)
