"""Where, in a typed line."""

from datetime import date

import pytest

from vrm_desktop.domain.regions import Area
from vrm_desktop.formats.typed_line.line import parse
from vrm_desktop.formats.typed_line.meaning import Field, ParsedLine, Place, Question, Why

TODAY = date(2026, 11, 18)


def _read(text: str, home: str | None = None) -> ParsedLine:
    return parse(text, today=TODAY, home_country=home)


def _asked(parsed: ParsedLine) -> Question:
    return next(question for question in parsed.questions if question.field is Field.AREA)


@pytest.mark.parametrize(
    ("text", "code", "prefix"),
    [
        ("bike in Cologne", "DE-NW", None),
        ("bike koeln", "DE-NW", None),
        ("bike, Munchen", "DE-BY", None),
        ("Fahrrad 50667 Köln", "DE-NW", "50"),
        ("Fahrrad in 8010 Graz", "AT-6", "80"),
        ("bike, EH8 Edinburgh", "GB-SCT", "EH"),
        ("bike, Munich, Bavaria", "DE-BY", None),
        ("bike, Germany, Bonn", "DE-NW", "53"),
        ("bike, Frankfurt (Oder)", "DE-BB", "15"),
        ("bike in Bath", "GB-ENG", "BA"),
        ("Fahrrad in Essen", "DE-NW", "45"),
        ("bike in Portland, OR", "US-OR", "97"),
        ("bike, Manchester M14", "GB-ENG", "M"),
        ("bike, D-50667", "DE", "50"),
        ("deutschlandweit oder Raum Bonn Fahrrad", "DE-NW", "53"),
    ],
)
def test_a_known_place_is_a_coarse_area(text: str, code: str, prefix: str | None) -> None:
    place = _read(text).place
    assert place is not None
    assert (place.area.code, place.area.postal_prefix) == (code, prefix)


@pytest.mark.parametrize(
    ("text", "why", "source"),
    [
        ("bike", Why.NOT_SAID, ""),
        ("bike, Frankfurt", Why.SEVERAL, "Frankfurt"),
        ("bike, Cambridge", Why.SEVERAL, "Cambridge"),
        ("bike, Bonn or Cologne", Why.SEVERAL, "Bonn or Cologne"),
        ("bike in Kleinkleckersdorf", Why.UNKNOWN_PLACE, "Kleinkleckersdorf"),
        ("bike, Colonge", Why.MISSPELLED, "Colonge"),
        ("bike in Hamburgg", Why.MISSPELLED, "Hamburgg"),
        ("bike in Paris, TX", Why.UNKNOWN_PLACE, "Paris, TX"),
        ("bike, 80331 Köln", Why.CONFLICT, "80331 Köln"),
        ("bike, 9999 Cologne", Why.CONFLICT, "9999 Cologne"),
        ("bike, 99999 Bonn", Why.CONFLICT, "99999 Bonn"),
        ("Tisch zum Essen", Why.NOT_SAID, ""),
        ("nice bike to buy", Why.NOT_SAID, ""),
        ("bike, 50667", Why.NOT_SAID, ""),
    ],
)
def test_an_unclear_place_is_asked_back(text: str, why: Why, source: str) -> None:
    parsed = _read(text)
    assert parsed.place is None
    assert (_asked(parsed).why, _asked(parsed).source) == (why, source)


def test_home_chooses_among_places_of_one_name_and_reads_postcodes() -> None:
    cambridge = _read("bike, Cambridge", "GB").place
    assert cambridge == Place(name="Cambridge", area=Area(country="GB", region="GB-ENG", postal_prefix="CB"))
    postcode = _read("bike, 50667", "DE").place
    assert postcode == Place(name="50667", area=Area(country="DE", postal_prefix="50"))
    outward = _read("bike, SW1A 1AA, £50", "GB").place
    assert outward == Place(name="SW1A 1AA", area=Area(country="GB", postal_prefix="SW"))


def test_a_misspelled_place_offers_the_right_one() -> None:
    (choice,) = _asked(_read("bike, Colonge")).choices
    assert isinstance(choice, Place)
    assert choice.name == "Cologne"


def test_no_chip_is_finer_than_the_start_of_a_postcode() -> None:
    parsed = _read("Fahrrad, Domkloster 4, 50667 Köln")
    assert parsed.place == Place(name="Köln", area=Area(country="DE", region="DE-NW", postal_prefix="50"))
