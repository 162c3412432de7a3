"""Vendors as "Whom I can ask" shows them: what their cards say, and by which key they are known. Pure."""

from vrm_desktop.domain.categories import CATEGORIES
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind, VendorCard
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.services.choose_vendors import signs_usual_terms
from vrm_desktop.ui.models.vendors_view import VendorRow, VendorsView
from vrm_desktop.ui.presenters.moments import day_of, grouped, moment_of
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.labels import with_standing
from vrm_desktop.wording.signals import signal_lines


def vendors_view(vendors: tuple[Counterparty, ...], roster: Roster) -> VendorsView:
    """All known vendors, in the order given."""
    return VendorsView(rows=tuple(_row(one, roster) for one in vendors))


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


def _row(vendor: Counterparty, roster: Roster) -> VendorRow:
    card = vendor.card
    signs = signs_usual_terms(vendor, roster)
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
        facts=_facts(vendor, roster),
        key=grouped(vendor.pinned) if vendor.pinned else "",
        pinned=_("Kept since {day}. Should it ever show another key, nothing goes to it.").format(
            day=day_of(vendor.added)
        ),
        trouble=advice(vendor.trouble).title if vendor.trouble else "",
    )


def _terms(card: VendorCard, roster: Roster) -> str:
    standings = ((one.roster, roster.standing(one.roster, one.version, one.entry)) for one in card.terms)
    return ", ".join(with_standing(name, standing) for name, standing in standings)


def _categories(card: VendorCard) -> str:
    return ", ".join(CATEGORIES[one].label if one in CATEGORIES else one for one in card.categories)


def _facts(vendor: Counterparty, roster: Roster) -> tuple[tuple[str, str], ...]:
    card = vendor.card
    if card is None:
        return ((_("Address"), vendor.address or _("none is known")),)
    pairs = (
        (_("Answers for"), _categories(card)),
        (_("In"), ", ".join(card.regions) or _("everywhere")),
        (_("Signs"), _terms(card, roster) or _("no conditions named")),
        (_("Takes"), ", ".join(card.currencies)),
        (_("Speaks"), ", ".join(card.languages)),
        (_("Address"), vendor.address),
        (_("Website"), card.url),
        (_("E-mail"), card.email),
        (_("Card is good until"), moment_of(card.expires)),
        *signal_lines(vendor.signals, roster.named),
    )
    return tuple((label, value) for label, value in pairs if value)
