"""Sample states of asking: wants, a want in the making, the plan, a cast and an order. Made up."""

from dataclasses import replace
from datetime import date

from vrm_desktop.domain.intentcast import Condition, Weights
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.relationship import PaymentDetails
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.formats.payment_forms import epc_qr_svg, payto
from vrm_desktop.ui.models.cast_view import CastRow, CastView, CounterView, TermsChange
from vrm_desktop.ui.models.compose_view import ChipView, ComposeView, QuestionView
from vrm_desktop.ui.models.order_view import AcceptView, MissingView, OrderView, PriceView
from vrm_desktop.ui.models.plan_view import PlanPageView, StageId, StageView, VendorChoice, VendorPlanView
from vrm_desktop.ui.models.wants_view import Step, WantsView, WantView
from vrm_desktop.ui.theme.tokens import Tone

_WANT = WantView(
    id="want-1",
    title="Road bike",
    about="Cologne · by Fri, 12 Jun 2026 · up to €800.00 (only you see this)",
    state="2 of 4 answered",
    tone=Tone.CAUTION,
    offers=1,
    step=Step.ANSWER,
    step_words="Answer Veedel Velo",
    made="Mon, 1 Jun 2026",
    made_order="2026-06-01",
    facts=(
        ("Category", "Bicycle, road, 53–55 cm"),
        ("Condition", "Used"),
        ("How I get it", "Any way"),
        ("Area asked for", "50…, North Rhine-Westphalia, Germany"),
        ("Answers by", "Thu, 4 Jun 2026"),
        ("Needed by", "Fri, 12 Jun 2026"),
        ("At most", "€800.00, only you see this"),
        ("Payment", "Bank transfer"),
    ),
    can_take_back=True,
)

WANTS = WantsView(
    wants=(
        _WANT,
        replace(
            _WANT,
            id="want-2",
            title="Paint two rooms",
            about="Cologne · up to €900.00 (only you see this)",
            state="3 of 3 answered",
            tone=Tone.ACCENT,
            offers=3,
            step=Step.COMPARE,
            step_words="Compare 3 offers",
        ),
        replace(
            _WANT,
            id="want-3",
            title="Noise-cancelling headphones",
            about="Germany · by Sat, 20 Jun 2026",
            state="Draft",
            tone=Tone.NEUTRAL,
            offers=0,
            step=Step.CHOOSE,
            step_words="Choose whom to ask",
            can_edit=True,
            can_put_away=True,
            can_take_back=False,
        ),
        replace(
            _WANT,
            id="want-4",
            title="Washing machine",
            about="Bonn · by Fri, 29 May 2026",
            state="Ordered",
            tone=Tone.GOOD,
            offers=4,
            step=Step.ORDER,
            step_words="See your order",
            can_put_away=True,
            can_take_back=False,
        ),
    ),
    away=2,
)

WANTS_LONG = WantsView(
    wants=(
        replace(
            _WANT,
            title="A very particular road bicycle with a steel frame and mudguards " * 2,
            about="Somewhere between Cologne, Bonn and Leverkusen " * 4,
            step_words="Answer Zweiradfachgeschäft Süd",
            facts=(*_WANT.facts, ("Details", "It should be comfortable on long rides. " * 8)),
        ),
        *(replace(_WANT, id=f"want-more-{number}", title=f"Another want, number {number}") for number in range(30)),
    )
)

COMPOSE_NEW = ComposeView(draft=WantDraft(), today=date(2026, 6, 1), missing=("title", "category", "area"))

_DRAFT = WantDraft(
    title="road bike",
    category="mobility.bicycle",
    area=Area(country="DE", region="DE-NW", postal_prefix="50"),
    place="Cologne",
    attributes={"type": "road", "frame_cm": "53-55"},
    condition=Condition.USED,
    price_cap=Money(minor=80000, currency="EUR"),
    needed_by=date(2026, 6, 5),
)

COMPOSE_LINE = "used 54 cm road bike, under 800 EUR, Cologne, by Friday"
COMPOSE = ComposeView(
    draft=_DRAFT,
    today=date(2026, 6, 1),
    chips=(
        ChipView(key="title", text="Title: road bike", source="road bike"),
        ChipView(key="category", text="Category: Bicycle", source="bike"),
        ChipView(key="attribute:frame_cm", text="Frame: 53–55 cm", source="54 cm"),
        ChipView(key="condition", text="Used", source="used"),
        ChipView(key="area", text="Where: Cologne (DE-NW)", source="Cologne"),
        ChipView(key="needed_by", text="Needed by Fri, 5 Jun 2026", source="by Friday"),
        ChipView(key="price_cap", text="Up to €800.00, only you see this", source="under 800 EUR"),
    ),
    area_says="50…, North Rhine-Westphalia, Germany",
    price_text="800.00 EUR",
    weights=Weights(),
)

ASKED_LINE = "bike around 800, Halle, before Friday"
COMPOSE_ASKED = ComposeView(
    draft=WantDraft(title="bike", category="mobility.bicycle"),
    today=date(2026, 6, 1),
    chips=(
        ChipView(key="title", text="Title: bike", source="bike"),
        ChipView(key="category", text="Category: Bicycle", source="bike"),
    ),
    questions=(
        QuestionView(
            key="price",
            text="“around 800” is only roughly said. What is the most you would pay?",
            answers=("€800.00", "€880.00"),
            can_leave=True,
        ),
        QuestionView(
            key="area",
            text="“Halle” can mean several things. Where?",
            answers=("Halle (DE-ST)", "Halle (DE-NW)"),
        ),
        QuestionView(
            key="day",
            text="“before Friday”: is that day still in time? When do you need it?",
            answers=("Thu, 4 Jun 2026", "Fri, 5 Jun 2026"),
            can_leave=True,
        ),
    ),
    price_text="800",
    errors={"price_cap": "Please name the currency too, such as 800 EUR."},
    missing=("area",),
)

_ABOUT = {
    "Rheinrad": "Used road bikes in Cologne-Deutz, serviced in our own workshop.",
    "Veedel Velo": "Neighbourhood bike shop in Cologne-Ehrenfeld: buy, sell, repair.",
    "Kettenwerk": "Road and racing bikes in Cologne-Nippes.",
    "Südstadt Rad": "One workshop, one person, used bikes in Cologne’s Südstadt.",
}
_VENDORS = tuple(
    VendorChoice(
        id=f"vendor-{at}", name=name, about=about, fits=True, signs=name in ("Rheinrad", "Südstadt Rad"), chosen=True
    )
    for at, (name, about) in enumerate(_ABOUT.items())
)
_STAGES = (
    StageView(
        stage=StageId.FIRST,
        title="1. The first question",
        when="Leaves after you confirm. Nothing in it says who asks.",
        fields=(
            ("Category", "Bicycle"),
            ("Frame", "53–55 cm"),
            ("Type", "road"),
            ("Condition", "Used"),
            ("How it reaches you", "Any way"),
            ("Area", "50…, North Rhine-Westphalia, Germany"),
            ("Answers by", "Thu, 4 Jun 2026"),
            ("Needed by", "Fri, 12 Jun 2026"),
            ("How many are asked", "up to 5"),
        ),
        exact='{"answers_by":"2026-06-04","area":{"country":"DE","postal":"50","region":"DE-NW"},"asked":"5",'
        '"attributes":{"frame_cm":"53-55","type":"road"},"category":"mobility.bicycle","condition":"used",'
        '"fulfilment":"any","needed_by":"2026-06-12"}',
        use="To be used only to make an offer, until Thu, 18 Jun 2026.",
        note="With it go a key and an address made for this vendor alone, sealed fingerprints of stage 2, and your "
        "conditions, signed: “My request, for making me an offer” and “Just the service”.",
    ),
    StageView(
        stage=StageId.AFTER_SIGNING,
        title="2. Once it has signed your conditions",
        when="Leaves by itself when both signatures stand, and never before.",
        fields=(("What you want", "road bike"), ("How many", "1"), ("Place", "Cologne"), ("Payment", "Bank transfer")),
        exact='["want.title", "road bike"]\n["want.quantity", "1"]\n["want.place", "Cologne"]',
        use="To be used only to make an offer, until Thu, 18 Jun 2026.",
    ),
    StageView(
        stage=StageId.ON_ORDER,
        title="3. Only if you accept its offer",
        when="Leaves with your order, to that one vendor alone.",
        fields=(("Name", "Ada Example"), ("Street and number", "Lindenweg 5"), ("Postcode", "50823"), ("Town", "Köln")),
        exact='["profile.name", "Ada Example"]\n["profile.address.street", "Lindenweg 5"]',
        use="To be used only to deliver, until Sun, 30 Aug 2026.",
    ),
)
PLAN = PlanPageView(
    want_id="want-1",
    title="Road bike",
    summary=_WANT.about,
    vendors=(
        *_VENDORS,
        VendorChoice(id="vendor-9", name="Nordlicht Audio", about="Headphones.", fits=False, signs=True, chosen=False),
    ),
    plans=tuple(VendorPlanView(vendor=one.id, name=one.name, stages=_STAGES) for one in _VENDORS),
    kept=(
        "The most you would pay: €800.00.",
        "What matters to you, and how you rank offers.",
        "Whom else you ask: each vendor knows only about how many.",
        "Everything in your profile that is not listed here: e-mail, phone, birthday and the rest.",
    ),
    not_promised=(
        "Vendors see the network address you come from, unless you set a proxy.",
        "A rare want can give you away to two vendors who compare notes.",
        "So can the moment: questions leave spread over seconds, in random order, but on the same day.",
    ),
)
PLAN_MANY = replace(
    PLAN,
    many=True,
    vendors=tuple(
        replace(
            _VENDORS[at % 4],
            id=f"vendor-many-{at}",
            name=f"{_VENDORS[at % 4].name} <b>number</b> {at} " + "of many " * (at % 5),
            about=_VENDORS[at % 4].about * 3,
        )
        for at in range(12)
    ),
)
PLAN_NOBODY = replace(
    PLAN, vendors=(), plans=(), problem="You know nobody yet who answers. Add a vendor by its address."
)

_COUNTER = CounterView(
    relationship="rel-2",
    vendor="Veedel Velo",
    changes=(
        TermsChange(
            mine="Just the service",
            mine_says="What I tell you is for doing what I asked for. You do not measure, follow or profile me, and "
            "you pass nothing on.",
            theirs="The service, and your own statistics",
            theirs_says="What I tell you is for doing what I asked for. You may count how your own service is used. "
            "You do not follow or profile me, and nobody else gets anything.",
            newly_allowed=("its own statistics",),
        ),
    ),
)
_ROWS = (
    CastRow(
        relationship="rel-1",
        vendor="Rheinrad",
        state="made an offer",
        detail="Its offer is signed, checked and kept.",
        done=4,
        tone=Tone.GOOD,
    ),
    CastRow(
        relationship="rel-2",
        vendor="Veedel Velo",
        state="your answer is needed",
        detail="It proposes other conditions. It knows the first question only.",
        done=2,
        tone=Tone.CAUTION,
        counter=_COUNTER,
    ),
    CastRow(
        relationship="rel-3",
        vendor="Kettenwerk",
        state="does not take part",
        detail="It knows the first question only. You could look at its public price.",
        done=4,
        tone=Tone.NEUTRAL,
    ),
    CastRow(
        relationship="rel-4",
        vendor="Südstadt Rad",
        state="asked",
        detail="The vendor cannot be reached. It is asked again later.",
        done=1,
        tone=Tone.BAD,
    ),
)
CAST = CastView(
    want_id="want-1",
    title="Road bike",
    summary=_WANT.about,
    standing="Answers by Thu, 4 Jun 2026. You can close the window; they are fetched the next time.",
    answered=3,
    rows=_ROWS,
    offers=1,
    can_take_back=True,
)
CAST_HELD = replace(
    CAST,
    answered=0,
    offers=0,
    held=True,
    rows=tuple(
        replace(row, state="about to be asked", detail="Nothing has left yet.", done=0, tone=Tone.ACCENT, counter=None)
        for row in _ROWS
    ),
)
CAST_LONG = replace(
    CAST,
    rows=(
        replace(_ROWS[0], vendor="<b>Zweirad</b> " * 30, detail="A long detail that goes on. " * 10),
        replace(
            _ROWS[1],
            counter=replace(
                _COUNTER,
                vendor="Zweirad " * 12,
                changes=(replace(_COUNTER.changes[0], theirs_says="It says a great deal. " * 20),),
            ),
        ),
        *_ROWS[2:],
    ),
)

ACCEPT = AcceptView(
    offer="offer-1",
    vendor="Radhaus Ehrenfeld",
    total="€749.00",
    gets=(
        ("Name", "Ada Example"),
        ("Street and number", "Lindenweg 5"),
        ("Postcode", "50823"),
        ("Town", "Köln"),
        ("Country", "DE"),
    ),
    use="To be used only to deliver, until Sun, 30 Aug 2026.",
    ways=(("sepa-transfer", "Bank transfer"), ("cash", "In cash")),
    sentence="The vendor is bound by it. It alone gets, signed by you:",
)
MISSING = MissingView(offer="offer-1", vendor="Radhaus Ehrenfeld", path="address.street", label="street and number")
PRICE = PriceView(offer="offer-1", vendor="Radhaus Ehrenfeld", total="€749.00", currency="EUR")

_PAYMENT = PaymentDetails(
    method="sepa-transfer", payee="Rheinrad GmbH", iban="DE30900000010000000202", reference="R-2026-0117"
)
_AMOUNT = Money(minor=74900, currency="EUR")
ORDER = OrderView(
    relationship="rel-1",
    vendor="Rheinrad",
    state="confirmed",
    tone=Tone.GOOD,
    explained="Confirmed: both of you hold the same record. This program never touches your money; your bank does.",
    total="€749.00",
    lines=(
        ("Ordered", "Canyon Endurace AL 7, 54 cm, 2022"),
        ("Payment", "Bank transfer"),
        ("To", "Rheinrad GmbH"),
        ("Account", "DE30 9000 0001 0000 0002 02"),
        ("Reference", "R-2026-0117"),
        ("Record", "mZ0Vq0mG1xGQk2b9c7l3yqJb0wq3b1xWfX2aGm9T1oE"),
    ),
    link=payto(_PAYMENT, _AMOUNT),
    code=epc_qr_svg(_PAYMENT, _AMOUNT),
    can_tell_paid=True,
)
ORDER_PLACED = replace(
    ORDER,
    state="placed",
    tone=Tone.ACCENT,
    explained="Your order bears your signature and is with Rheinrad. It confirms next.",
    lines=ORDER.lines[:2],
    link="",
    code=b"",
    can_tell_paid=False,
)
ORDER_ASKED = replace(ORDER, asks=True, way="transfer", can_attach=True)
ORDER_PAID = replace(ORDER, state="paid", link="", code=b"", can_tell_paid=False, can_attach=True)
ORDER_ALARM = replace(
    ORDER,
    alarm="Something about this payment differs from the signed order.",
    differing=(
        (
            "Another account: DE02 1203 0000 0000 2020 51. The order says DE30 9000 0001 0000 0002 02. "
            "(in a message of the vendor)"
        ),
        "A page that only looks like the vendor's: rheinrad-pay.test. The vendor's is rheinrad.example. (by mail)",
    ),
    can_decide=True,
    can_tell_paid=False,
    link="",
    code=b"",
    vendor="<i>Rheinrad</i> " * 20,
    lines=(("Ordered", "n" * 300), *ORDER.lines[1:]),
)
ORDER_OVER = replace(ORDER, way="transfer", code=b"", over="Bike parts: it names other accounts or pages to pay to.")
ACCEPT_DESK = replace(
    ACCEPT,
    vendor="Papierwerk",
    gets=(),
    use="",
    ways=(),
    sentence="The desk is told its own number and that you accept, and nothing more. Nothing of it is signed.",
)
