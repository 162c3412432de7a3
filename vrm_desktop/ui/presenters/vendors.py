"""Vendors as "Whom I can ask" shows them: what their cards say, and by which key they are known. Pure."""

from vrm_desktop.domain.categories import CATEGORIES
from vrm_desktop.domain.organisation import Organisation
from vrm_desktop.domain.reaching import TermsKnown, VendorWays, ways_of_entry
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind, VendorCard
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.services.choose_vendors import signs_usual_terms
from vrm_desktop.ui.models.vendors_view import ListedView, VendorRow, VendorsView
from vrm_desktop.ui.presenters.moments import day_of, grouped, moment_of
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.agenda import sentence
from vrm_desktop.wording.asked import told_area_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.labels import with_standing
from vrm_desktop.wording.reaching import entry_line, terms_words, way_line, ways_only
from vrm_desktop.wording.signals import signal_lines


def vendors_view(found: tuple[VendorWays, ...], roster: Roster) -> VendorsView:
    """All known vendors with their ways, in the order given."""
    return VendorsView(rows=tuple(_row(one, roster) for one in found))


def listed_view(count: int, words: str, found: tuple[Organisation, ...]) -> ListedView:
    """What lists name, and what was found on them."""
    entries = tuple((one.id, one.name, sentence(entry_line(ways_of_entry(one)))) for one in found)
    return ListedView(count=count, words=words, entries=entries)


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


def _row(found: VendorWays, roster: Roster) -> VendorRow:
    vendor = found.vendor
    card = vendor.card
    signs = signs_usual_terms(vendor, roster)
    last = max((one for one in (found.looked, vendor.refreshed) if one is not None), default=None)
    return VendorRow(
        id=vendor.id,
        name=vendor.name,
        kind=kind_words(vendor.kind),
        answers_for=_categories(card) if card else "",
        signs=_("Signs your conditions") if signs else sentence(terms_words(found.terms)),
        signs_tone=Tone.GOOD if signs else Tone.NEUTRAL if found.terms is TermsKnown.UNKNOWN else Tone.CAUTION,
        checked=day_of(last) if last is not None else _("never"),
        checked_order=int(last.timestamp()) if last is not None else 0,
        about=card.about if card else "",
        address=vendor.address,
        facts=_facts(vendor, roster),
        key=grouped(vendor.pinned) if vendor.pinned else "",
        pinned=_("Kept since {day}. Should it ever show another key, nothing goes to it.").format(
            day=day_of(vendor.added)
        ),
        trouble=advice(vendor.trouble).title if vendor.trouble else "",
        reached=sentence(ways_only(found.ways)),
        way_lines=tuple(sentence(way_line(one)) for one in found.ways),
        site=found.site,
        when=_when(found),
        looked_before=found.looked is not None,
    )


def _when(found: VendorWays) -> str:
    if not found.site:
        return _("No web address of it is known that could be asked.")
    if found.looked is None:
        return _("{site} was never asked. It would see that somebody visits, and nothing of who you are.").format(
            site=found.site
        )
    return _("{site} was last asked on {day}.").format(site=found.site, day=day_of(found.looked))


def _terms(card: VendorCard, roster: Roster) -> str:
    standings = ((one.roster, roster.standing(one.roster, one.version, one.entry)) for one in card.terms)
    return ", ".join(with_standing(name, standing) for name, standing in standings)


def _categories(card: VendorCard) -> str:
    return ", ".join(_(CATEGORIES[one].label) if one in CATEGORIES else one for one in card.categories)


def _regions(card: VendorCard) -> str:
    told = (_("everywhere") if one == "all" else told_area_label(one) for one in card.regions)
    return "; ".join(told) or _("everywhere")


def _facts(vendor: Counterparty, roster: Roster) -> tuple[tuple[str, str], ...]:
    card = vendor.card
    if card is None:
        return ((_("Address"), vendor.address or vendor.web or _("none is known")),)
    pairs = (
        (_("Answers for"), _categories(card)),
        (_("In"), _regions(card)),
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
