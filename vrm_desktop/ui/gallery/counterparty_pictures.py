"""Pictures of a counterparty's file on each of its tabs, of the form for one, and of beginning a conversation."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.gallery import standing_samples as samples
from vrm_desktop.ui.gallery.agenda_pictures import USUAL
from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.models.belongings_view import BookingLine, MoneyView, ThingLine
from vrm_desktop.ui.models.counterparty_view import ConversationForm, ConversationStages, DetailsForm
from vrm_desktop.ui.pages.conversation_page import ConversationPage
from vrm_desktop.ui.pages.counterparty_page import CounterpartyPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.pages.relationship_contact import ContactCard
from vrm_desktop.ui.pages.relationship_money import MoneyCard
from vrm_desktop.ui.pages.relationship_next import NextCard
from vrm_desktop.ui.pages.relationship_page import RelationshipPage
from vrm_desktop.ui.pages.relationship_things import ThingsCard
from vrm_desktop.ui.presenters.relationship import where_said
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone

_TODAY = date(2026, 6, 8)


def _line(key: str, what: str, kind: str, amount: str, minor: int, tone: Tone, number: str = "") -> BookingLine:
    return BookingLine(
        id=key,
        on="Mon, 1 Jun 2026",
        on_day=739768 + int(key),
        what=what,
        number=number,
        kind=kind,
        amount=amount,
        minor=minor,
        tone=tone,
        by_hand=key == "4",
    )


MONEY = MoneyView(
    lines=(
        _line("4", "Bicycle bell", "You paid", "€9.90", 990, Tone.NEUTRAL),
        _line("3", "Colonia Corsa, used road bike, 54 cm", "Came back", "€40.00", 4000, Tone.GOOD, "G-2026-12"),
        _line("2", "Colonia Corsa, used road bike, 54 cm", "You paid", "€684.23", 68423, Tone.NEUTRAL),
        _line("1", "Colonia Corsa, used road bike, 54 cm", "To pay", "€684.23", 68423, Tone.CAUTION, "R-2026-77"),
    ),
    balances=("€654.13 paid, less what came back",),
)
THINGS = (
    ThingLine(
        id="1",
        title="Colonia Corsa, used road bike, 54 cm",
        numbers="WX 1183",
        bought="Mon, 1 Jun 2026",
        bought_day=739768,
        state="Can go back until Mon, 22 Jun 2026",
        tone=Tone.ACCENT,
        gone=False,
    ),
    ThingLine(
        id="2",
        title="Pump",
        numbers="",
        bought="",
        bought_day=0,
        state="Gone since Fri, 5 Jun 2026",
        tone=Tone.NEUTRAL,
        gone=True,
    ),
)
DETAILS = DetailsForm(
    name="Stadtwerke Sülzhafen",
    kind="utility",
    postal="Am Gaswerk 4\n50937 Sülzhafen",
    email="post@works.example",
    phone="+49 221 7391846",
    web="https://works.example",
    country="DE",
    languages="de",
    number="K-4711-99",
    reply_to="me+works@mail.example",
    note="Ms Kern knows about the meter.",
)
_AT_ONCE = (("What it is about", "Help with something"),)
_AFTER = (("E-mail", "sam@example.org"), ("Your customer number there", "K-4711-99"))


def counterparty_pictures() -> tuple[Picture, ...]:
    """All of them."""
    tabs = tuple(Picture(name=f"relationship-tab-{tab.value}", make=partial(_file, tab=tab)) for tab in RelationshipTab)
    return (
        *tabs,
        Picture(name="relationship-full", make=_full),
        Picture(name="counterparty-new", make=lambda look: _form(look, DetailsForm(), "A new organisation")),
        Picture(name="counterparty", make=lambda look: _form(look, DETAILS, DETAILS.name)),
        Picture(name="counterparty-refused", make=lambda look: _form(look, DETAILS, DETAILS.name, refused=True)),
        Picture(name="conversation", make=lambda look: _talk(look, letter=False)),
        Picture(name="conversation-letter", make=lambda look: _talk(look, letter=True)),
        Picture(name="conversation-problem", make=lambda look: _talk(look, letter=False, problem=True)),
    )


def _full(look: Look) -> QWidget:
    page = RelationshipPage(look)
    page.show_relationship(replace(samples.FILE, why_silent="", where_said=where_said(by_desk=True)))
    page.words.setPlainText("One more thing about the bell.")
    page.open_tab(RelationshipTab.MESSAGES)
    return in_window(look, PageId.RELATIONSHIP, page)


def _file(look: Look, tab: RelationshipTab) -> QWidget:
    page = RelationshipPage(look)
    dates, contact, money, things = NextCard(look), ContactCard(look), MoneyCard(look), ThingsCard(look)
    dates.show_dates(USUAL.coming[1].lines + USUAL.coming[3].lines)
    facts = (("Postal address", DETAILS.postal), ("E-mail", DETAILS.email), ("What it calls you", DETAILS.number))
    contact.show_contact(facts, (("rel-2", "Since Sun, 3 May 2026: over"),))
    money.show_money(MONEY)
    things.show_things(THINGS, _TODAY)
    for place, card, order in (
        (RelationshipTab.OVERVIEW, dates, 110),
        (RelationshipTab.OVERVIEW, contact, 210),
        (RelationshipTab.ORDERS, money, 610),
        (RelationshipTab.ORDERS, things, 620),
    ):
        page.tabs.place(place.value, card, order)
    page.show_relationship(samples.FILE)
    page.open_tab(tab)
    return in_window(look, PageId.RELATIONSHIP, page)


def _form(look: Look, form: DetailsForm, title: str, *, refused: bool = False) -> QWidget:
    page = CounterpartyPage(look)
    page.show_form(form, title)
    if refused:
        page.show_refusal("Something here does not fit.", "An e-mail has an @, a country has two letters.")
    return in_window(look, PageId.COUNTERPARTY, page)


def _talk(look: Look, *, letter: bool, problem: bool = False) -> QWidget:
    page = ConversationPage(look)
    page.show_form(
        ConversationForm(
            vendor="Radhaus Ehrenfeld",
            by_letter=letter,
            fields=(("name", "Name"), ("email", "E-mail"), ("phone", "Phone")),
            earlier=(("rel-1", "As in the file since Mon, 1 Jun 2026"),),
            number="K-4711-99",
        )
    )
    page.words.setPlainText("Does the pump from last year fit the new valve?")
    use = "To be used only for the service itself, until Mon, 31 Aug 2026."
    why = "Your profile lacks something that this needs. Add it to your profile." if problem else ""
    told = (
        ConversationStages(at_once=_AFTER, use=use)
        if letter
        else ConversationStages(at_once=_AT_ONCE, after_terms=_AFTER, use=use, problem=why)
    )
    page.show_stages(told)
    return in_window(look, PageId.CONVERSATION, page)
