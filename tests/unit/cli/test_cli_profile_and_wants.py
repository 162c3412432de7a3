"""Keeping a profile and saying wants by command: vCards, files, flags, typed lines, and what is asked back."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.command_line import CommandLine
from vrm_desktop.resources_folder import resources_folder

LINE = "used 54 cm road bike, under 800 EUR, Cologne, by friday"
DEADLINE = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
FLAGS = ("--title", "road bike", "--category", "mobility.bicycle", "--area", "DE-NW 50")


def wants(vrm: CommandLine) -> list[dict[str, Any]]:
    listed = vrm.json("intentcast", "list")["intentcasts"]
    assert isinstance(listed, list)
    return listed


def test_a_vcard_is_imported_shown_and_not_kept_twice(vrm: CommandLine) -> None:
    card = str(resources_folder() / "samples" / "person" / "ada.vcf")
    first = vrm.json("profile", "import", card)
    assert (first["imported"], first["left_out"]) == (12, [])
    assert vrm.json("profile", "import", card)["imported"] == 0
    fields = vrm.json("profile", "show")["fields"]
    assert len(fields) == 12
    assert all(field["id"] for field in fields)
    assert {"name", "email", "address.street"} <= {field["field"] for field in fields}
    assert "Ada Sommer" in vrm.run("profile", "show").output


def test_one_field_is_set_and_set_again(vrm: CommandLine) -> None:
    first = vrm.json("profile", "set", "email", "a@mail.example")["field"]
    second = vrm.json("profile", "set", "email", "b@mail.example", "--share", "never")["field"]
    assert first["id"] == second["id"]
    assert (second["value"], second["share"]) == ("b@mail.example", "never")
    assert second["updated"].endswith("Z")


@pytest.mark.parametrize(
    ("content", "code"), [(None, "file-unreadable"), (b"hello", "not-a-vcard"), (b"x" * 1_100_000, "file-unreadable")]
)
def test_a_file_that_is_no_vcard_changes_nothing(
    vrm: CommandLine, tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "card.vcf"
    if content is not None:
        path.write_bytes(content)
    ran = vrm.run("--json", "profile", "import", str(path))
    assert (ran.status, ran.json["error"]["id"]) == (1, code)
    assert vrm.json("profile", "show")["fields"] == []


def test_an_empty_profile_says_what_to_do(vrm: CommandLine) -> None:
    assert vrm.run("profile", "show").output == "Your profile is empty. Import a vCard or set a field.\n"
    assert vrm.run("profile", "set", "name", " ").status == 1


def test_a_clear_line_is_kept(vrm: CommandLine) -> None:
    want = vrm.json("intentcast", "new", LINE)["intentcast"]
    assert want["title"] == "54 cm road bike"
    assert want["category"] == "mobility.bicycle"
    assert want["attributes"] == {"frame_cm": "53-55", "type": "road"}
    assert (want["condition"], want["place"]) == ("used", "Cologne")
    assert want["area"] == {"country": "DE", "region": "DE-NW", "postal_prefix": None}
    assert want["price_cap"] == {"minor": 80000, "currency": "EUR"}
    assert want["state"] == "draft"
    assert want["made"].endswith("Z")
    assert [one["id"] for one in wants(vrm)] == [want["id"]]
    assert vrm.json("intentcast", "show", want["id"])["intentcast"] == want | {"vendors": []}


def test_a_german_line_is_kept(vrm: CommandLine) -> None:
    want = vrm.json("intentcast", "new", "gebrauchtes Rennrad 54 cm, bis 800 €, Köln, bis Freitag")["intentcast"]
    assert want["category"] == "mobility.bicycle"
    assert want["price_cap"] == {"minor": 80000, "currency": "EUR"}


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("something nice", {"category", "area"}),
        ("road bike, under 800, Cologne", {"price_cap"}),
        ("road bike, 700 EUR, Frankfurt", {"area"}),
    ],
)
def test_an_unclear_line_is_asked_back_and_nothing_is_kept(vrm: CommandLine, line: str, asked: set[str]) -> None:
    ran = vrm.run("--json", "intentcast", "new", line)
    assert ran.status == 1
    assert asked <= {question["field"] for question in ran.json["questions"]}
    assert all({"id", "field", "why", "source", "choices"} == set(question) for question in ran.json["questions"])
    assert all({"id", "field", "value", "source"} == set(chip) for chip in ran.json["chips"])
    assert ran.told.startswith("Nothing was saved yet.")
    assert wants(vrm) == []
    plain = vrm.run("intentcast", "new", line)
    assert (plain.status, plain.output) == (1, "")
    assert plain.told.count("\n") == 1 + len(ran.json["questions"])


def test_flags_answer_what_a_line_leaves_open(vrm: CommandLine) -> None:
    line = "road bike, under 800, Frankfurt"
    assert vrm.run("intentcast", "new", line).status == 1
    want = vrm.json("intentcast", "new", line, "--price-cap", "800 EUR", "--area", "DE-HE")["intentcast"]
    assert (want["area"]["region"], want["price_cap"]["minor"]) == ("DE-HE", 80000)


def test_flags_alone_say_a_want(vrm: CommandLine) -> None:
    extra = (
        "--place", "Ehrenfeld", "--details", "no carbon", "--attribute", "type=road", "--condition", "used",
        "--fulfilment", "delivered", "--quantity", "2", "--needed-by", DEADLINE, "--answers-by", DEADLINE,
        "--price-cap", "799,00 €", "--sealed",
    )  # fmt: skip
    want = vrm.json("intentcast", "new", *FLAGS, *extra)["intentcast"]
    assert want["area"] == {"country": "DE", "region": "DE-NW", "postal_prefix": "50"}
    assert (want["quantity"], want["sealed_offers"], want["fulfilment"]) == (2, True, "delivered")
    assert (want["needed_by"], want["answers_by"]) == (DEADLINE, DEADLINE)


def test_nothing_said_asks_for_what_is_needed(vrm: CommandLine) -> None:
    ran = vrm.run("--json", "intentcast", "new")
    assert ran.status == 1
    assert [question["id"] for question in ran.json["questions"]] == ["title", "category", "area"]
    assert "--category" in ran.told


def test_a_file_says_a_want_and_flags_say_it_over(vrm: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "want.json"
    path.write_text(json.dumps({"title": "bike", "category": "mobility.bicycle", "area": "DE-NW", "quantity": 3}))
    assert vrm.json("intentcast", "new", "--file", str(path))["intentcast"]["quantity"] == 3
    assert vrm.json("intentcast", "new", "--file", str(path), "--quantity", "2")["intentcast"]["quantity"] == 2


def test_what_is_shown_can_be_said_again_from_a_file(vrm: CommandLine, tmp_path: Path) -> None:
    first = vrm.json("intentcast", "new", LINE, "--details", "no carbon")["intentcast"]
    path = tmp_path / "want.json"
    path.write_text(json.dumps({key: value for key, value in first.items() if key not in {"id", "state", "made"}}))
    second = vrm.json("intentcast", "new", "--file", str(path))["intentcast"]
    own = {"id", "made"}
    assert {k: v for k, v in first.items() if k not in own} == {k: v for k, v in second.items() if k not in own}


@pytest.mark.parametrize("content", [None, "[]", '{"colour": "red"}', '{"title": 7}'])
def test_a_file_that_is_no_want_keeps_nothing(vrm: CommandLine, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "want.json"
    if content is not None:
        path.write_text(content)
    assert vrm.run("intentcast", "new", "--file", str(path)).status == 1
    assert wants(vrm) == []


@pytest.mark.parametrize(
    "words",
    [
        ("--attribute", "wings=2"),
        ("--attribute", "type=flying"),
        ("--needed-by", "2020-01-01"),
        ("--title", "x" * 121),
    ],
)
def test_a_want_that_does_not_fit_is_refused_in_one_sentence(vrm: CommandLine, words: tuple[str, ...]) -> None:
    ran = vrm.run("intentcast", "new", *FLAGS, *words)
    assert (ran.status, ran.output) == (1, "")
    assert ran.told.count("\n") == 1
    assert wants(vrm) == []


@pytest.mark.parametrize(
    "words",
    [
        ("intentcast", "show", "want-x"),
        ("intentcast", "plan", "want-x"),
        ("intentcast", "cast", "want-x"),
        ("intentcast", "withdraw", "want-x"),
        ("vendor", "show", "vendor-x"),
        ("offers", "want-x"),
        ("offer", "show", "offer-x"),
        ("offer", "accept", "offer-x"),
        ("offer", "decline", "offer-x"),
        ("offer", "counter", "offer-x", "--price", "1 EUR"),
        ("terms", "accept", "rel-x"),
        ("terms", "refuse", "rel-x"),
        ("relationship", "show", "rel-x"),
        ("relationship", "message", "rel-x", "hello"),
        ("relationship", "paid", "rel-x"),
        ("relationship", "end", "rel-x"),
    ],
)
def test_what_is_not_there_is_told_so(vrm: CommandLine, words: tuple[str, ...]) -> None:
    ran = vrm.run("--json", *words)
    assert (ran.status, ran.json["error"]["id"]) == (1, "not-found")


def test_a_want_that_nobody_answers_is_not_cast(vrm: CommandLine) -> None:
    want = vrm.json("intentcast", "new", *FLAGS)["intentcast"]
    for verb in ("plan", "cast"):
        ran = vrm.run("--json", "intentcast", verb, want["id"])
        assert (ran.status, ran.json["error"]["id"]) == (1, "nobody-to-ask")
    assert wants(vrm)[0]["state"] == "draft"


def test_a_want_is_taken_back_before_it_is_cast(vrm: CommandLine) -> None:
    want = vrm.json("intentcast", "new", *FLAGS)["intentcast"]
    assert vrm.json("intentcast", "withdraw", want["id"])["intentcast"]["state"] == "withdrawn"
    again = vrm.run("--json", "intentcast", "withdraw", want["id"])
    assert (again.status, again.json["error"]["id"]) == (1, "not-possible-now")


def test_an_empty_home_lists_nothing_and_says_how_to_begin(vrm: CommandLine) -> None:
    assert vrm.json("vendor", "list") == {"vendors": []}
    assert vrm.json("relationship", "list") == {"relationships": []}
    assert vrm.json("ledger") == {"entries": []}
    assert vrm.json("terms", "list") == {"terms": []}
    assert vrm.json("sync", "--wait", "0.1") == {"changes": [], "troubled": []}
    proof = vrm.json("journal", "verify")["journal"]
    assert (proof["messages"], proof["disclosures"], proof["sound"]) == (0, 0, True)
    for words in (("vendor", "list"), ("relationship", "list"), ("ledger",), ("terms", "list"), ("intentcast", "list")):
        assert len(vrm.run(*words).output.splitlines()) == 1


def test_everything_kept_is_found_by_words(vrm: CommandLine) -> None:
    vrm.json("profile", "set", "name", "Anna Beispiel")
    (found,) = vrm.json("find", "ANNA", "beisp")["found"]
    assert (found["kind"], found["name"], found["text"]) == ("field", "profile.name", "Anna Beispiel")
    assert "Anna Beispiel" in vrm.run("find", "anna").output
    assert vrm.json("find", "anna", "tandem")["found"] == []
    assert vrm.run("find", "tandem").output.strip() == "Nothing holds all of that."
