"""Asking by several ways as pictures show it: mixed plans, what leaves by each, next best ways. Made up."""

from dataclasses import replace

from vrm_desktop.domain.reaching import NextKind
from vrm_desktop.domain.ways import Way
from vrm_desktop.ui.gallery import asking_samples as samples
from vrm_desktop.ui.models.cast_view import RowDeed
from vrm_desktop.ui.models.next_ways_view import NextStep, NextWaysView
from vrm_desktop.ui.models.plan_view import StageId, StageView, VendorChoice, VendorPlanView
from vrm_desktop.ui.theme.tokens import Tone

_DIRECT = (Way.NATIVE.value, "directly, signed on both sides")
_MAIL = (Way.MAIL.value, "e-mail")
_LIST = (Way.UCP.value, "its shop’s price list (UCP)")
_DESK = (Way.MCP.value, "its quote desk (MCP)")
_BODY = """From: Ada Example <ada+radhaus@example.org>
To: verkauf@radhaus.example
Subject: Anfrage: Rennrad, gebraucht

Guten Tag,

ich suche ein gebrauchtes Rennrad, Rahmenhöhe 54 cm, und hole es gern in Köln ab.

Bitte schreiben Sie mir bis zum 4. Juni 2026, was es mit allem kostet, wie lange der Preis gilt, wann ich es haben
kann, und wie es mit Rückgabe und Gewährleistung aussieht.

Mit freundlichen Grüßen

--- request.jsonld (application/ld+json)
{"@context":"https://schema.org","@type":"Demand","itemOffered":{"@type":"Product","name":"Rennrad"}}
"""
_SEARCH = """POST https://velo-sued.example/ucp/v1/catalog/search

{"query":"road bike","context":{"address_country":"DE","currency":"EUR"},"pagination":{"limit":50}}
"""


def _at_once(fields: tuple[tuple[str, str], ...], exact: str) -> StageView:
    return StageView(
        stage=StageId.AT_ONCE,
        title="1. What it learns at once",
        when="Leaves after you confirm, before any conditions are signed.",
        fields=fields,
        exact=exact,
        text="Exactly this leaves",
        use="To be used only to make an offer, until Thu, 18 Jun 2026.",
    )


def _worth(way: str, fields: tuple[str, str, str, str], note: str) -> StageView:
    labels = ("Comes back", "Carries", "They see", "Rests on")
    return StageView(
        stage=StageId.WORTH,
        title="2. What comes back, and what it is worth",
        when=f"Asked by: {way}.",
        fields=tuple(zip(labels, fields, strict=True)),
        exact="",
        use="",
        note=note,
        only_words=True,
    )


def _taking(when: str, fields: tuple[tuple[str, str], ...] = ()) -> StageView:
    title = "3. Only if you take what it offers"
    return StageView(stage=StageId.ON_ORDER, title=title, when=when, fields=fields, exact="", use="")


_BY_MAIL = VendorPlanView(
    vendor="vendor-mail",
    name="Radhaus Ehrenfeld",
    stages=(
        _at_once(
            (
                ("What you want", "Rennrad, gebraucht"),
                ("How many", "1"),
                ("Area", "50…, North Rhine-Westphalia, Germany"),
                ("Answers by", "Thu, 4 Jun 2026"),
                ("E-mail", "ada+radhaus@example.org"),
                ("Name", "Ada Example"),
            ),
            _BODY,
        ),
        _worth(
            "e-mail",
            (
                "an offer made for you, by mail, confirmed by you",
                "your conditions, a day to answer by, a proposal of yours, an answer that binds",
                "you as the sender",
                "your own act for this one / your conditions, accepted in writing",
            ),
            "An e-mail shows its sender. What is offered in the answer is shown beside the words it was read from, "
            "and counts once you have confirmed it.",
        ),
        _taking(
            "Leaves with your yes, to that one vendor alone.", (("Name", "Ada Example"), ("Street", "Lindenweg 5"))
        ),
    ),
)
_BY_LIST = VendorPlanView(
    vendor="vendor-list",
    name="Velo Süd",
    stages=(
        _at_once((("What you want", "road bike"), ("Area", "Germany"), ("Currency", "EUR")), _SEARCH),
        _worth(
            "its shop’s price list (UCP)",
            (
                "a public price, no offer made for you, at once",
                "none of your conditions, days or proposals",
                "what you search for, and your country",
                "your own act for this one",
            ),
            "A public price is no offer made for you: it stands there for everybody, binds nobody and is not ranked. "
            "What costs more than you would pay is left out here, without telling the shop.",
        ),
        _taking("You buy on the shop’s own page, and type what delivery needs there yourself."),
    ),
)
_MIXED = (
    replace(samples.PLAN.vendors[0], ways=(_DIRECT, _MAIL)),
    VendorChoice(
        id="vendor-mail",
        name="Radhaus Ehrenfeld",
        about="",
        fits=False,
        signs=False,
        chosen=True,
        ways=(_MAIL,),
        way=Way.MAIL,
    ),
    VendorChoice(
        id="vendor-list",
        name="Velo Süd",
        about="",
        fits=False,
        signs=False,
        chosen=True,
        ways=(_LIST, _DESK, _MAIL),
        way=Way.UCP,
    ),
    *(
        VendorChoice(
            id=f"vendor-other-{at}",
            name=f"Somebody else {at}",
            about="",
            fits=False,
            signs=False,
            chosen=False,
            ways=(_MAIL,),
            way=Way.MAIL,
        )
        for at in range(9)
    ),
)
PLAN_BY_MAIL = replace(
    samples.PLAN,
    vendors=_MIXED,
    not_now=("Radhaus Ehrenfeld: its shop’s price list (UCP)", "Kramladen: its quote desk (MCP)"),
    plans=(_BY_MAIL, _BY_LIST, samples.PLAN.plans[0]),
    not_promised=(
        "Who is asked by another way than directly signs nothing before it learns what you want.",
        *samples.PLAN.not_promised,
    ),
)
PLAN_BY_LIST = replace(PLAN_BY_MAIL, plans=(_BY_LIST, _BY_MAIL, samples.PLAN.plans[0]))
PLAN_UNTICKED = replace(PLAN_BY_MAIL, vendors=tuple(replace(one, chosen=False) for one in _MIXED), plans=())

_STEPS = (
    NextStep(
        id="ask:mail:1",
        kind=NextKind.ASK,
        words="Ask Radhaus Ehrenfeld: e-mail",
        told="It would learn: you as the sender; what you want: road bike; how many: 1; area: 50…, Germany; answers "
        "by: Thu, 4 Jun 2026; e-mail: ada+radhaus@example.org",
        action="Ask by e-mail",
        vendor="vendor-mail",
        way=Way.MAIL,
    ),
    NextStep(
        id="use-price:page:1",
        kind=NextKind.USE_PRICE,
        words="Buy at a public price: Rennrad Modell 7, €749.00",
        told="It would learn: that somebody visits the page",
        action="See the price",
    ),
    NextStep(
        id="look:page:1",
        kind=NextKind.LOOK,
        words="Look at the shop of Velo Süd: https://velo-sued.example/",
        told="It would learn: that somebody visits the page",
        action="Copy the address",
    ),
    NextStep(
        id="discover:page:1",
        kind=NextKind.DISCOVER,
        words="Ask https://velo-sued.example how Velo Süd can be reached",
        told="It would learn: that somebody visits the page",
        action="Look for ways",
    ),
    NextStep(
        id="write:letter:1",
        kind=NextKind.WRITE,
        words="Write to Zweirad Meyer yourself",
        told="It would learn: you as the sender",
        action="Write a letter",
    ),
    NextStep(
        id="choose-from-list::",
        kind=NextKind.CHOOSE_FROM_LIST,
        words="Choose one of the 4711 organisations on your lists",
        told="",
        action="Look through the lists",
    ),
    NextStep(
        id="add::",
        kind=NextKind.ADD,
        words="Add a shop by its domain, or the page of a product by its address",
        told="",
        action="Add a vendor",
    ),
)
NOBODY = NextWaysView(because="You know nobody yet who answers for this directly. What you can do:", steps=_STEPS[3:])
NEXT = NextWaysView(because="Nobody made an offer. What else you can do:", steps=_STEPS)
NEXT_LONG = replace(
    NEXT,
    steps=tuple(replace(one, words=one.words + " <b>" * 30, told=one.told + " and more of it" * 30) for one in _STEPS),
)

_ROW = samples.CAST.rows[0]
CAST_MIXED = replace(
    samples.CAST,
    standing="What is written waits for you to send it. Answers by Thu, 4 Jun 2026.",
    answered=2,
    rows=(
        _ROW,
        replace(
            _ROW,
            relationship="rel-mail",
            vendor="Radhaus Ehrenfeld",
            state="written, for you to send",
            detail="It leaves when you send it. Open the letter, and say there when you have.",
            done=0,
            tone=Tone.CAUTION,
            deeds=((RowDeed.OPEN_LETTER, "letter-1"),),
        ),
        replace(
            _ROW,
            relationship="rel-desk",
            vendor="Zweirad Meyer",
            state="may have been asked",
            detail="The vendor took too long to answer. It may have been asked: you decide what follows.",
            done=1,
            tone=Tone.CAUTION,
            deeds=((RowDeed.ASK_AGAIN, "act-1"), (RowDeed.LEAVE_IT, "act-1")),
        ),
        replace(
            _ROW,
            relationship="rel-list",
            vendor="Velo Süd",
            state="has public prices",
            detail="It knows what was looked for. What it shows is no offer made for you.",
            done=4,
            tone=Tone.NEUTRAL,
            deeds=((RowDeed.SEE_PRICES, ""),),
        ),
    ),
)
CAST_DECLINED = replace(
    samples.CAST,
    standing="Everybody has answered.",
    answered=1,
    offers=0,
    rows=(samples.CAST.rows[2],),
)
