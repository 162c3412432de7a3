"""The registry: every picture by name, with how to make what it shows."""

from functools import partial

from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.gallery import offer_samples
from vrm_desktop.ui.gallery.agenda_pictures import agenda_pictures
from vrm_desktop.ui.gallery.archive_pictures import archive_pictures
from vrm_desktop.ui.gallery.asking_pictures import Shown, asking_pictures
from vrm_desktop.ui.gallery.claim_pictures import claim_pictures
from vrm_desktop.ui.gallery.contract_pictures import contract_pictures
from vrm_desktop.ui.gallery.counterparty_pictures import counterparty_pictures
from vrm_desktop.ui.gallery.data_pictures import data_pictures
from vrm_desktop.ui.gallery.desk_pictures import desk_pictures
from vrm_desktop.ui.gallery.drp_pictures import drp_pictures
from vrm_desktop.ui.gallery.limit_pictures import limit_pictures
from vrm_desktop.ui.gallery.mail_pictures import mail_pictures
from vrm_desktop.ui.gallery.parts import PartsPage
from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.gallery.pictures_of_standing import standing_pictures
from vrm_desktop.ui.gallery.price_pictures import price_pictures
from vrm_desktop.ui.gallery.rights_pictures import rights_pictures
from vrm_desktop.ui.gallery.safety_pictures import safety_pictures
from vrm_desktop.ui.gallery.trust_pictures import trust_pictures
from vrm_desktop.ui.main_window import MainWindow
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.models.offers_view import OfferFilter, OffersView
from vrm_desktop.ui.models.unlock_view import UnlockMode, UnlockProblem, UnlockView
from vrm_desktop.ui.pages.offers_page import OffersPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.unlock_page import UnlockPage
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone


def pictures() -> tuple[Picture, ...]:
    """Every picture there is."""
    parts = Picture(name="parts", make=lambda look: in_window(look, PageId.SETTINGS, PartsPage(look)))
    living = (
        *agenda_pictures(),
        *counterparty_pictures(),
        *data_pictures(),
        *claim_pictures(),
        *contract_pictures(),
        *rights_pictures(),
        *drp_pictures(),
        *trust_pictures(),
        *mail_pictures(),
        *desk_pictures(),
        *limit_pictures(),
        *price_pictures(),
    )
    standing = (*standing_pictures(), *safety_pictures(), *archive_pictures())
    return (parts, *_unlock(), *_offers(), *_asking(), *standing, *living)


def _asking() -> tuple[Picture, ...]:
    return tuple(Picture(name=name, make=partial(_placed, shown=shown)) for name, shown in asking_pictures().items())


def _placed(look: Look, *, shown: Shown) -> QWidget:
    place, make, messages = shown
    return in_window(look, place, make(look), *messages)


def _unlock() -> tuple[Picture, ...]:
    place = "/home/sam/.local/share/vrm-desktop/vault"
    views = {
        "first-run": UnlockView(mode=UnlockMode.FIRST_RUN, place=place),
        "unlock": UnlockView(mode=UnlockMode.UNLOCK, place=place),
        "unlock-working": UnlockView(mode=UnlockMode.UNLOCK, place=place, working=True),
        **{
            f"unlock-{problem.value}": UnlockView(mode=UnlockMode.UNLOCK, place=place, problem=problem)
            for problem in UnlockProblem
            if problem is not UnlockProblem.OTHER
        },
        "unlock-other": UnlockView(
            mode=UnlockMode.UNLOCK,
            place=place,
            problem=UnlockProblem.OTHER,
            told=("There is not enough memory to unlock.", "Close other programs and try again."),
        ),
    }
    return tuple(Picture(name=name, make=partial(_gate, view=view)) for name, view in views.items())


def _gate(look: Look, *, view: UnlockView) -> QWidget:
    window = MainWindow(look, {})
    gate = UnlockPage(look)
    window.show_gate(gate)
    gate.show_view(view)
    return window


def _offers() -> tuple[Picture, ...]:
    undo = Message(text="Declined Velo Süd’s offer.", action="Undo", key="undo:1", tone=Tone.NEUTRAL, seconds=None)
    return (
        Picture(name="offers", make=lambda look: _offers_in(look, offer_samples.USUAL)),
        Picture(
            name="offers-within-limit",
            make=lambda look: _offers_in(look, offer_samples.USUAL, frozenset({OfferFilter.WITHIN_LIMIT}), undo),
        ),
        Picture(
            name="offers-none-fit",
            make=lambda look: _offers_in(
                look,
                offer_samples.NONE_FIT,
                frozenset({OfferFilter.ASKS_NOTHING, OfferFilter.BINDING, OfferFilter.IN_TIME}),
            ),
        ),
        Picture(name="offers-weights", make=lambda look: _offers_in(look, offer_samples.USUAL, weights=True)),
        Picture(name="offers-none-yet", make=lambda look: _offers_in(look, offer_samples.NONE_YET)),
        Picture(name="offers-long", make=lambda look: _offers_in(look, offer_samples.LONG)),
    )


def _offers_in(
    look: Look,
    view: OffersView,
    asked: frozenset[OfferFilter] = frozenset(),
    *messages: Message,
    weights: bool = False,
) -> QWidget:
    page = OffersPage(look)
    page.show_offers(view)
    page.ask(asked)
    page.show_weights(shown=weights)
    return in_window(look, PageId.OFFERS, page, *messages)
