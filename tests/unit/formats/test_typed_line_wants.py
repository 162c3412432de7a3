"""What is wanted, how many, in which condition and how it gets there, in a typed line."""

from datetime import date

import pytest

from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.formats.typed_line.line import parse
from vrm_desktop.formats.typed_line.meaning import AttributeValue, Field, ParsedLine, Question, Why


def _read(text: str) -> ParsedLine:
    return parse(text, today=date(2026, 11, 18))


def _asked(parsed: ParsedLine, field: Field, key: str = "") -> Question:
    return next(question for question in parsed.questions if question.field is field and question.key == key)


def test_the_line_of_the_readme_is_clear_in_both_languages() -> None:
    for text in (
        "used 54 cm road bike, under 800 EUR, Cologne, by Friday",
        "gebrauchtes Rennrad 54 cm, unter 800 EUR, Köln, bis Freitag",
    ):
        parsed = _read(text)
        assert parsed.clear
        assert parsed.category == "mobility.bicycle"
        assert dict(parsed.attributes) == {"type": "road", "frame_cm": "53-55"}
        assert parsed.condition is Condition.USED
        assert (parsed.quantity, parsed.fulfilment, parsed.answers_by) == (None, None, None)
    assert _read("used 54 cm road bike, under 800 EUR, Cologne, by Friday").title == "54 cm road bike"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("bikes", "mobility.bicycle"),
        ("Beistelltisch", "furniture.table"),
        ("fix my bike", "mobility.bicycle-repair"),
        ("repair of a washing machine", "services.repair"),
        ("Heizung kaputt", "services.heating"),
        ("paint the kitchen walls", "home.painting"),
        ("bathroom to be painted", "home.painting"),
        ("clean my windows", "services.cleaning"),
        ("dentist", "health.appointment"),
        ("looking for a bike", "mobility.bicycle"),
        ("Angebot für Gartenpflege", "services.gardening"),
        ("room with desk, hotel", "travel.hotel"),
        ("phone, not an iPhone", "electronics.phone"),
    ],
)
def test_people_name_things_in_many_ways(text: str, category: str) -> None:
    assert _read(f"{text}, Bonn").category == category


@pytest.mark.parametrize(
    ("text", "why", "choices"),
    [
        ("bike rack", Why.SEVERAL, ("mobility.bicycle", "other.goods")),
        ("dog bed", Why.SEVERAL, ("furniture.bed", "other.goods")),
        ("Klavier stimmen", Why.SEVERAL, ("leisure.instrument", "other.goods")),
        ("rent a cargo bike", Why.SEVERAL, ("mobility.bicycle", "other.service")),
        ("sofa and laptop", Why.SEVERAL, ("furniture.sofa", "electronics.laptop")),
        ("gas and electricity", Why.SEVERAL, ("energy.electricity", "energy.gas")),
        ("washing machne", Why.NOT_SAID, ("other.goods", "other.service")),
        ("headphnes", Why.MISSPELLED, ("electronics.headphones",)),
        ("Fahrradhelm", Why.NOT_SAID, ("other.goods", "other.service")),
        ("Rollstuhl", Why.NOT_SAID, ("other.goods", "other.service")),
        ("handy tool", Why.NOT_SAID, ("other.goods", "other.service")),
        ("stand for my bike", Why.NOT_SAID, ("other.goods", "other.service")),
        ("no bike", Why.NOT_SAID, ("other.goods", "other.service")),
    ],
)
def test_a_thing_that_may_be_another_is_asked_back(text: str, why: Why, choices: tuple[str, ...]) -> None:
    parsed = _read(f"{text}, Bonn")
    assert parsed.category is None
    assert not parsed.attributes
    asked = _asked(parsed, Field.CATEGORY)
    assert (asked.why, set(asked.choices)) == (why, set(choices))


@pytest.mark.parametrize("text", ["sell my bike, Bonn", "Handyvertrag kündigen, Bonn", "verkaufe Sofa, Bonn"])
def test_a_line_that_wants_nothing_is_asked_what_it_wants(text: str) -> None:
    parsed = _read(text)
    assert (parsed.title, parsed.category) == (None, None)
    assert _asked(parsed, Field.WHAT).why is Why.NOT_A_WANT


@pytest.mark.parametrize("text", ["", "?", "help", "Bonn", "800 EUR", "by Friday", "something", "gebraucht"])
def test_a_line_without_a_thing_is_asked_what_it_is(text: str) -> None:
    assert _asked(_read(text), Field.WHAT).why is Why.NOT_SAID


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "headphones, wireless, noise cancelling, over-ear",
            {"wireless": "yes", "noise_cancelling": "yes", "type": "over-ear"},
        ),
        ("headphones not wireless", {"wireless": "no"}),
        ("Kopfhörer mit Kabel, nicht In-Ear", {"wireless": "no"}),
        ("Trekkingrad, kein E-Bike", {"type": "trekking", "electric": "no"}),
        ("laptop 16 GB RAM 1 TB 14 inch", {"memory_gb": "16-31", "storage_gb": "1024-or-more", "screen_inch": "14"}),
        ("Matratze 140x200", {"width_cm": "140-159"}),
        ("table 160 x 90 cm", {"length_cm": "160-199"}),
        ("wardrobe 1,80 m", {"width_cm": "180-199"}),
        ("Dreisitzer Sofa", {"seats": "3"}),
        ("shoes size 42.5", {"size_eu": "41-43"}),
        ("Rennrad Rahmenhöhe 56", {"type": "road", "frame_cm": "56-58"}),
        ("road bike 54-55 cm", {"type": "road", "frame_cm": "53-55"}),
        ("cleaning every two weeks, 80 sqm", {"rhythm": "fortnightly", "area_m2": "80-99"}),
        ("internet 1 gbit", {"speed_mbit": "1000-or-more"}),
        ("electricity for two people", {"persons": "2"}),
        ("hotel, 2 adults, 3 nights", {"persons": "2", "nights": "3"}),
    ],
)
def test_sizes_and_kinds_become_closed_values(text: str, expected: dict[str, str]) -> None:
    assert dict(_read(f"{text}, Bonn").attributes) == expected


@pytest.mark.parametrize(
    ("text", "key", "why", "choices"),
    [
        ("tent for 3-4 people", "persons", Why.SEVERAL, ("3", "4")),
        ("road bike ca. 54 cm", "frame_cm", Why.APPROXIMATE, ("53-55",)),
        ("car, diesel or hybrid", "fuel", Why.CONFLICT, ("diesel", "hybrid")),
        ("hotel, 0 nights", "nights", Why.BARE_NUMBER, ()),
    ],
)
def test_an_unclear_size_or_kind_is_asked_back(text: str, key: str, why: Why, choices: tuple[str, ...]) -> None:
    parsed = _read(f"{text}, Bonn")
    asked = _asked(parsed, Field.ATTRIBUTE, key)
    assert key not in parsed.attributes
    assert asked.why is why
    assert asked.choices == tuple(AttributeValue(key=key, value=value) for value in choices)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("new", Condition.NEW),
        ("second-hand", Condition.USED),
        ("generalüberholtes", Condition.REFURBISHED),
        ("new or used", Condition.ANY),
        ("used ok", Condition.ANY),
        ("new, not used", Condition.NEW),
        ("Zustand egal", Condition.ANY),
    ],
)
def test_the_condition_is_read(text: str, expected: Condition) -> None:
    assert _read(f"sofa, {text}, Bonn").condition is expected


@pytest.mark.parametrize(
    ("text", "why", "choices"),
    [
        ("not used", Why.EXCLUDES_ONLY, (Condition.NEW, Condition.REFURBISHED)),
        ("nicht neu", Why.EXCLUDES_ONLY, (Condition.USED, Condition.REFURBISHED)),
        ("like new", Why.SEVERAL, (Condition.NEW, Condition.USED, Condition.REFURBISHED)),
        ("used or refurbished", Why.CONFLICT, (Condition.USED, Condition.REFURBISHED)),
    ],
)
def test_an_open_condition_is_asked_back(text: str, why: Why, choices: tuple[Condition, ...]) -> None:
    parsed = _read(f"sofa, {text}, Bonn")
    asked = _asked(parsed, Field.CONDITION)
    assert parsed.condition is None
    assert (asked.why, set(asked.choices)) == (why, set(choices))


def test_the_condition_of_a_service_says_nothing() -> None:
    parsed = _read("new plumber, Bonn")
    assert parsed.condition is None
    assert parsed.clear
    assert _read("dentist, at home, Bonn").fulfilment is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("delivered", Fulfilment.DELIVERED),
        ("Selbstabholer", Fulfilment.COLLECTED),
        ("vor Ort", Fulfilment.ON_SITE),
        ("Abholung oder Lieferung", Fulfilment.ANY),
        ("delivered, no pickup", Fulfilment.DELIVERED),
    ],
)
def test_how_it_gets_there_is_read(text: str, expected: Fulfilment) -> None:
    assert _read(f"sofa, {text}, Bonn").fulfilment is expected


def test_two_ways_that_exclude_each_other_are_asked_back() -> None:
    assert _asked(_read("sofa, delivered, vor Ort, Bonn"), Field.FULFILMENT).why is Why.CONFLICT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 chairs", 4),
        ("two used office chairs", 2),
        ("zwei Stühle", 2),
        ("3x monitor", 3),
        ("Drucker, 2 Stück", 2),
        ("2 tickets for the opera", 2),
        ("a chair", None),
        ("paint two rooms", None),
        ("3-person tent", None),
        ("iPhone 15", None),
    ],
)
def test_how_many_is_read_only_where_things_are_counted(text: str, expected: int | None) -> None:
    assert _read(f"{text}, Bonn").quantity == expected


def test_two_counts_are_asked_back() -> None:
    parsed = _read("Drucker, 2 Stück, 3 Stück, Bonn")
    assert parsed.quantity is None
    assert _asked(parsed, Field.QUANTITY).choices == (2, 3)
