"""vCards as programs really write them: both versions, folds, escapes, groups, and files that are none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.domain.profile import FIELD_LENGTH, FieldPath
from vrm_desktop.formats.errors import NotAVCard
from vrm_desktop.formats.vcard import Card, CardField, read_vcard
from vrm_desktop.resources_folder import resources_folder


def card(*lines: str, version: str = "4.0") -> bytes:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def values(read: Card) -> dict[FieldPath, list[str]]:
    found: dict[FieldPath, list[str]] = {}
    for field in read.fields:
        found.setdefault(field.path, []).append(field.value)
    return found


def test_the_sample_person_is_read_whole() -> None:
    read = read_vcard((resources_folder() / "samples" / "person" / "ada.vcf").read_bytes())
    assert read.left_out == ()
    assert values(read) == {
        FieldPath.NAME: ["Ada Sommer"],
        FieldPath.GIVEN_NAME: ["Ada"],
        FieldPath.SURNAME: ["Sommer"],
        FieldPath.EMAIL: ["ada.sommer@mail.example"],
        FieldPath.PHONE: ["+49 221 5550142"],
        FieldPath.STREET: ["Lindenstraße 17"],
        FieldPath.LOCALITY: ["Köln"],
        FieldPath.REGION: ["NW"],
        FieldPath.POSTCODE: ["50674"],
        FieldPath.COUNTRY: ["DE"],
        FieldPath.BIRTHDAY: ["1989-04-12"],
        FieldPath.LANGUAGE: ["de"],
    }


def test_version_3_with_groups_types_and_escapes() -> None:
    read = read_vcard(
        card(
            "N:Sommer\\, geb. Winter;Ada;Maria;Dr.;",
            "FN:Dr. Ada Sommer",
            "item1.EMAIL;TYPE=INTERNET,HOME,pref:ada@mail.example",
            "item1.X-ABLabel:Privat",
            "TEL;TYPE=WORK;TYPE=VOICE:+49 221 1",
            "ADR;TYPE=HOME:;;Lindenstr. 17\\nHinterhaus;Köln;;50674;Deutschland",
            "ORG:Firma\\; Söhne;Abteilung",
            "NOTE:eins\\nzwei\\; drei\\\\vier",
            "BDAY:1989-04-12T00:00:00Z",
            "PHOTO;ENCODING=b;TYPE=JPEG:AAAA",
            version="3.0",
        )
    )
    assert (
        CardField(path=FieldPath.EMAIL, value="ada@mail.example", contexts=("private",), preferred=True) in read.fields
    )
    assert CardField(path=FieldPath.PHONE, value="+49 221 1", contexts=("work",)) in read.fields
    found = values(read)
    assert found[FieldPath.SURNAME] == ["Sommer, geb. Winter"]
    assert found[FieldPath.STREET] == ["Lindenstr. 17, Hinterhaus"]
    assert found[FieldPath.COUNTRY] == ["DE"]
    assert found[FieldPath.ORGANIZATION] == ["Firma; Söhne, Abteilung"]
    assert found[FieldPath.NOTE] == ["eins, zwei; drei\\vier"]
    assert found[FieldPath.BIRTHDAY] == ["1989-04-12"]
    assert read.left_out == ("X-ABLABEL", "PHOTO")


def test_version_4_with_preferences_and_uri_phones() -> None:
    read = read_vcard(
        card(
            "FN;PREF=1:Ada Sommer",
            "FN:Ada S.",
            'TEL;VALUE=uri;TYPE="voice,home":tel:+49-221-555',
            "EMAIL;PREF=2;TYPE=work:ada@work.example",
            "BDAY:--0412",
            "ADR;TYPE=home:Postfach 7;2. OG;Str. 1\\, Hof;Köln\\;Deutz;;50674;Atlantis",
        )
    )
    assert CardField(path=FieldPath.NAME, value="Ada Sommer", preferred=True) in read.fields
    assert CardField(path=FieldPath.PHONE, value="+49-221-555", contexts=("private",)) in read.fields
    assert CardField(path=FieldPath.EMAIL, value="ada@work.example", contexts=("work",)) in read.fields
    found = values(read)
    assert found[FieldPath.STREET] == ["Str. 1, Hof, 2. OG, Postfach 7"]
    assert found[FieldPath.LOCALITY] == ["Köln;Deutz"]
    assert found[FieldPath.COUNTRY] == ["Atlantis"]
    assert read.left_out == ("BDAY",)


def test_commas_that_should_have_been_escaped_cut_nothing_off() -> None:
    read = read_vcard(card("FN:Sommer, Ada", "NOTE:Ring twice, please; second door", "URL:https://a.example/?b=1,2;c"))
    assert values(read) == {
        FieldPath.NAME: ["Sommer, Ada"],
        FieldPath.NOTE: ["Ring twice, please; second door"],
        FieldPath.LINK: ["https://a.example/?b=1,2;c"],
    }


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:K\xc3\xb6l\r\n n\r\nEND:VCARD\r\n",
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:K\xc3\r\n \xb6ln\r\nEND:VCARD\r\n",
        b"BEGIN:VCARD\nVERSION:4.0\nFN:K\xc3\xb6l\n\tn\nEND:VCARD\n",
        b"BEGIN:VCARD\rVERSION:4.0\rFN:K\xc3\xb6ln\rEND:VCARD\r",
        b"\xef\xbb\xbfBEGIN:VCARD\r\nVERSION:4.0\r\nFN:K\xc3\xb6ln\r\nEND:VCARD",
        b"begin:vcard\r\nversion:4.0\r\nfn:K\xc3\xb6ln\r\nend:vcard\r\n",
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:K=C3=B6ln\r\nEND:VCARD\r\n",
    ],
    ids=["fold", "fold inside a character", "bare line feeds", "old Mac", "byte order mark", "lower case", "quoted"],
)
def test_however_the_lines_are_written_the_name_is_the_same(data: bytes) -> None:
    assert values(read_vcard(data)) == {FieldPath.NAME: ["Köln"]}


def test_a_card_with_the_parts_of_a_name_only_gets_the_whole_one() -> None:
    assert values(read_vcard(card("N:Sommer;Ada;;;", version="3.0")))[FieldPath.NAME] == ["Ada Sommer"]


def test_short_structures_are_read_as_far_as_they_go() -> None:
    read = read_vcard(card("N:Sommer", "ADR:;;Lindenstr. 17"))
    assert values(read) == {
        FieldPath.NAME: ["Sommer"],
        FieldPath.SURNAME: ["Sommer"],
        FieldPath.STREET: ["Lindenstr. 17"],
    }


def test_only_the_first_of_several_cards_is_taken() -> None:
    two = card("FN:Ada") + card("FN:Bob")
    assert values(read_vcard(two)) == {FieldPath.NAME: ["Ada"]}


def test_a_card_inside_a_card_is_left_alone() -> None:
    read = read_vcard(card("FN:Ada", "BEGIN:VCARD", "FN:Joe", "END:VCARD", "NOTE:hers"))
    assert values(read) == {FieldPath.NAME: ["Ada"], FieldPath.NOTE: ["hers"]}


def test_what_a_screen_would_obey_is_taken_out() -> None:
    assert values(read_vcard(card("FN:Ada\x1b[31m\x07 Sommer")))[FieldPath.NAME] == ["Ada, [31m, Sommer"]


def test_a_value_that_is_too_long_is_named_and_not_cut() -> None:
    read = read_vcard(card("FN:Ada", f"NOTE:{'x' * (FIELD_LENGTH + 1)}"))
    assert values(read) == {FieldPath.NAME: ["Ada"]}
    assert read.left_out == ("NOTE",)


def test_the_same_value_twice_is_one_field() -> None:
    assert len(read_vcard(card("FN:Ada", "FN:Ada")).fields) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"\x00" * 40,
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada\r\n",
        b"BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD\r\n",
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ada\r\nEND:VCARD\r\n",
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:K\xf6ln\r\nEND:VCARD\r\n",
        card("UID:1"),
        card("FN:", "EMAIL:"),
        card(*["NOTE:x"] * 2001),
    ],
)
def test_what_is_not_a_usable_card_is_refused(data: bytes) -> None:
    with pytest.raises(NotAVCard):
        read_vcard(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_card_or_refused(data: bytes) -> None:
    for wrapped in (data, b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:" + data + b"\r\nEND:VCARD\r\n"):
        try:
            read = read_vcard(wrapped)
        except NotAVCard:
            continue
        assert all(0 < len(field.value) <= FIELD_LENGTH for field in read.fields)
        assert all(field.value.isprintable() for field in read.fields)


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=60))
def test_a_value_escaped_by_the_book_comes_back_as_it_was(text: str) -> None:
    written = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    found = values(read_vcard(card(f"FN:{written}", f"ADR:;;{written};Köln;;;")))
    assert found[FieldPath.NAME] == [text]
    assert found[FieldPath.STREET] == [text]


def test_a_megabyte_on_one_line_is_no_trouble(tmp_path: Path) -> None:
    read = read_vcard(card("FN:Ada", "ADR:" + ";" * 500_000, "NOTE:" + "a;,\\" * 100_000))
    assert values(read) == {FieldPath.NAME: ["Ada"]}
