"""Pictures of what stands: relationships, their files, who knows what, vendors, profile, settings."""

from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.found import FoundKind
from vrm_desktop.ui.gallery import standing_samples as samples
from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.gallery.trust_pictures import counted_trust
from vrm_desktop.ui.models.find_view import FindView
from vrm_desktop.ui.models.ledger_view import LedgerView
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.models.profile_view import ProfileView
from vrm_desktop.ui.models.relationship_view import RelationshipView
from vrm_desktop.ui.models.relationships_view import RelationshipFilter, RelationshipsView
from vrm_desktop.ui.models.vendors_view import AddingView, ListedView, VendorsView
from vrm_desktop.ui.pages.find_page import FindPage
from vrm_desktop.ui.pages.ledger_page import LedgerPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.profile_page import ProfilePage
from vrm_desktop.ui.pages.relationship_page import RelationshipPage
from vrm_desktop.ui.pages.relationships_page import RelationshipsPage
from vrm_desktop.ui.pages.settings_page import SettingsPage
from vrm_desktop.ui.pages.vendors_page import VendorsPage
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone


def standing_pictures() -> tuple[Picture, ...]:
    """All of them."""
    return (*_relationships(), *_files(), *_ledgers(), *_vendors(), *_profiles(), *_settings(), *_finds())


def _relationships() -> tuple[Picture, ...]:
    def page(
        look: Look, view: RelationshipsView, asked: frozenset[RelationshipFilter] = frozenset(), *said: Message
    ) -> QWidget:
        made = RelationshipsPage(look)
        made.show_relationships(view)
        made.ask(asked)
        return in_window(look, PageId.RELATIONSHIPS, made, *said)

    nobody = frozenset({RelationshipFilter.TROUBLE, RelationshipFilter.ORDERED})
    return (
        Picture(name="relationships", make=lambda look: page(look, samples.RELATIONSHIPS)),
        Picture(name="relationships-none", make=lambda look: page(look, RelationshipsView(rows=()))),
        Picture(name="relationships-none-fit", make=lambda look: page(look, samples.RELATIONSHIPS, nobody)),
        Picture(name="relationships-long", make=lambda look: page(look, samples.LONG_RELATIONSHIPS)),
    )


def _files() -> tuple[Picture, ...]:
    def page(look: Look, view: RelationshipView, *said: Message) -> QWidget:
        made = RelationshipPage(look)
        made.show_relationship(view)
        return in_window(look, PageId.RELATIONSHIP, made, *said)

    leaving = Message(
        text="You are leaving Radhaus Ehrenfeld. It is told in 8 seconds, and asked to forget you.",
        tone=Tone.CAUTION,
        action="Stay",
        key="stay:rel-1",
        seconds=None,
    )
    return (
        Picture(name="relationship", make=lambda look: page(look, samples.FILE)),
        Picture(name="relationship-leaving", make=lambda look: page(look, samples.FILE_LEAVING, leaving)),
        Picture(name="relationship-bare", make=lambda look: page(look, samples.FILE_BARE)),
        Picture(name="relationship-alarm", make=lambda look: page(look, samples.FILE_ALARM)),
        Picture(name="relationship-long", make=lambda look: page(look, samples.FILE_LONG)),
    )


def _ledgers() -> tuple[Picture, ...]:
    def page(look: Look, view: LedgerView, *, words: str = "", proof: Tone | None = None) -> QWidget:
        made = LedgerPage(look)
        made.show_ledger(view)
        made.ask(frozenset(), words)
        if proof is Tone.GOOD:
            made.show_proof("The proof is whole.", "25 messages and 53 disclosures, every link fits.", proof)
        elif proof is Tone.BAD:
            made.show_proof("The proof of what was said has a break.", "Nothing was changed.", proof)
        return in_window(look, PageId.LEDGER, made)

    return (
        Picture(name="ledger", make=lambda look: page(look, samples.LEDGER)),
        Picture(name="ledger-none", make=lambda look: page(look, LedgerView(lines=()))),
        Picture(name="ledger-none-fit", make=lambda look: page(look, samples.LEDGER, words="nobody")),
        Picture(name="ledger-whole", make=lambda look: page(look, samples.LEDGER, proof=Tone.GOOD)),
        Picture(name="ledger-broken", make=lambda look: page(look, samples.LEDGER, proof=Tone.BAD)),
        Picture(name="ledger-long", make=lambda look: page(look, samples.LEDGER_LONG)),
    )


def _vendors() -> tuple[Picture, ...]:
    def page(
        look: Look,
        view: VendorsView,
        adding: AddingView | None = None,
        listed: ListedView | None = None,
        *,
        counted: bool = False,
    ) -> QWidget:
        made = VendorsPage(look)
        made.show_vendors(view)
        if counted:
            made.show_counts(counted_trust())
        made.show_adding(adding or AddingView())
        made.lists.show_listed(listed or ListedView())
        return in_window(look, PageId.VENDORS, made)

    failed = AddingView(error=samples.ADDING_ERROR)
    return (
        Picture(name="vendors", make=lambda look: page(look, samples.VENDORS)),
        Picture(name="vendors-shop", make=lambda look: page(look, samples.VENDORS_SHOP)),
        Picture(name="vendors-listed", make=lambda look: page(look, samples.VENDORS_SHOP, None, samples.LISTED)),
        Picture(name="vendors-counted", make=lambda look: page(look, samples.VENDORS, counted=True)),
        Picture(name="vendors-none", make=lambda look: page(look, VendorsView(rows=()))),
        Picture(name="vendors-adding", make=lambda look: page(look, samples.VENDORS, AddingView(working=True))),
        Picture(name="vendors-refused", make=lambda look: page(look, samples.VENDORS, failed)),
        Picture(name="vendors-long", make=lambda look: page(look, samples.VENDORS_LONG)),
    )


def _profiles() -> tuple[Picture, ...]:
    def page(look: Look, view: ProfileView, problem: tuple[str, str] | None = None) -> QWidget:
        made = ProfilePage(look)
        made.show_profile(view)
        if problem is not None:
            made.show_problem(*problem)
        return in_window(look, PageId.PROFILE, made)

    refused = ("This is not a vCard.", "Export your contact as a vCard (version 3 or 4).")
    return (
        Picture(name="profile", make=lambda look: page(look, samples.PROFILE)),
        Picture(name="profile-empty", make=lambda look: page(look, samples.PROFILE_EMPTY)),
        Picture(name="profile-refused", make=lambda look: page(look, samples.PROFILE, refused)),
        Picture(name="profile-long", make=lambda look: page(look, samples.PROFILE_LONG)),
    )


def _settings() -> tuple[Picture, ...]:
    def page(look: Look, tone: Tone | None = None) -> QWidget:
        made = SettingsPage(look)
        made.show_settings(samples.SETTINGS)
        if tone is not None:
            made.show_report("Your vault is sound.", "25 messages are on record.", tone)
        return in_window(look, PageId.SETTINGS, made)

    return (
        Picture(name="settings", make=page),
        Picture(name="settings-checked", make=lambda look: page(look, Tone.GOOD)),
    )


def _finds() -> tuple[Picture, ...]:
    def page(look: Look, view: FindView, kinds: frozenset[FoundKind] = frozenset()) -> QWidget:
        made = FindPage(look)
        made.ask(view.words, kinds)
        made.show_found(view)
        return in_window(look, PageId.FIND, made)

    nothing = FindView(words="tandem")
    return (
        Picture(name="find", make=lambda look: page(look, samples.FOUND)),
        Picture(name="find-narrowed", make=lambda look: page(look, samples.FOUND, frozenset({FoundKind.TOLD}))),
        Picture(name="find-nothing", make=lambda look: page(look, nothing)),
        Picture(name="find-begin", make=lambda look: page(look, FindView(words=""))),
    )
