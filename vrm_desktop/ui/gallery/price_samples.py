"""Sample public prices and tries to buy: the usual, none, stops, hostile and long text."""

from dataclasses import replace
from datetime import date

from vrm_desktop.ui.models.prices_view import CheckoutView, Move, PricesView, PriceView, SearchView, WatchView
from vrm_desktop.ui.theme.tokens import Tone

_PAGE = PriceView(
    id="price-1",
    title="Cyclo 54 road bike, steel, 2×8",
    kind="public price",
    where="Cyclo & Söhne / cyclo.example",
    price="€779.00",
    minor=77900,
    currency="EUR",
    seen="Sun, 7 Jun 2026",
    seen_day=739774,
    beside="shipping €29.00",
    facts=(
        ("Where", "Cyclo & Söhne / cyclo.example"),
        ("What it is", "Public price, seen on Sun, 7 Jun 2026"),
        ("Shipping", "€29.00"),
        ("Condition", "New"),
        ("In stock", "Few left"),
        ("Number", "4006381333931"),
    ),
    limit="above my limit",
    limit_tone=Tone.CAUTION,
    host="cyclo.example",
    link="https://cyclo.example/p/54-steel",
    stripped=("utm_source", "gclid"),
    can_watch=True,
    watch=WatchView(
        state="Watched until Tue, 7 Jul 2026",
        watching=True,
        fallen=True,
        course=(("Mon, 1 Jun 2026", "€859.00"), ("Thu, 4 Jun 2026", "€829.00"), ("Sun, 7 Jun 2026", "€779.00")),
        minors=(85900, 82900, 77900),
    ),
)
_HIT = PriceView(
    id="price-2",
    title="Road bike, 54 cm",
    kind="price-list entry",
    where="radwelt.example",
    price="€749.00",
    minor=74900,
    currency="EUR",
    seen="Mon, 8 Jun 2026",
    seen_day=739775,
    facts=(
        ("Where", "radwelt.example"),
        ("What it is", "On the shop's price list, seen on Mon, 8 Jun 2026"),
        ("Shipping", "not said"),
    ),
    limit="within my limit",
    limit_note="before shipping",
    limit_tone=Tone.GOOD,
    host="radwelt.example",
    link="https://radwelt.example/p/1",
    can_buy=True,
)
_SAVED = replace(
    _PAGE,
    id="price-3",
    title="Randonneur frame and parts",
    where="a shop that the page does not name",
    price="€690.00 to €810.00",
    minor=69000,
    beside="without tax",
    limit="within my limit",
    limit_note="before tax",
    limit_tone=Tone.NEUTRAL,
    host="",
    link="",
    stripped=(),
    can_watch=False,
    watch=None,
)
USUAL = PricesView(
    want_id="want-1",
    today=date(2026, 6, 8),
    prices=(_PAGE, _HIT, _SAVED),
    shops=(("vendor-1", "Radwelt"),),
    searches=("Radwelt: 1 thing on its price list · Left out, as they cost more than you would pay: 3",),
)
NONE = PricesView(want_id="want-1", today=date(2026, 6, 8))
BUYING = replace(USUAL, prices=(_HIT, _PAGE, _SAVED))

CART = CheckoutView(
    id="checkout-1",
    title="1 × Road bike, 54 cm",
    shop="Radwelt",
    state="In a cart",
    tone=Tone.ACCENT,
    move=Move.TO_CHECKOUT,
    lines=(("Subtotal", "€749.00"), ("Shipping", "€4.90"), ("Autumn", "-€1.00")),
    total="€752.90",
    can_leave=True,
    said=("The shop says: Delivery within five days.",),
)
STOPPED = replace(
    CART,
    state="Waits for you",
    tone=Tone.CAUTION,
    move=Move.WAIT,
    stops=(
        "The price has changed: €769.00 now, €749.00 before.",
        "The shop's sums do not add up. Total: it says €790.00, its entries come to €772.90.",
    ),
    alarm=True,
    can_go_on=True,
    yes="Yes, go on all the same",
)
ELSEWHERE = replace(
    CART,
    state="Waits for you",
    tone=Tone.CAUTION,
    move=Move.WAIT,
    stops=("The link to pay leads to another site than the shop's: pay.invalid",),
    alarm=True,
    can_go_on=True,
    yes="Yes, I trust that site",
    leads_to="pay.invalid",
    link="https://pay.invalid/checkout/1",
)
WRONG_SIGNATURE = replace(
    CART,
    state="Waits for you",
    tone=Tone.CAUTION,
    move=Move.WAIT,
    stops=("The shop's signature is wrong: somebody may have changed what it said.",),
    alarm=True,
    can_go_on=True,
    yes="Yes, go on all the same",
)
READY = replace(
    CART,
    signed="Signed by the shop, with a key on its page about itself.",
    state="Ready for the shop's own page",
    move=Move.OPEN,
    leads_to="radwelt.example",
    link="https://radwelt.example/pay/checkout-1",
)
OUTCOME = replace(READY, state="At the shop's own page; did you buy it?", move=Move.SAY_OUTCOME)
BOUGHT = replace(
    READY,
    state="Bought",
    tone=Tone.GOOD,
    move=Move.ASK_ORDER,
    can_leave=False,
    link="",
    order=("Order 2026-118", "Subtotal: €749.00", "Wed, 10 Jun 2026  shipped  Handed to the carrier  TRK-1"),
)
REFUSED = replace(
    STOPPED,
    stops=("The shop does not do it, or its answer cannot be used.",),
    alarm=False,
    can_go_on=False,
    lines=(),
    total="",
    said=("The shop says that it does not work: " + "<b>Call us</b> " * 40,),
    trouble="The shop is not there any more. Look for it again.",
)
SEARCH = SearchView(
    shop="Radwelt",
    goes_to="api.platform.invalid",
    elsewhere=True,
    body='{"context":{"address_country":"DE","currency":"EUR"},"pagination":{"limit":50},"query":"Road bike, 54 cm"}',
    tells=(
        ("What you want", "Road bike, 54 cm"),
        ("The page about who asks", "https://many.example/ucp/2026-08-25.json"),
        ("Area", "DE"),
        ("Currency", "EUR"),
    ),
)

_HOSTILE = "<b>Best</b> <img src='file:///etc/passwd'> & Söhne\u202e " + "W" * 120
LONG = replace(
    USUAL,
    prices=(
        replace(
            _PAGE,
            title=_HOSTILE,
            where=_HOSTILE,
            facts=(("Where", _HOSTILE), *_PAGE.facts[1:]),
            link="https://cyclo.example/" + "a" * 400,
            stripped=tuple(f"a-long-parameter-{number}" for number in range(20)),
            watch=WatchView(
                state="Not watched any more: the shop did not let it be",
                watching=False,
                fallen=False,
                course=tuple((f"Mon, {day} Jun 2026", f"€{800 + day}.00") for day in range(1, 7)),
                minors=tuple(80_000 + 100 * day for day in range(1, 7)),
                trouble="The shop asks programs not to come to this page by themselves. Look at it yourself.",
            ),
        ),
        *(replace(_HIT, id=f"more-{number}", title=f"Road bike, number {number}") for number in range(60)),
    ),
)
