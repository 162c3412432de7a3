"""desk.toml: what may stand in it, and how a mistake is named."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.fakes.open_desk import sample_settings
from vrm_desktop.domain.intentcast import Fulfilment
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.vendor.account import Account
from vrm_desktop.vendor.errors import BadSettings
from vrm_desktop.vendor.settings import DeskSettings, Maintenance, Otherwise, PayMethod
from vrm_desktop.vendor.settings_file import read_settings

ROSTER = frozenset({"PDC-INTENT", "SD-BASE", "SD-BASE-A"})
FULL = """
name = "Rad"
kind = "maker"
about = "We make bikes."
email = "a@rad.example"
url = "https://rad.example"
privacy = "https://rad.example/privacy"
languages = ["de"]
categories = ["mobility.bicycle", "leisure"]
regions = ["DE-NW", "AT"]
catalogue = "bikes.csv"
[terms]
cast = ["PDC-INTENT"]
service = ["SD-BASE-A", "SD-BASE"]
otherwise = "counter"
note = "n"
[delivery]
ways = ["collected"]
price = "9.90 EUR"
days = 2
collect_days = 0
[offers]
binding = false
valid_days = 3
returns_days = 0
warranty_months = 24
lowest_percent = 80
note = "Hello"
[orders]
delivered_asks = ["profile.name"]
collected_asks = []
asks_days = 10
[payment]
methods = ["sepa-transfer", "vendor-link"]
payee = "Rad GmbH"
iban = "DE30 9000 0001 0000 0002 02"
bic = "TESTDE00XXX"
link = "https://pay.rad.example"
[pace]
terms_seconds = 1
offers_seconds = 2
orders_seconds = 3
ask_again_seconds = 4
[[maintenance]]
from = "23:30"
to = "00:30"
[limits]
conversations_per_minute = 10
messages_per_minute = 100
[product_types]
"Räder" = "mobility.bicycle"
"""


def read(text: str) -> DeskSettings:
    return read_settings(text.encode(), roster_ids=ROSTER)


def test_every_member_is_read() -> None:
    settings = read(FULL)
    assert settings.kind is OrganisationKind.MAKER
    assert settings.categories == ("mobility.bicycle", "leisure")
    assert settings.terms.otherwise is Otherwise.COUNTER
    assert settings.delivery.ways == (Fulfilment.COLLECTED,)
    assert settings.delivery.price == Money(minor=990, currency="EUR")
    assert not settings.offers.binding
    assert settings.orders.collected == ()
    assert settings.payment.account == Account(payee="Rad GmbH", iban="DE30900000010000000202", bic="TESTDE00XXX")
    assert settings.payment.methods == (PayMethod.SEPA_TRANSFER, PayMethod.VENDOR_LINK)
    assert settings.pace.orders == timedelta(seconds=3)
    assert settings.maintenance == (Maintenance(begins=time(23, 30), ends=time(0, 30)),)
    assert settings.limits.messages_per_minute == 100
    assert settings.product_types == {"Räder": "mobility.bicycle"}


def test_a_name_is_enough() -> None:
    settings = read('name = "Rad"')
    assert settings.payment.methods == (PayMethod.ON_DELIVERY,)
    assert settings.terms.cast == ("PDC-INTENT",)


@pytest.mark.parametrize("desk", ["", "rheinrad", "veedelvelo", "kettenwerk", "suedstadtrad"])
def test_the_sample_desks_are_in_order(desk: str) -> None:
    settings = sample_settings(desk)
    assert settings.payment.account is not None
    assert settings.payment.account.iban.startswith("DE")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name = ", "not TOML"),
        ("", "name has 1 to 120"),
        ("name = 3", "name is a text"),
        ('name = "x"\ncolour = "red"', "colour is not known here"),
        ('name = "x"\nkind = "pirate"', "kind is one of"),
        ('name = "x"\ncategories = ["bikes"]', "list of categories"),
        ('name = "x"\ncategories = "bikes"', "categories is a list"),
        ('name = "x"\nregions = ["Cologne"]', "regions"),
        ('name = "x"\nterms = 1', "terms is a table"),
        ('name = "x"\n[terms]\ncast = ["MINE"]', "terms.cast is a list of different words out of"),
        ('name = "x"\n[terms]\notherwise = "maybe"', "terms.otherwise is one of"),
        ('name = "x"\n[terms]\nsign = true', "terms.sign is not known"),
        ('name = "x"\n[delivery]\nways = []', "delivery.ways names at least one"),
        ('name = "x"\n[delivery]\nprice = "9.90"', "delivery.price: not an amount"),
        ('name = "x"\n[delivery]\ndays = true', "delivery.days is a whole number"),
        ('name = "x"\n[offers]\nbinding = 1', "offers.binding is true or false"),
        ('name = "x"\n[offers]\nlowest_percent = 101', "offers.lowest_percent is a whole number from 1 to 100"),
        ('name = "x"\n[payment]\nmethods = ["sepa-transfer"]', "payment.payee and payment.iban are needed"),
        ('name = "x"\n[payment]\nmethods = ["vendor-link"]', "payment.link is needed"),
        ('name = "x"\n[payment]\npayee = "X"\niban = "DE00900000010000000202"', "check digits"),
        ('name = "x"\n[payment]\niban = "DE30900000010000000202"', "payment.payee has"),
        ('name = "x"\n[payment]\npayee = "X"\niban = "DE30900000010000000202"\nbic = "X"', "payment.bic"),
        ('name = "x"\n[[maintenance]]\nfrom = "25:00"\nto = "01:00"', "times of day"),
        ('name = "x"\n[[maintenance]]\nfrom = "01:00"\nto = "01:00"', "two different times"),
        ('name = "x"\nmaintenance = 3', r"\[\[maintenance\]\]"),
        ('name = "x"\n[product_types]\na = 3', "product_types.a is a text"),
    ],
)
def test_a_mistake_is_named_by_its_member(text: str, complaint: str) -> None:
    with pytest.raises(BadSettings, match=complaint):
        read(text)


@pytest.mark.parametrize(
    ("begins", "ends", "clock", "left"),
    [
        ("02:00", "03:00", "02:30", 30),
        ("02:00", "03:00", "03:00", None),
        ("02:00", "03:00", "01:59", None),
        ("23:30", "00:30", "23:45", 45),
        ("23:30", "00:30", "00:15", 15),
        ("23:30", "00:30", "12:00", None),
    ],
)
def test_a_maintenance_window_knows_how_long_it_lasts(begins: str, ends: str, clock: str, left: int | None) -> None:
    window = Maintenance(begins=time.fromisoformat(begins), ends=time.fromisoformat(ends))
    now = datetime.fromisoformat(f"2026-11-23T{clock}:00+00:00").astimezone(UTC)
    assert window.left(now) == (timedelta(minutes=left) if left is not None else None)


def test_wishes_and_what_the_desk_does_after_an_order_are_read() -> None:
    text = """
name = "Shop"
[service]
cancel_before_shipping = true
[[wishes]]
name = "News"
fields = ["profile.email"]
purpose = "marketing"
why = "To tell you what is new."
in_return = "A check-up"
amount = "25.00 EUR"
"""
    settings = read_settings(text.encode(), roster_ids=frozenset({"PDC-INTENT", "SD-BASE"}))
    assert settings.service.cancel_before_shipping
    (wish,) = settings.wishes
    assert (wish.name, wish.fields, wish.purpose.value, wish.days) == ("News", ("profile.email",), "marketing", 365)
    assert (wish.in_return, wish.in_return_days) == ("A check-up", 14)
    assert wish.amount is not None
    assert wish.amount.minor == 2500


@pytest.mark.parametrize(
    "line",
    [
        'name = ""',
        'why = ""',
        'purpose = "rights"',
        'purpose = "fun"',
        "fields = []",
        'fields = ["Profile Email"]',
        'amount = "much"',
        "days = 0",
        'unknown = "x"',
    ],
)
def test_a_wish_that_cannot_be_made_is_refused(line: str) -> None:
    members = {"name": '"News"', "why": '"New."', "fields": '["profile.email"]'}
    key, _, value = line.partition(" = ")
    table = "\n".join(f"{name} = {text}" for name, text in {**members, key: value}.items())
    with pytest.raises(BadSettings, match=r"wishes|days|unknown|fields"):
        read_settings(f'name = "Shop"\n[[wishes]]\n{table}\n'.encode(), roster_ids=frozenset({"PDC-INTENT", "SD-BASE"}))
