"""One typed line read: "used 54 cm road bike, under 800 EUR, Cologne, by Friday". English and German.

Here lives only the order of the readings; each grammar has its own file. Never here: the clock, the network, storage.
"""

from datetime import date

from vrm_desktop.domain.categories import CategoryKind
from vrm_desktop.formats.typed_line.conditions import read_condition, read_fulfilment
from vrm_desktop.formats.typed_line.dates import read_dates
from vrm_desktop.formats.typed_line.meaning import AttributeValue, Chip, Field, ParsedLine, Question, Why
from vrm_desktop.formats.typed_line.measures import Measure, find_measures, say_measures
from vrm_desktop.formats.typed_line.money import ask_bare_bounds, find_prices, settle_prices
from vrm_desktop.formats.typed_line.places import read_place
from vrm_desktop.formats.typed_line.quantity import ask_bare_number, read_quantity
from vrm_desktop.formats.typed_line.title import read_title, take_asking_words
from vrm_desktop.formats.typed_line.wants import is_a_want, read_category
from vrm_desktop.formats.typed_line.words import LONGEST_LINE, Line, cleaned


def parse(text: str, *, today: date, home_country: str | None = None) -> ParsedLine:
    """Read one line. Never raises on any text.

    Args:
        text: what the person typed; more than `LONGEST_LINE` characters are not read but asked to be shortened.
        today: the civil day where the person is.
        home_country: ISO 3166-1 alpha-2; chooses among places of one name, the country of a postcode, and "$".
    """
    if len(text) > LONGEST_LINE or len(cleaned(text)) > LONGEST_LINE:
        return ParsedLine(text="", chips=(), questions=(Question(field=Field.WHAT, why=Why.TOO_LONG),))
    line = Line(text=cleaned(text))
    prices = find_prices(line)
    measures = find_measures(line)
    read_dates(line, today)
    take_asking_words(line)
    place = read_place(line, home_country)
    read_condition(line)
    read_fulfilment(line)
    if is_a_want(line):
        _read_thing(line, measures, priced=bool(prices))
    settle_prices(line, prices, place=place, home=home_country)
    return _finished(line)


def _read_thing(line: Line, measures: tuple[Measure, ...], *, priced: bool) -> None:
    category, heads = read_category(line)
    if category is not None:
        say_measures(line, measures, category)
    read_quantity(line, category, heads, measures)
    ask_bare_bounds(line)
    if not priced:
        ask_bare_number(line, category, heads, measures)
    if category is not None and category.kind is not CategoryKind.GOODS:
        _forget(line, Field.CONDITION)
    if category is not None and category.kind in (CategoryKind.APPOINTMENT, CategoryKind.CONTRACT):
        _forget(line, Field.FULFILMENT)
    read_title(line)


def _forget(line: Line, field: Field) -> None:
    """A condition of a service, or a delivery of an appointment, says nothing that a question could carry."""
    line.chips = [chip for chip in line.chips if chip.field is not field]
    line.questions = [question for question in line.questions if question.field is not field]


def _finished(line: Line) -> ParsedLine:
    chips: list[Chip] = []
    for chip in sorted(line.chips, key=lambda chip: (list(Field).index(chip.field), chip.start)):
        key = chip.value.key if isinstance(chip.value, AttributeValue) else ""
        if line.asks(chip.field, key):
            continue
        rivals = [one for one in line.chips if one.field is chip.field and _key(one) == key and one.value != chip.value]
        if rivals:
            line.ask(chip.field, Why.CONFLICT, choices=(chip.value, *(rival.value for rival in rivals)), key=key)
        elif not any(one.field is chip.field and _key(one) == key for one in chips):
            chips.append(chip)
    return ParsedLine(text=line.text, chips=tuple(chips), questions=tuple(line.questions))


def _key(chip: Chip) -> str:
    return chip.value.key if isinstance(chip.value, AttributeValue) else ""
