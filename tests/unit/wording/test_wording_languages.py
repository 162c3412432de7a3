"""Which language is spoken, and how money, days and instants are written in it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.relationship import PaymentDetails
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import area_label, asked_value_label
from vrm_desktop.wording.catalogue import CATALOGUE, _, ngettext
from vrm_desktop.wording.languages import wished_languages
from vrm_desktop.wording.payment import payment_lines

LOCALE = resources_folder() / "locale"


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    CATALOGUE.choose((), LOCALE)


@pytest.mark.parametrize(
    ("environment", "wished"),
    [
        ({}, []),
        ({"LANG": "C"}, []),
        ({"LANG": "C.UTF-8", "LANGUAGE": "de"}, []),
        ({"LANG": "POSIX"}, []),
        ({"LANG": "de_DE.UTF-8"}, ["de_DE"]),
        ({"LANG": "de"}, ["de"]),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, ["en_GB"]),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "fr_FR"}, ["fr_FR"]),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": ""}, ["de_DE"]),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de_AT:de:en"}, ["de_AT", "de", "en", "en_US"]),
        ({"LANG": "de_DE@euro"}, ["de_DE"]),
        ({"LANG": "de-de"}, ["de_DE"]),
        ({"LANG": "../../etc"}, []),
    ],
)
def test_the_environment_is_read_as_gettext_reads_it(environment: dict[str, str], wished: list[str]) -> None:
    assert wished_languages(environment) == wished


@pytest.mark.parametrize(
    ("languages", "locale", "spoken"),
    [
        ([], "en", "name"),
        (["de_DE"], "de_DE", "Name"),
        (["de"], "de", "Name"),
        (["en_GB", "de"], "en_GB", "name"),
        (["fr", "de_AT"], "de_AT", "Name"),
        (["xx"], "en", "name"),
    ],
)
def test_the_first_language_that_is_here_is_spoken(languages: list[str], locale: str, spoken: str) -> None:
    CATALOGUE.choose(languages, LOCALE)
    assert (CATALOGUE.locale, _("name")) == (locale, spoken)


def test_without_any_catalogue_english_is_spoken(tmp_path: Path) -> None:
    CATALOGUE.choose(["de"], tmp_path)
    assert _("name") == "name"
    assert ngettext("{new} new field in your profile.", "{new} new fields in your profile.", 2).startswith(
        "{new} new f"
    )


AMOUNT = Money(minor=123_450, currency="EUR")
DAY = date(2026, 11, 27)
MOMENT = datetime(2026, 11, 27, 13, 5, tzinfo=UTC)


def test_values_follow_the_chosen_language() -> None:
    assert (values.money(AMOUNT), values.day(DAY)) == ("€1,234.50", "Fri, 27 Nov 2026")
    CATALOGUE.choose(["de_DE"], LOCALE)
    assert (values.money(AMOUNT), values.day(DAY)) == ("1.234,50 €", "Fr., 27. Nov. 2026")


def test_areas_are_told_in_the_chosen_language() -> None:
    area = Area(country="DE", region="DE-NW", postal_prefix="50")
    assert area_label(area) == "50…, North Rhine-Westphalia, Germany"
    CATALOGUE.choose(["de_DE"], LOCALE)
    assert area_label(area) == "50…, Nordrhein-Westfalen, Deutschland"
    assert asked_value_label("area", "DE-NW 50") == area_label(area)
    assert asked_value_label("area", "anywhere") == "anywhere"


@pytest.mark.parametrize("locale", ["de_ZZ", "de"])
def test_an_unknown_region_falls_back_to_its_language(locale: str) -> None:
    assert values.money(AMOUNT, locale) == "1.234,50 €"


@pytest.mark.parametrize("locale", ["zz", "zz_ZZ", "not a locale"])
def test_an_unknown_language_falls_back_to_english(locale: str) -> None:
    assert values.money(AMOUNT, locale) == "€1,234.50"


def test_currencies_keep_their_own_decimals() -> None:
    assert values.money(Money(minor=800, currency="JPY")) == "¥800"
    assert values.money(Money(minor=1234, currency="KWD")) == "KWD 1.234".replace(" ", "")


def test_an_instant_is_said_in_the_given_zone() -> None:
    assert values.instant(MOMENT, zone=UTC) == "27 Nov 2026, 13:05"
    assert values.instant(MOMENT, "de", timezone(timedelta(hours=1))) == "27. Nov. 2026, 14:05"


def test_without_a_zone_an_instant_is_said_in_the_computers_own() -> None:
    assert values.instant(MOMENT) == values.instant(MOMENT, zone=MOMENT.astimezone().tzinfo)


@pytest.mark.parametrize(
    ("pay", "told"),
    [
        (
            PaymentDetails(method="sepa-transfer", payee="Velo", iban="DE19900000010000000303", reference="Order 7"),
            ("To pay: €1,234.50", "to Velo, DE19 9000 0001 0000 0003 03", "reference: Order 7"),
        ),
        (
            PaymentDetails(method="sepa-transfer", payee="Velo", iban="DE19900000010000000303"),
            ("To pay: €1,234.50", "to Velo, DE19 9000 0001 0000 0003 03"),
        ),
        (
            PaymentDetails(method="vendor-link", link="https://velo.example/pay"),
            ("To pay: €1,234.50", "on the vendor's page: https://velo.example/pay"),
        ),
        (PaymentDetails(method="cash"), ("To pay: €1,234.50", "in cash")),
        (PaymentDetails(method="barter"), ("To pay: €1,234.50", "barter")),
    ],
)
def test_how_to_pay_is_told_ready_to_copy(pay: PaymentDetails, told: tuple[str, ...]) -> None:
    assert payment_lines(pay, AMOUNT) == told
