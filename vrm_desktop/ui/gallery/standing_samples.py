"""Sample states of what stands: relationships, their files, who knows what, vendors, profile, settings."""

from dataclasses import replace

from vrm_desktop.domain.found import FoundKind
from vrm_desktop.ui.models.find_view import FindView, FoundLine
from vrm_desktop.ui.models.ledger_view import LedgerFilter, LedgerLine, LedgerView
from vrm_desktop.ui.models.profile_view import FieldRow, ProfileView
from vrm_desktop.ui.models.relationship_view import (
    HeldLine,
    OrderView,
    RelationshipView,
    Said,
    StoryAbout,
    StoryLine,
    TermsLine,
)
from vrm_desktop.ui.models.relationships_view import RelationshipFilter, RelationshipRow, RelationshipsView
from vrm_desktop.ui.models.settings_view import SettingsView
from vrm_desktop.ui.models.vendors_view import ListedView, VendorRow, VendorsView
from vrm_desktop.ui.theme.tokens import ThemeChoice, Tone
from vrm_desktop.wording.found import found_kind_label

HOSTILE = "<b>Best</b> <img src='file:///etc/passwd'> & Söhne\u202e " + "W" * 400
KEY = "qQfM KarX nxJa Y9o9 -hfP SetH OVDH AtIK s2fu 2_1b RRs"

_ROW = RelationshipRow(
    id="rel-1",
    vendor="Radhaus Ehrenfeld",
    about="Road bike, 54 cm, used",
    state="Open",
    tone=Tone.GOOD,
    standing="Confirmed your order",
    holds=18,
    since="Mon, 1 Jun 2026",
    since_order=1,
    facts=frozenset({RelationshipFilter.OPEN, RelationshipFilter.ORDERED}),
)
RELATIONSHIPS = RelationshipsView(
    rows=(
        _ROW,
        replace(
            _ROW,
            id="rel-2",
            vendor="Velo Süd",
            standing="The vendor cannot be reached.",
            holds=13,
            facts=frozenset({RelationshipFilter.OPEN, RelationshipFilter.TROUBLE}),
        ),
        replace(
            _ROW,
            id="rel-3",
            vendor="Zweirad Meyer",
            state="Ended",
            tone=Tone.NEUTRAL,
            standing="Over",
            holds=0,
            facts=frozenset(),
        ),
    ),
    summary="2 relationships are open.",
)
LONG_RELATIONSHIPS = RelationshipsView(rows=(replace(_ROW, vendor=HOSTILE, about=HOSTILE, standing="very long " * 40),))

_TERMS = TermsLine(
    name="My request, for making me an offer",
    words="I tell you what I want so that you can make me an offer. You use it for that alone.",
    came_about="For the question. Signed by both on 1 Jun 2026, 09:12. (PDC-INTENT)",
    state="Signed by both",
    tone=Tone.GOOD,
)
_HELD = HeldLine(
    id="1",
    what="Street and number",
    value="Lindenstraße 17",
    purpose="To deliver",
    until="Mon, 31 Aug 2026",
    until_day=739859,
    under="Just the service",
    state="Received",
    tone=Tone.NEUTRAL,
)
_TOLD = (
    ("Street and number", "Lindenstraße 17"),
    ("Town", "Cologne"),
    ("Postcode", "50674"),
    ("Country", "DE"),
    ("Name", "Ada Sommer"),
)
_ORDER = OrderView(
    state="Confirmed",
    tone=Tone.GOOD,
    facts=(("Ordered", "Colonia Corsa, used road bike, 54 cm"), ("All in", "€684.23"), ("On", "1 Jun 2026, 11:02")),
    payment=("To pay: €684.23", "to Radhaus Ehrenfeld, DE19 9000 0001 0000 0003 03", "reference: Order KV2V"),
    copied="DE19900000010000000303",
)
FILE = RelationshipView(
    id="rel-1",
    vendor="Radhaus Ehrenfeld",
    subtitle="Road bike, 54 cm, used · since Mon, 1 Jun 2026",
    state="Open",
    tone=Tone.GOOD,
    standing="Confirmed your order",
    about=(
        ("What it is", "A shop"),
        ("It says", "Used road bikes in Cologne."),
        ("Address", "https://radhaus.example"),
    ),
    key=KEY,
    verified="Every message is checked against this key, kept since Mon, 1 Jun 2026.",
    terms=(
        _TERMS,
        replace(
            _TERMS,
            name="Just the service",
            came_about="From an order on. You proposed it; it was turned down on 1 Jun 2026, 09:12. (SD-BASE)",
            state="Not agreed",
            tone=Tone.NEUTRAL,
        ),
    ),
    order=_ORDER,
    held=tuple(replace(_HELD, id=str(number), what=what, value=value) for number, (what, value) in enumerate(_TOLD)),
    said=(
        Said(mine=True, text="Please ring at the second door.", when="1 Jun 2026, 11:05"),
        Said(mine=False, text="We will. The bike is ready on Thursday.", when="1 Jun 2026, 11:30"),
        Said(mine=True, text="Thank you!", when="1 Jun 2026, 11:31", state="waits to leave"),
    ),
    story=(
        StoryLine(
            day="Mon, 1 Jun 2026", time="09:12", text="You asked: road bike, 54 cm, used", about=StoryAbout.TERMS
        ),
        StoryLine(
            day="Mon, 1 Jun 2026", time="09:13", text="Signed your conditions", tone=Tone.GOOD, about=StoryAbout.TERMS
        ),
        StoryLine(
            day="Tue, 2 Jun 2026",
            time="10:00",
            text="The vendor cannot be reached.",
            tone=Tone.CAUTION,
            about=StoryAbout.TROUBLE,
        ),
    ),
    waiting=("a message of yours",),
)
FILE_LEAVING = replace(
    FILE,
    state="Leaving",
    tone=Tone.CAUTION,
    why_silent="You are leaving; nothing more is said.",
    can_end=False,
    leaving=True,
)
FILE_BARE = replace(
    FILE,
    state="Declined",
    tone=Tone.NEUTRAL,
    standing="Declined",
    terms=(),
    order=None,
    held=(),
    said=(),
    waiting=(),
    story=FILE.story[:1],
    why_silent="You can write once the vendor has signed your conditions.",
)
FILE_ALARM = replace(
    FILE,
    alarm=("The vendor's record of your order differs from yours.", "Do not pay before that is cleared up."),
    alarm_tone=Tone.BAD,
    order=replace(_ORDER, payment=(), copied=""),
)
FILE_LONG = replace(
    FILE,
    vendor=HOSTILE,
    subtitle=HOSTILE,
    about=(("It says", HOSTILE * 3),),
    said=(Said(mine=False, text=HOSTILE * 4, when="1 Jun 2026, 11:30"),),
    held=(replace(_HELD, value=HOSTILE, under=HOSTILE),),
    story=(StoryLine(day="Mon, 1 Jun 2026", time="09:12", text=HOSTILE * 2),),
    terms=(replace(_TERMS, name=HOSTILE, words=HOSTILE),),
)

_LINE = LedgerLine(
    id="1",
    what="Street and number",
    value="Lindenstraße 17",
    vendor="Radhaus Ehrenfeld",
    purpose="To deliver",
    until="Mon, 31 Aug 2026",
    until_day=739859,
    stage="Your order",
    state="Received",
    tone=Tone.NEUTRAL,
    facts=frozenset({LedgerFilter.ORDER, LedgerFilter.STILL_HELD}),
    proof=(("Told at", "1 Jun 2026, 11:02, your order"), ("It rests on", "Just the service"), ("Message", KEY)),
)
LEDGER = LedgerView(
    lines=(
        _LINE,
        replace(_LINE, id="2", what="Name", value="Ada Sommer", state="May have been disclosed", tone=Tone.CAUTION),
        replace(
            _LINE,
            id="3",
            what="Category",
            value="Bicycle",
            vendor="Zweirad Meyer",
            purpose="To make an offer",
            stage="First question",
            state="Erased, says the vendor",
            tone=Tone.GOOD,
            facts=frozenset({LedgerFilter.PING}),
        ),
    ),
    vendors=("Radhaus Ehrenfeld", "Zweirad Meyer"),
    summary="1 vendor holds something of you; 1 knows who you are.",
)
LEDGER_LONG = LedgerView(lines=(replace(_LINE, value=HOSTILE, vendor=HOSTILE, what=HOSTILE),), vendors=(HOSTILE,))

_VENDOR = VendorRow(
    id="vendor-1",
    name="Radhaus Ehrenfeld",
    kind="a shop",
    answers_for="Bicycle",
    signs="Signs your conditions",
    signs_tone=Tone.GOOD,
    checked="Mon, 1 Jun 2026",
    checked_order=1,
    about="Used road bikes in Cologne.",
    address="https://radhaus.example",
    facts=(
        ("Answers for", "Bicycle"),
        ("In", "Germany"),
        ("Signs", "My request, for making me an offer (PDC-INTENT), Just the service (SD-BASE)"),
        ("Takes", "EUR"),
    ),
    key=KEY,
    pinned="Kept since Mon, 1 Jun 2026. Should it ever show another key, nothing goes to it.",
    reached="Answers directly, accepts e-mail",
    way_lines=(
        "Answers directly  https://radhaus.example/intentcast  (Mon, 1 Jun 2026)",
        "Accepts e-mail  verkauf@radhaus.example  (Mon, 1 Jun 2026)",
    ),
    site="https://radhaus.example",
    when="https://radhaus.example was last asked on Mon, 1 Jun 2026.",
    looked_before=True,
)
_SHOP = replace(
    _VENDOR,
    id="vendor-3",
    name="Velo Nord",
    answers_for="",
    signs="Terms unknown",
    signs_tone=Tone.NEUTRAL,
    about="",
    address="",
    facts=(("Address", "https://velo-nord.example"),),
    key="",
    reached="Answers on UCP (2026-08-25), accepts e-mail",
    way_lines=(
        "Answers on UCP (2026-08-25)  https://velo-nord.example/ucp/v1  (Mon, 1 Jun 2026)",
        "Accepts e-mail  hallo@velo-nord.example  (from a list)",
    ),
    site="https://velo-nord.example",
    when="https://velo-nord.example was last asked on Mon, 1 Jun 2026.",
)
_UNASKED = replace(
    _SHOP,
    id="vendor-4",
    name="Zweirad Meyer",
    checked="never",
    checked_order=0,
    reached="Has a web page, takes letters",
    way_lines=("Has a web page  https://meyer.example  (from a list)", "Takes letters  (from a list)"),
    facts=(("Address", "https://meyer.example"),),
    site="https://meyer.example",
    when="https://meyer.example was never asked. It would see that somebody visits, and nothing of who you are.",
    looked_before=False,
)
VENDORS_SHOP = VendorsView(rows=(_SHOP, _UNASKED))
LISTED = ListedView(
    count=4711,
    words="rad",
    entries=(
        ("1", "Radwerk Süd GmbH", "Accepts e-mail, has a web page, terms unknown"),
        ("2", "Radio Köln <b>", "Accepts e-mail, takes letters, terms unknown"),
    ),
)
VENDORS = VendorsView(
    rows=(
        _VENDOR,
        replace(
            _VENDOR,
            id="vendor-2",
            name="Velo Süd",
            signs="Names conditions of its own choice",
            signs_tone=Tone.CAUTION,
            trouble="This vendor shows another key than before.",
        ),
    )
)
VENDORS_LONG = VendorsView(
    rows=(replace(_VENDOR, name=HOSTILE, about=HOSTILE, answers_for=HOSTILE, reached=HOSTILE, way_lines=(HOSTILE,)),)
)
ADDING_ERROR = "There is no vendor card at this address. The vendor may not take part yet."

SHARES = (("never", "Never"), ("ask", "Ask me"), ("coarse", "In part"), ("ok", "When needed"))
_FIELD = FieldRow(
    key="field-1",
    id="field-1",
    path="address.postcode",
    label="Postcode",
    section="Address",
    value="50674",
    share="coarse",
    share_words="In part",
    coarse="50…",
    source="from a vCard",
    known_to=("Radhaus Ehrenfeld", "Velo Süd"),
)
PROFILE = ProfileView(
    rows=(
        _FIELD,
        replace(_FIELD, key="field-2", id="field-2", path="address.locality", label="Town", value="Köln", coarse=""),
        FieldRow(key="new:birthday", path="birthday", label="Birthday", section="About me", coarse="possible"),
    ),
    shares=SHARES,
    filled=2,
)
PROFILE_EMPTY = ProfileView(rows=(PROFILE.rows[2],), shares=SHARES)
PROFILE_LONG = ProfileView(
    rows=(replace(_FIELD, value=HOSTILE, known_to=(HOSTILE, HOSTILE, HOSTILE)),), shares=SHARES, filled=1
)
SETTINGS = SettingsView(
    theme=ThemeChoice.LIGHT,
    text_percent=100,
    outbox_pause=8,
    lock_after=15,
    place="/home/sam/.local/share/vrm-desktop",
)


def _found(place: int, kind: FoundKind, title: str, text: str, vendor: str = "") -> FoundLine:
    words = found_kind_label(kind)
    return FoundLine(
        place=place,
        kind=kind,
        kind_words=words[:1].upper() + words[1:],
        title=title,
        text=text,
        vendor=vendor,
        when="Sun, 22 Nov 2026",
        order=place,
    )


FOUND = FindView(
    words="rad ehren",
    lines=(
        _found(0, FoundKind.WANT, "Used road bike, 54 cm", "Mudguards would be nice. Ehrenfeld or near."),
        _found(1, FoundKind.VENDOR, "Radhaus Ehrenfeld", "Bicycles, new and used, and a workshop."),
        _found(2, FoundKind.OFFER, "Road bike Tourer 54", "It was hardly ridden.", "Radhaus Ehrenfeld"),
        _found(3, FoundKind.TOLD, "Place", "Ehrenfeld", "Radhaus Ehrenfeld"),
        _found(4, FoundKind.TOLD, "Place", "Ehrenfeld", "Velo Süd"),
        _found(5, FoundKind.STORY, "Wrote: come to our shop in Ehrenfeld on Saturday", "", "Radhaus Ehrenfeld"),
        _found(6, FoundKind.PAPER, "Letter", "Objection to the invoice of Radhaus Ehrenfeld", "Radhaus Ehrenfeld"),
    ),
)
