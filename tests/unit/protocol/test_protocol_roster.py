"""The roster: our own entries, as shipped and as read."""

import json
from pathlib import Path

import pytest

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.ids import Digest
from vrm_desktop.domain.terms import CAST_TERMS, SERVICE_TERMS, Standing, UnknownTerms
from vrm_desktop.protocol.errors import Malformed
from vrm_desktop.protocol.roster import Roster, parse_entry
from vrm_desktop.resources_folder import resources_folder

FILES = sorted((resources_folder() / "roster").glob("*.json"))
IDS = {
    *("SD-BASE", "SD-BASE-A", "SD-BASE-AT", "SD-BASE-ATP", "SD-BASE-ATP-S3P"),
    *("SD-BASE-DP", "SD-BASE-A-DP", "SD-BASE-AT-DP", "SD-BASE-ATP-DP", "SD-BASE-ATP-S3P-DP"),
    *("PDC", "PDC-AI", "PDC-GOOD", "PDC-INTENT", "TPR", "TPR-IDENTITY-REF"),
}
PUBLISHED = {
    "PDC": "jg4pV4huI9ZukxXt-sCMKNXtA8KRzdDo2Wlr1fsgYsE",
    "PDC-AI": "Tu5cJpSsXr__jTTUBGY1oLvFsnn6d77OovHXiDJhQbA",
    "PDC-GOOD": "dXeGv5rgS_NgF6fYamigny2V7WFmyCf25zi1NfDJoVw",
    "PDC-INTENT": "nB21VlF_ecp15CnrCg4vpJwchx4p_Jviyhlc1d-H-8I",
    "SD-BASE": "ilnkvD0KUjo8o0e-E41coqapCHxs_zdZx2PM0D38Q2g",
    "SD-BASE-A": "6faH3i7DgnGT3URUj278osll0OQJuoMentXqEl7YJUI",
    "SD-BASE-A-DP": "GJz4n6f5qPaswuKhT43NMFUNTl5MGNcWd0lTgDsRWNU",
    "SD-BASE-AT": "2AdrTar5_RtrpVgwL1t3BNnx74gne45hM_4IghuplJ0",
    "SD-BASE-AT-DP": "52mMq2E6gsRInP-coHlDWGCiQzLca0uaUwYkWMkVbkc",
    "SD-BASE-ATP": "MwTI4_4VYZZkzdS_1q4l0deuhZMlKCw5D44TMvurS1o",
    "SD-BASE-ATP-DP": "ed_jP2CVpsmkWK6WKiCA3F7tGh2KcFcbhZZRIV1Qbuo",
    "SD-BASE-ATP-S3P": "Ynpd69CqGUK3ZjToeFGSnbMCM5Dxd70fpmZMETVyeqk",
    "SD-BASE-ATP-S3P-DP": "zwgyNdoxlzGnEJ4SYvuGvuX9M3gNhWlcy9qCrdoB6Ko",
    "SD-BASE-DP": "VT623Ad4-TDaLKrIzCZGAd_y5aC21NdmhPBffKhON44",
    "TPR": "Zacued-BS4FrH3kYpEKGhBAszcrHmsyTl194J2eGmd4",
    "TPR-IDENTITY-REF": "7S_blhfQb1_t8UYse1-P1BZg1jEfDn8HSUcyqmfE4Kc",
}
ENTRY: dict[str, object] = {
    "id": "X",
    "version": "1",
    "title": "t",
    "summary": "s",
    "allows": [],
    "forbids": [],
    "requires": [],
    "aliases": [],
    "official": None,
    "offered_to_vendors": True,
}


def shipped() -> Roster:
    return Roster(parse_entry(file.read_bytes()) for file in FILES)


def test_every_id_is_shipped_once_under_its_own_name() -> None:
    entries = shipped().entries
    assert {entry.id for entry in entries} == IDS == {file.stem for file in FILES}
    assert {entry.version for entry in entries} == {"1"}
    assert {entry.official for entry in entries} == {None}


def test_terms_between_people_are_not_offered_to_vendors() -> None:
    assert {entry.id for entry in shipped().entries if not entry.offered_to_vendors} == {"TPR", "TPR-IDENTITY-REF"}


def test_what_a_person_usually_proffers_forbids_what_it_should() -> None:
    roster = shipped()
    for terms in (CAST_TERMS, SERVICE_TERMS):
        assert {"analytics", "tracking", "profiling", "sharing"} <= set(roster.get(terms).forbids)


def test_portability_adds_a_duty_and_changes_nothing_else() -> None:
    roster = shipped()
    for name in [name for name in IDS if name.endswith("-DP")]:
        parent, entry = roster.get(name.removesuffix("-DP")), roster.get(name)
        assert set(entry.requires) - set(parent.requires) == {"own-data-export"}
        assert (entry.allows, entry.forbids) == (parent.allows, parent.forbids)


def test_nothing_is_both_allowed_and_forbidden_and_no_name_is_shared() -> None:
    entries = shipped().entries
    assert not [entry.id for entry in entries if set(entry.allows) & set(entry.forbids)]
    names = [name for entry in entries for name in (entry.id, *entry.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_entrys_hash_is_that_of_its_canonical_form(file: Path) -> None:
    entry = parse_entry(file.read_bytes())
    assert entry.entry == digest(strict_json.encode(json.loads(file.read_bytes())))
    assert shipped().by_hash(entry.entry) == entry == shipped().get(entry.id, entry.version)


def test_spacing_does_not_change_the_hash_and_a_word_does() -> None:
    spaced, dense = json.dumps(ENTRY, indent=4).encode(), strict_json.encode(ENTRY)
    assert parse_entry(spaced) == parse_entry(dense)
    assert parse_entry(strict_json.encode({**ENTRY, "title": "T"})).entry != parse_entry(dense).entry


def test_an_official_text_is_kept_by_its_hash() -> None:
    assert parse_entry(strict_json.encode({**ENTRY, "official": "A" * 43})).official == "A" * 43


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"id":"X"}',
        b'{"id":1.5}',
        strict_json.encode({**ENTRY, "more": 1}),
        strict_json.encode({**ENTRY, "allows": "all"}),
        strict_json.encode({**ENTRY, "official": "short"}),
    ],
)
def test_a_file_of_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        parse_entry(data)


def test_the_version_listed_last_is_current_and_older_ones_stay_known() -> None:
    first = parse_entry(strict_json.encode(ENTRY))
    second = parse_entry(strict_json.encode({**ENTRY, "version": "2"}))
    roster = Roster([first, second])
    assert roster.get("X") == second
    assert roster.get("X", "1") == first
    assert roster.entries == (second,)
    assert roster.by_hash(first.entry) == first


def test_unknown_terms_are_refused() -> None:
    roster = shipped()
    for name, version in (("SD-ALL", None), ("SD-BASE", "2")):
        with pytest.raises(UnknownTerms):
            roster.get(name, version)
    with pytest.raises(UnknownTerms):
        roster.by_hash(Digest("A" * 43))


def test_an_entry_is_listed_once() -> None:
    entry = parse_entry(strict_json.encode(ENTRY))
    with pytest.raises(Malformed):
        Roster([entry, entry])


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SD-BASE", "SD-BASE"),
        ("https://w3id.org/dpv/standards/ieee/7012#SD-BASE", "SD-BASE"),
        ("https://w3id.org/dpv/standards/p7012#PDC-INTENT", "PDC-INTENT"),
        ("PDC-TPR", "TPR"),
        ("SD-BY", "SD-BASE"),
        ("SD-BY-ATP-DP", "SD-BASE-ATP-DP"),
        ("SD-BYE", None),
        ("SD-BY-", None),
        ("sd-base", None),
        ("https://w3id.org/dpv/standards/ieee/7012#", None),
        ("", None),
    ],
)
def test_names_from_elsewhere_are_understood_where_they_are_known(name: str, meant: str | None) -> None:
    entry = shipped().named(name)
    assert (entry.id if entry else None) == meant


def test_terms_are_known_only_as_exactly_the_text_that_is_known() -> None:
    roster = shipped()
    entry = roster.get("SD-BASE")
    assert roster.standing("SD-BASE", "1", entry.entry) is Standing.KNOWN
    assert roster.standing("SD-BASE", "1", Digest("A" * 43)) is Standing.REDEFINED
    assert roster.standing("SD-BASE", "2", entry.entry) is Standing.REDEFINED
    assert roster.standing("SD-ALL", "1", entry.entry) is Standing.UNKNOWN


def test_no_published_entry_was_changed_under_its_version() -> None:
    """A person and a vendor sign these hashes: another text needs another version, in a file of its own."""
    assert {entry.id: entry.entry for entry in shipped().entries} == PUBLISHED
