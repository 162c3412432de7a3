"""Pictures of what is claimed: cases, the form of a new one, changes of an order, and what is told."""

from datetime import date

from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.gallery import standing_samples as samples
from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.models.claims_view import CaseFormView, CasePageView, ClaimLine, TurnLine
from vrm_desktop.ui.pages.case_form_page import CaseFormPage
from vrm_desktop.ui.pages.case_page import CasePage
from vrm_desktop.ui.pages.claim_cards import CasesCard, ChangesCard, VoicesCard
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.ready_documents_card import ReadyDocumentsCard
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.pages.relationship_page import RelationshipPage
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone

_LONG = "The left pedal squeaks at every turn, and the shop that sold it has not rung back since the first of May. "
FORM = CaseFormView(
    vendor="Radhaus Ehrenfeld",
    by_wire=True,
    order="Gravel bike, 54 cm, used",
    amount="640.00 EUR",
    today=date(2026, 11, 23),
    evidence=(
        ("a", "23 Nov 2026, 10:02  Confirmed your order"),
        ("b", "25 Nov 2026, 16:40  Says it is delivered"),
    ),
)
CASE = CasePageView(
    id="case-1",
    title="The left pedal squeaks at every turn.",
    subtitle="With Radhaus Ehrenfeld",
    standing="has a proposal: your turn",
    tone=Tone.CAUTION,
    notice="",
    facts=(
        ("About", "an order"),
        ("What you want", "repair"),
        ("Amount", "€640.00"),
        ("By", "7 Dec 2026"),
        ("Opened", "23 Nov 2026, 10:02"),
        ("Messages as evidence", "2"),
    ),
    turns=(
        TurnLine(when="23 Nov 2026, 10:02", told="You opened the case.", words="The left pedal squeaks."),
        TurnLine(when="23 Nov 2026, 10:03", told="They have received it.", mine=False),
        TurnLine(
            when="24 Nov 2026, 09:15",
            told="They propose: a replacement, by 4 Dec 2026.",
            words="Bring it in any day, you get new pedals at once.",
            mine=False,
        ),
    ),
    documents=("pedal.jpg", "receipt.pdf"),
    hints=(
        "A fault that shows until 25 Nov 2027 is presumed to have been there from the start. (EU 2019/771, art. 11)",
        "The seller answers for faults that show until 25 Nov 2028. (EU 2019/771, art. 10)",
    ),
    may=frozenset({"accept", "refuse", "go-on", "note", "resolved", "unresolved", "withdraw"}),
    main="accept",
)
LIES = CasePageView(
    id="case-2",
    title=_LONG * 2,
    subtitle="With Radhaus Ehrenfeld",
    standing="done, they say: your turn",
    tone=Tone.BAD,
    notice="The day that you named has passed. You can remind them, or say that it is not resolved.",
    facts=(("About", "something I bought"), ("What you want", "the money back"), ("Sent back so far", "CHF 500.00")),
    turns=(
        TurnLine(when="23 Nov 2026, 10:02", told="You opened the case.", words=_LONG * 6),
        TurnLine(
            when="24 Nov 2026, 09:15",
            told="They say that it is done: a lower price.",
            mine=False,
            warning="You did not ask for that.",
        ),
        TurnLine(
            when="24 Nov 2026, 09:16",
            told="They sent money back: CHF 500.00.",
            mine=False,
            warning="That is another currency than your case is about.",
        ),
    ),
    documents=(),
    hints=(),
    may=frozenset({"refuse", "go-on", "note", "resolved", "unresolved", "withdraw"}),
    main="resolved",
)


def claim_pictures() -> tuple[Picture, ...]:
    """All of them."""
    return (
        Picture(name="case", make=lambda look: _case(look, CASE)),
        Picture(name="case-lies", make=lambda look: _case(look, LIES)),
        Picture(name="case-form", make=lambda look: _form(look, FORM)),
        Picture(name="case-form-bare", make=_bare_form),
        Picture(name="relationship-claims", make=lambda look: _file(look, RelationshipTab.PAPERS)),
        Picture(name="relationship-changes", make=lambda look: _file(look, RelationshipTab.ORDERS)),
    )


def _case(look: Look, view: CasePageView) -> QWidget:
    page = CasePage(look)
    page.show_case(view)
    return in_window(look, PageId.CASE, page)


def _form(look: Look, view: CaseFormView) -> QWidget:
    page = CaseFormPage(look)
    page.begin(view)
    page.show_hints(CASE.hints)
    return in_window(look, PageId.CASE_FORM, page)


def _bare_form(look: Look) -> QWidget:
    page = CaseFormPage(look)
    page.begin(CaseFormView(vendor="Stadtwerke", by_wire=False, order="", amount="", today=FORM.today))
    page.show_problem("Please say what happened.")
    return in_window(look, PageId.CASE_FORM, page)


def _file(look: Look, tab: RelationshipTab) -> QWidget:
    page = RelationshipPage(look)
    cases, changes, voices = CasesCard(look), ChangesCard(look), VoicesCard(look)
    documents = ReadyDocumentsCard(look)
    cases.lines.show_lines(
        (
            ClaimLine(id="1", what=CASE.title, standing=CASE.standing, tone=Tone.CAUTION),
            ClaimLine(id="2", what="It came a week late.", standing="resolved", tone=Tone.GOOD),
        )
    )
    changes.lines.show_lines(
        (
            ClaimLine(
                id="3",
                what="Send a document: the invoice, please",
                standing="they agree",
                tone=Tone.GOOD,
                told=("Invoice 2026-114",),
            ),
            ClaimLine(
                id="4", what="Change it: without the basket", standing="they refuse", tone=Tone.BAD, told=("Packed.",)
            ),
        )
    )
    voices.lines.show_lines(
        (
            ClaimLine(
                id="5",
                what="An idea: A bell would be nice.",
                standing="they say: planned",
                tone=Tone.GOOD,
                told=("23 Nov 2026, 10:02  seen", "1 Dec 2026, 09:00  planned  In autumn."),
            ),
        )
    )
    documents.lines.show_lines(
        (
            ClaimLine(
                id="6",
                what="Invoice 2026-114",
                standing="Lies ready",
                tone=Tone.NEUTRAL,
                told=("From https://radhaus.example",),
            ),
            ClaimLine(id="7", what="Manual of the brakes", standing="Kept here", tone=Tone.GOOD, opens=False),
        )
    )
    for card in (cases, changes, documents, voices):
        page.add_card(card)
    page.show_relationship(samples.FILE)
    page.open_tab(tab)
    return in_window(look, PageId.RELATIONSHIP, page)
