"""Sample offers: the usual, none, none that fit, hostile and long text."""

from dataclasses import replace

from vrm_desktop.ui.models.offers_view import OffersView, OfferView, Weight

_BASE = OfferView(
    id="offer-1",
    vendor="Radhaus Ehrenfeld",
    total="€749.00",
    total_minor=74900,
    currency="EUR",
    price="€729.00",
    shipping="€20.00",
    breakdown="with €20.00 shipping",
    arrives="Thu 11 June",
    arrives_day=739778,
    in_time=True,
    returns="30 days",
    returns_days=30,
    warranty="2 years warranty",
    warranty_months=24,
    asks=("Name", "Address"),
    binding=True,
    valid_until="Mon 15 June",
    valid_day=739782,
    place=1,
    reasons=(
        "Lowest total of all offers that arrive by Friday.",
        "Thirty days to return it; the others give fourteen.",
        "Asks for nothing beyond what delivery needs.",
    ),
    on_accept="Accepting tells Radhaus Ehrenfeld your name and address, for delivery, until 30 June.",
)

WEIGHTS = (
    Weight(key="cost", label="Total to pay", level=4),
    Weight(key="date", label="Arrives early", level=3),
    Weight(key="returns", label="Returns", level=1),
    Weight(key="warranty", label="Warranty", level=1),
    Weight(key="privacy", label="Knows little of me", level=2),
)

OFFERS = (
    _BASE,
    replace(
        _BASE,
        id="offer-2",
        vendor="Zweirad Meyer",
        total="€765.00",
        total_minor=76500,
        price="€765.00",
        shipping="you collect it",
        breakdown="you collect it",
        arrives="Wed 10 June",
        arrives_day=739777,
        returns="14 days",
        returns_days=14,
        warranty="1 year warranty",
        warranty_months=12,
        asks=(),
        valid_until="Sun 14 June",
        valid_day=739781,
        place=2,
        reasons=("Earliest of all, and wants to know nothing.", "Costs €16.00 more than the first."),
        would_win="Would win with a total of €752.00, or if arriving early mattered most to you.",
        on_accept="Accepting tells Zweirad Meyer nothing more: you collect the bike.",
    ),
    replace(
        _BASE,
        id="offer-3",
        vendor="Velo Süd",
        total="€698.00",
        total_minor=69800,
        price="€659.00",
        shipping="€39.00",
        breakdown="with €39.00 shipping",
        arrives="Tue 16 June",
        arrives_day=739783,
        in_time=False,
        returns="14 days",
        returns_days=14,
        asks=("Name", "Address", "Phone"),
        binding=False,
        place=3,
        reasons=("Lowest total, but four days after your date.", "To be confirmed by the vendor after you accept."),
        would_win="Would win if it arrived by Fri 12 June.",
        on_accept="Accepting tells Velo Süd your name, address and phone number, for delivery, until 30 June.",
    ),
    replace(
        _BASE,
        id="offer-4",
        vendor="CityCargo Köln",
        total="€895.00",
        total_minor=89500,
        price="€895.00",
        shipping="free",
        breakdown="free shipping",
        arrives="Thu 11 June",
        warranty="3 years warranty",
        warranty_months=36,
        asks=("Name", "Address", "E-mail", "Date of birth"),
        place=4,
        reasons=("€95.00 above the most you would pay.", "Wants your date of birth, which nothing here needs."),
        would_win="Would win with a total of €741.00.",
        on_accept="Accepting tells CityCargo Köln your name, address, e-mail and date of birth, until 30 June.",
    ),
    replace(
        _BASE,
        id="offer-5",
        vendor="Nordlicht Bikes",
        total="£640.00",
        total_minor=64000,
        currency="GBP",
        price="£610.00",
        shipping="£30.00",
        breakdown="with £30.00 shipping",
        arrives="not said",
        arrives_day=None,
        in_time=None,
        returns="not said",
        returns_days=None,
        warranty="not said",
        warranty_months=None,
        binding=False,
        expired=True,
        valid_until="Sat 6 June",
        valid_day=739773,
        place=None,
        reasons=("Not ranked: in another currency than yours, and expired.",),
    ),
)

USUAL = OffersView(
    want_id="want-1",
    title="Road bike, 54 cm, used",
    summary="Within 25 km of Cologne · by Fri 12 June · up to €800.00 (only you see this)",
    standing="5 of 6 have answered; answers by Mon 8 June.",
    currency="EUR",
    limit="€800.00",
    limit_minor=80000,
    needed_by="Fri 12 June",
    offers=OFFERS,
    weights=WEIGHTS,
    new_waiting=1,
)

NONE_YET = replace(USUAL, offers=(), new_waiting=0, standing="Six vendors were asked and have until Mon 8 June.")

NONE_FIT = replace(USUAL, offers=OFFERS[2:], new_waiting=0)

MIXED = replace(
    USUAL,
    offers=(
        OFFERS[0],
        replace(OFFERS[1], came="offer by e-mail, confirmed by you"),
        replace(OFFERS[2], came="answer of a quote desk"),
    ),
)

_HOSTILE = "<b>Best</b> <img src='file:///etc/passwd'> & Söhne\u202e " + "W" * 400
LONG = replace(
    USUAL,
    title="A very particular road bicycle with a steel frame, " * 4,
    offers=(
        replace(
            _BASE,
            vendor=_HOSTILE,
            words="<a href='https://example.invalid'>click</a> " * 8,
            asks=tuple(f"A rather long field name {number}" for number in range(12)),
            reasons=tuple(f"A long reason, number {number}, that goes on and on. " * 2 for number in range(4)),
            would_win="Would win if " + "everything were different, " * 8,
            on_accept="Accepting tells them a great many things. " * 5,
        ),
        *OFFERS[1:],
    ),
)
