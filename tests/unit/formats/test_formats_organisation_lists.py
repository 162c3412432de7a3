"""Public lists: what is missing or wrong in an entry is said, what is no entry is named, the rest is taken."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.fakes.public_data import shared_data
from vrm_desktop.domain.organisation import Difficulty, EntryTrouble, HintKind
from vrm_desktop.formats.errors import NotAList
from vrm_desktop.formats.organisation_lists import LARGEST, plain_mail_address, read_organisations, read_sites
from vrm_desktop.formats.web_domains import host_of, registrable

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
WORKS: dict[str, Any] = {
    "slug": "stadtwerke",
    "relevant-countries": ["de"],
    "name": "Stadtwerke Sülzhafen GmbH",
    "address": "Am Gaswerk 4\n50937 Sülzhafen\nDeutschland",
    "email": "datenschutz@stadtwerke.example",
    "web": "https://www.stadtwerke.example/",
    "quality": "verified",
    "required-elements": [
        {"desc": "Kundennummer", "type": "input"},
        {"desc": "Fax", "type": "x", "optional": True},
    ],
    "custom-access-template": "access-tracking",
    "needs-id-document": True,
}


def lines(*values: object) -> bytes:
    """JSON Lines."""
    return "\n".join(json.dumps(value) for value in values).encode()


def troubles(**changed: object) -> set[EntryTrouble]:
    """What is said to be wrong with the entry after these changes."""
    read = read_organisations(lines(WORKS | changed), source="companies.jsonl", at=AT)
    return set(read.entries[0].troubles)


def test_an_entry_is_read_whole() -> None:
    [entry] = read_organisations(lines(WORKS), source="companies.jsonl", at=AT).entries
    assert (entry.id, entry.email, entry.required, entry.identity) == (
        "stadtwerke",
        "datenschutz@stadtwerke.example",
        ("Kundennummer",),
        True,
    )
    assert entry.template_for("access") == "access-tracking"
    assert entry.troubles == ()
    assert entry.source == "companies.jsonl"


def test_missing_and_wrong_addresses_are_said() -> None:
    trouble = EntryTrouble
    assert troubles(address="Sülzhafen") == {trouble.NO_ADDRESS}
    assert troubles(email="") == {trouble.NO_EMAIL}
    assert troubles(email="datenschutz at stadtwerke") == {trouble.WRONG_EMAIL}
    assert troubles(web="javascript:alert(1)") == {trouble.WRONG_WEB}
    assert troubles(quality="scraped") == {trouble.UNCHECKED}
    assert troubles(**{"redirect-to": "other"}) == {trouble.OBSOLETE}
    assert troubles(address="", email="") == {trouble.NO_ADDRESS, trouble.NO_EMAIL, trouble.NO_WAY}


def test_a_line_that_is_no_entry_is_named_and_the_others_stand() -> None:
    data = b"\n".join(
        (
            lines(WORKS),
            b"",
            b"{not json",
            lines([1]),
            lines({**WORKS, "slug": ""}),
            lines({**WORKS, "name": 7}),
            lines({**WORKS, "address": "x" * 9000}),
            lines({**WORKS, "required-elements": "all"}),
            lines({**WORKS, "runs": "all"}),
            b'{"slug": "' + b"x" * 70_000 + b'"}',
        )
    )
    read = read_organisations(data, source="companies.jsonl", at=AT)
    assert [one.id for one in read.entries] == ["stadtwerke"]
    assert read.refused == (3, 4, 5, 6, 7, 8, 9, 10)


def test_files_that_are_no_lists_are_refused() -> None:
    for data in (b"", b"{}", b" " * (LARGEST + 1), b"\n" * 20_001):
        with pytest.raises(NotAList):
            read_organisations(data, source="x", at=AT)
    for data in (b"", b"{}", b"[]", b"[1]", b" " * (LARGEST + 1)):
        with pytest.raises(NotAList):
            read_sites(data, HintKind.DELETE, source="x", at=AT)


def test_a_site_gives_one_hint_for_each_domain_of_its_own() -> None:
    site = {
        "name": "Shop",
        "url": "https://www.shop.example/leave",
        "difficulty": "hard",
        "domains": ["shop.example", "www.shop.example", "co.uk"],
    }
    data = json.dumps([site, {**site, "url": "shop"}, {**site, "difficulty": "?"}, {**site, "name": "Later"}]).encode()
    read = read_sites(data, HintKind.DELETE, source="sites.json", at=AT)
    [hint] = read.hints
    assert (hint.id, hint.name, hint.difficulty) == ("delete:shop.example", "Shop", Difficulty.HARD)
    assert read.refused == (2, 3)


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.shop.co.uk/a?b", "shop.co.uk"),
        ("mail@sub.shop.example", "shop.example"),
        ("SHOP.example", "shop.example"),
        ("http://192.0.2.7/", ""),
        ("https://help.shop.zendesk.com", "shop.zendesk.com"),
        ("https://zendesk.com", "zendesk.com"),
        ("co.uk", ""),
        ("localhost", ""),
        ("http://[broken", ""),
        ("https://a..example", ""),
        ("", ""),
    ],
)
def test_the_registrable_domain(address: str, domain: str) -> None:
    assert registrable(address) == domain


def test_hosts_and_mail_addresses() -> None:
    assert host_of("https://Shop.Example.:443/x") == "shop.example"
    assert plain_mail_address("a@b.example")
    assert not any(plain_mail_address(text) for text in ("a", "a@b", "@b.example", "a b@c.example", "a@b.de,c@d.e"))


def test_the_published_lists_can_be_read() -> None:
    folder = shared_data("vendors")
    companies = read_organisations((folder / "companies.jsonl").read_bytes(), source="companies.jsonl", at=AT)
    assert (len(companies.entries), companies.refused) == (3069, ())
    assert sum(EntryTrouble.NO_EMAIL in one.troubles for one in companies.entries) == 109
    data = (folder / "supervisory-authorities.jsonl").read_bytes()
    authorities = read_organisations(data, source="authorities", at=AT, authorities=True)
    assert (len(authorities.entries), authorities.refused) == (57, ())
    assert all(one.authority for one in authorities.entries)
    deletion = read_sites((folder / "account-deletion-sites.json").read_bytes(), HintKind.DELETE, source="s", at=AT)
    assert len(deletion.refused) == 3  # links without a scheme, and a domain that is a public suffix
    export = read_sites((folder / "data-export-sites.json").read_bytes(), HintKind.EXPORT, source="s", at=AT)
    assert len(export.hints) > 100
    assert registrable(companies.entries[0].web)
