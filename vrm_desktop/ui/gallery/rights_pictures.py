"""Pictures of data rights: requests, asking, letters; none, usual, long."""

from dataclasses import replace
from datetime import UTC, date, datetime

from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.clocks import Regime
from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.letter import Letter, LetterAbout, LetterWay
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.organisation import Organisation
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.rights import Demand, RequestEvent, RequestStep, RightsRequest, RightsWay
from vrm_desktop.domain.rights_choice import AskWay, AuthorityReason, RegimeReason
from vrm_desktop.services.exercise_rights import RequestView
from vrm_desktop.services.propose_authority import AuthorityChoice
from vrm_desktop.services.rights_ways import Askable
from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.models.rights_view import AskedLine
from vrm_desktop.ui.pages.letters_page import LettersPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.rights_ask_page import RightsAskPage
from vrm_desktop.ui.pages.rights_page import RightsPage
from vrm_desktop.ui.presenters.rights import letter_line, rights_view
from vrm_desktop.ui.presenters.rights_choices import ask_choices, authority_view
from vrm_desktop.ui.theme.look import Look

_TODAY = date(2026, 11, 23)
_AT = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
_E = RequestEvent
_LONG = "Arbeitsgemeinschaft der vereinigten Stadtwerke und Hafenbetriebe Sülzhafen-Niederung GmbH & Co. KG"
_BODY = (
    "Sehr geehrte Damen und Herren,\n\nbitte teilen Sie mir mit, ob Sie personenbezogene Daten über mich verarbeiten "
    "(Art. 15 DSGVO), und wenn ja:\n\n1. welche Daten, mit einer Kopie davon;\n2. wofür Sie sie verwenden.\n\n"
    "Mit freundlichen Grüßen\nOttilie Zwiebelfisch"
)


def rights_pictures() -> tuple[Picture, ...]:
    """All of them."""
    return (
        Picture(name="rights", make=lambda look: _rights(look, _usual())),
        Picture(name="rights-demand", make=lambda look: _rights(look, _usual()[1:])),
        Picture(name="rights-none", make=lambda look: _rights(look, ())),
        Picture(name="rights-long", make=lambda look: _rights(look, (_view("1", DataRight.OBJECTION, _LONG),) * 1)),
        Picture(name="rights-complain", make=lambda look: _complaint(look, AUTHORITIES)),
        Picture(name="rights-complain-whom", make=lambda look: _complaint(look, replace(AUTHORITIES, reason=None))),
        Picture(name="rights-ask", make=_ask),
        Picture(name="rights-ask-drp", make=lambda look: _ask(look, _FOUND[:1], (_SHOP,), way="drp")),
        Picture(
            name="rights-ask-by-post", make=lambda look: _ask(look, _FOUND[:1], (_SHOP,), regime="ccpa", way="post")
        ),
        Picture(name="rights-ask-nobody", make=lambda look: _ask(look, ())),
        Picture(name="letters", make=lambda look: _letters(look, (_letter(),))),
        Picture(name="letters-handed-out", make=lambda look: _letters(look, (_letter().handed_out(), _letter()))),
        Picture(name="letters-none", make=lambda look: _letters(look, ())),
    )


def _rights(look: Look, views: tuple[RequestView, ...]) -> QWidget:
    page = RightsPage(look)
    page.show_rights(rights_view(views))
    return in_window(look, PageId.RIGHTS, page)


def _complaint(look: Look, choice: AuthorityChoice) -> QWidget:
    page = RightsPage(look)
    late = COMPLAINT
    page.show_rights(rights_view((late, *_usual()[1:])))
    page.choose(late.request.id)
    page.show_authorities(authority_view(late.request.id, choice))
    return in_window(look, PageId.RIGHTS, page)


def _ask(
    look: Look,
    found: tuple[AskedLine, ...] | None = None,
    asked: tuple[Askable, ...] | None = None,
    *,
    regime: str = "",
    way: str = "",
) -> QWidget:
    page = RightsAskPage(look)
    shown = _FOUND if found is None else found
    page.show_found(shown)
    for one in shown[:2]:
        page.take(one)
    choices = ask_choices(DataRight.ACCESS, (_SHOP, _WORKS)[: len(shown)] if asked is None else asked)
    page.show_choices(choices)
    page.regime.choose(regime)
    page.way.choose(way)
    page.show_choices(choices)
    return in_window(look, PageId.RIGHTS_ASK, page)


def _letters(look: Look, letters: tuple[Letter, ...]) -> QWidget:
    page = LettersPage(look)
    page.show_letters(tuple(letter_line(one, "Stadtwerke Sülzhafen") for one in letters[:1]))
    if letters and not letters[0].state.value.startswith("draft"):
        page.show_other("What you hold about me: request for access\n\nDear Sir or Madam,\n\nplease tell me …")
    return in_window(look, PageId.LETTERS, page)


_SHOP = Askable(
    name="Radhaus Ehrenfeld",
    regime=Regime.GDPR,
    reason=RegimeReason.ITS_COUNTRY,
    ways=frozenset(AskWay) - {AskWay.FAX},
    usual=AskWay.WIRE,
)
_WORKS = Askable(
    name="Stadtwerke Sülzhafen GmbH",
    regime=Regime.GDPR,
    reason=RegimeReason.ITS_COUNTRY,
    ways=frozenset({AskWay.EMAIL, AskWay.POST}),
    usual=AskWay.EMAIL,
)
AUTHORITIES = AuthorityChoice(
    options=tuple(
        Organisation(id=key, name=name, at=_AT, source="supervisory-authorities.jsonl", authority=True)
        for key, name in (
            ("denrwldi", "Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen"),
            ("debaylda", "Bayerisches Landesamt für Datenschutzaufsicht (BayLDA)"),
        )
    ),
    reason=AuthorityReason.ITS_REGION,
    place=Area.from_code("DE-NW"),
)
_PRESSED = (
    RequestStep(event=_E.WENT, on=date(2026, 9, 1)),
    RequestStep(event=_E.REMINDED, on=date(2026, 10, 6)),
    RequestStep(event=_E.ADMONISHED, on=date(2026, 10, 20)),
)
_FOUND = (
    AskedLine(id="vendor:1", name="Radhaus Ehrenfeld", note="directly"),
    AskedLine(id="entry:stadtwerke", name="Stadtwerke Sülzhafen GmbH", note="datenschutz@stadtwerke.example"),
    AskedLine(id="entry:long", name=_LONG, note="the list has no e-mail address; nobody has checked this entry"),
)


def _step(event: RequestEvent, day: date, text: str = "") -> RequestStep:
    return RequestStep(event=event, on=day, text=text, demand=Demand.ID_COPY if event is _E.DEMANDED else None)


def _view(key: str, right: DataRight, name: str, *steps: RequestStep) -> RequestView:
    made = RightsRequest(
        id=f"rights-{key}",
        vendor=VendorId("vendor-1"),
        relationship=RelationshipId("rel-1"),
        at=_AT,
        right=right,
        regime=Regime.GDPR,
        way=RightsWay.LETTER,
        reference=f"2026-K7F3Q{key}",
    )
    for step in steps:
        made = made.after(step)
    none: frozenset[date] = frozenset()
    return RequestView(
        request=made,
        vendor_name=name,
        clocks=made.clocks(none),
        due=made.answer_due(none),
        overdue=made.overdue(_TODAY, none),
        next=made.next_step(_TODAY, none),
        letters=(_letter(),),
        attachments=tuple[Attachment, ...](),
    )


def _usual() -> tuple[RequestView, ...]:
    october, november = date(2026, 10, 12), date(2026, 11, 9)
    return (
        _view("1", DataRight.ACCESS, "Stadtwerke Sülzhafen", _step(_E.WENT, october)),
        _view(
            "2",
            DataRight.ERASURE,
            "Versicherung am Ring",
            _step(_E.WENT, november),
            _step(_E.DEMANDED, date(2026, 11, 16), "Bitte senden Sie eine Kopie Ihres Ausweises."),
        ),
        _view("3", DataRight.COPY, "Radhaus Ehrenfeld", _step(_E.WENT, november), _step(_E.ACKNOWLEDGED, november)),
        _view(
            "4",
            DataRight.USE_REPORT,
            "Auskunftei Weststadt",
            _step(_E.WENT, october),
            _step(_E.FULFILLED, date(2026, 11, 2), "Auszug liegt bei"),
        ),
    )


def _letter() -> Letter:
    return Letter(
        id="letter-1",
        vendor=VendorId("vendor-1"),
        relationship=RelationshipId("rel-1"),
        at=_AT,
        about=LetterAbout.RIGHTS,
        way=LetterWay.EMAIL,
        language="de",
        subject="Was Sie über mich gespeichert haben: Bitte um Auskunft",
        body=_BODY,
        to=("Stadtwerke Sülzhafen", "Am Gaswerk 4", "50937 Sülzhafen"),
        sender=("Ottilie Zwiebelfisch",),
        dated=date(2026, 10, 12),
        email="datenschutz@stadtwerke.example",
        reference="2026-K7F3Q1",
        source="rights-1",
        tells=(
            PlannedField(
                name="profile.name",
                value="Ottilie Zwiebelfisch",
                stage=Stage.LATER,
                purpose=Purpose.RIGHTS,
                until=date(2027, 10, 12),
                source=Source.PROFILE,
            ),
        ),
    )


COMPLAINT = _view("1", DataRight.ACCESS, "Stadtwerke Sülzhafen", *_PRESSED)
