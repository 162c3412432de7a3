"""Pictures of wishes, consents and rules, on a counterparty's page and on their own: every state of them."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.gallery import standing_samples as samples
from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.models.relationship_view import Said
from vrm_desktop.ui.models.wishes_view import (
    BudgetView,
    ConsentLine,
    DataRulesView,
    RuleLine,
    WishesView,
    WishFieldLine,
    WishLine,
)
from vrm_desktop.ui.pages.consents_page import ConsentsPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.pages.relationship_page import RelationshipPage
from vrm_desktop.ui.pages.unasked_card import UnaskedCard
from vrm_desktop.ui.pages.wish_cards import ConsentsCard, WishesCard
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone

PHONE = WishFieldLine(
    name="profile.phone", label="Phone", detail="to serve you, for 30 days", value="+49 221 7391846", missing=False
)
BIRTHDAY = WishFieldLine(
    name="profile.birthday", label="Birthday", detail="to advertise to you, for 365 days", value="", missing=True
)
WISHES = WishesView(
    lines=(
        WishLine(
            id="1",
            why="A present for your birthday, and our news once a month.",
            verdict="Beyond what you agreed",
            advice="“Just the service” does not cover this. If you say yes, it rests on your consent alone, and you "
            "can take that back at any time.",
            tone=Tone.CAUTION,
            state="Waits for your answer",
            fields=(BIRTHDAY, PHONE),
            back="In return, by Fri, 4 Dec 2026: a free inspection (€40.00)",
            asks=True,
        ),
        WishLine(
            id="2",
            why="To ring before we come.",
            verdict="Within what you agreed",
            advice="",
            tone=Tone.GOOD,
            state="Your rules said yes; it leaves at 22 Nov 2026, 10:05",
            fields=(PHONE,),
            act="act-1",
        ),
        WishLine(
            id="3",
            why="For our study of pedals.",
            verdict="Ruled out by what you agreed",
            advice="",
            tone=Tone.BAD,
            state="Refused: it is ruled out by what you agreed",
            fields=(PHONE,),
        ),
        WishLine(
            id="4",
            why="Your e-mail for our news.",
            verdict="Beyond what you agreed",
            advice="",
            tone=Tone.CAUTION,
            state="Given",
            fields=(PHONE,),
            back="In return, by Fri, 20 Nov 2026: a bell",
            due=True,
        ),
    ),
    folded="2 more lie beyond what this vendor may ask unasked in thirty days.",
)
CONSENTS = (
    ConsentLine(
        id="c1",
        what="E-mail",
        detail="to advertise to you · until Fri, 22 Jan 2027 · recorded here",
        state="Given again",
        tone=Tone.GOOD,
        story="Given 22 Oct 2026, 09:00, given again 22 Nov 2026, 10:00",
        stands=True,
    ),
    ConsentLine(
        id="c2",
        what="Phone, birthday",
        detail="to advertise to you · recorded here",
        state="Taken back",
        tone=Tone.CAUTION,
        story="Given 2 Sep 2026, 09:00, taken back 22 Nov 2026, 10:00; erased, it says, Mon, 23 Nov 2026",
        stands=False,
    ),
)
_RENEWABLE = replace(
    CONSENTS[0],
    renew="Renew until Sat, 20 Feb 2027",
    meaning="Renewing tells the vendor anew, as your profile says it today: e-mail; to advertise to you, until "
    "Sat, 20 Feb 2027. It rests on your consent again, and you can take that back at any time.",
)
_LEAVING = replace(CONSENTS[0], id="c3", meaning="Your answer leaves at 22 Nov 2026, 10:05.", act="act-1")
RULES = DataRulesView(
    consents=tuple(
        replace(one, what=f"Radhaus Ehrenfeld: {one.what.lower()}") for one in (_RENEWABLE, CONSENTS[1], _LEAVING)
    ),
    rules=(
        RuleLine(id="standard-any", words="Anybody asks for anything, for whatever: ask me", own=False),
        RuleLine(id="standard-service", words="Anybody asks for anything, to serve you: yes, by itself", own=False),
        RuleLine(id="r1", words="Any bank asks for phone, to advertise to you: never", own=True),
    ),
    vendors=(("v1", "Radhaus Ehrenfeld"),),
)


_NEWS = (
    "Nur noch bis Sonntag: Zwanzig Prozent auf alle Regenjacken, Gepäcktaschen und Helme. Kommen Sie vorbei, oder "
    "bestellen Sie in unserem Laden im Netz; ab fünfzig Euro liefern wir in ganz Nordrhein-Westfalen ohne Aufpreis."
)
BUDGET = BudgetView(
    relationship="rel-1",
    used="2 of 4 things said unasked in the last thirty days. 3 are folded away.",
    messages=4,
    folded=(
        Said(mine=False, text=_NEWS, when="18 Nov 2026, 09:00"),
        Said(mine=False, text="Would like to know more: your birthday", when="19 Nov 2026, 09:00"),
        Said(mine=False, text="Haben Sie unsere Nachricht gesehen?", when="21 Nov 2026, 09:00"),
    ),
    back="As for everybody (6)",
)


def data_pictures() -> tuple[Picture, ...]:
    """All of them."""
    return (
        Picture(name="relationship-wishes", make=_file),
        Picture(name="relationship-unasked", make=lambda look: _unasked(look, BUDGET)),
        Picture(name="relationship-unasked-opened", make=lambda look: _unasked(look, BUDGET, opened=True)),
        Picture(name="consents", make=lambda look: _page(look, RULES)),
        Picture(name="consents-none", make=lambda look: _page(look, DataRulesView(consents=(), rules=RULES.rules[:2]))),
    )


def _file(look: Look) -> QWidget:
    page = RelationshipPage(look)
    page.show_relationship(samples.FILE)
    wishes, consents = WishesCard(look), ConsentsCard(look)
    wishes.order, consents.order = 1, 2
    for card in (wishes, consents):
        page.add_card(card)
    wishes.show_wishes(WISHES)
    consents.show_lines(CONSENTS)
    page.open_tab(RelationshipTab.TERMS)
    return in_window(look, PageId.RELATIONSHIP, page)


def _unasked(look: Look, view: BudgetView, *, opened: bool = False) -> QWidget:
    page = RelationshipPage(look)
    page.show_relationship(samples.FILE)
    card = UnaskedCard(look)
    page.add_card(card)
    card.show_budget(view)
    card.show()
    if opened:
        card.open.click()
    page.open_tab(RelationshipTab.MESSAGES)
    return in_window(look, PageId.RELATIONSHIP, page)


def _page(look: Look, view: DataRulesView) -> QWidget:
    page = ConsentsPage(look)
    page.show_rules(view)
    return in_window(look, PageId.CONSENTS, page)
