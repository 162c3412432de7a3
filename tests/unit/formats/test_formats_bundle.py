"""A dispute bundle is whole or is refused: by the program, and by the one-file verifier that shares no line with it."""

import importlib.util
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from tests.fakes.disputed import MADE, NEW_DESK, Dispute, Members, card, spoken, unpacked
from tests.fakes.disputed_orders import ordered
from tests.fakes.two_sides import TwoSides
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.ids import Digest
from vrm_desktop.formats.bundle.checking import check_bundle
from vrm_desktop.formats.bundle.contents import MANIFEST, MESSAGES, SIGNATURE, VALUES, Contents
from vrm_desktop.formats.bundle.errors import BundleDamaged, BundleFalse, BundleTooNew, Finding
from vrm_desktop.formats.bundle.writing import LARGEST, entry_bytes, packed, plain_name, write_bundle
from vrm_desktop.formats.errors import FormatError
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.sealing import Sealed
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.wiring import load_roster

VERIFIER = Path(__file__).parents[3] / "docs" / "examples" / "verify_bundle.py"
LINES = 18


@cache
def dispute() -> Dispute:
    return Dispute()


@cache
def whole() -> bytes:
    return dispute().bundle(*dispute().values())


@cache
def verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_bundle", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def refused(data: bytes, folder: Path) -> FormatError:
    """What the program says; the one-file verifier refuses too."""
    file = folder / "bundle.zip"
    file.write_bytes(data)
    with pytest.raises(verifier().FALSE):
        verifier().main(str(file))
    with pytest.raises(FormatError) as caught:
        check_bundle(data)
    return caught.value


def finding(data: bytes, folder: Path) -> Finding:
    error = refused(data, folder)
    assert isinstance(error, BundleFalse), error
    return error.finding


def in_lines(change: Callable[[list[bytes]], object]) -> Callable[[Members], None]:
    """A change of the messages' lines."""

    def apply(members: Members) -> None:
        lines = members[MESSAGES].splitlines()
        change(lines)
        members[MESSAGES] = b"".join(line + b"\n" for line in lines)

    return apply


def in_line(index: int, **members: object) -> Callable[[Members], None]:
    def change(lines: list[bytes]) -> None:
        lines[index] = strict_json.encode({**json.loads(lines[index]), **members})

    return in_lines(change)


def parts(index: int) -> list[str]:
    row = json.loads(unpacked(whole())[MESSAGES].splitlines()[index])
    return str(row["jws"]).split(".")


def test_a_whole_bundle_proves_who_said_what_and_what_was_agreed() -> None:
    found = check_bundle(whole())
    assert (found.person_messages, found.vendor_messages, found.unshown) == (11, 7, 0)
    assert [roster for roster, _, _ in found.agreements] == ["PDC-INTENT", "SD-BASE"]
    assert found.order is not None
    assert found.record_fits
    assert len(found.vendor_kids) == 2
    assert {one.name: one.value for one in found.values}["want.place"] == "Bielefeld"


def test_the_same_contents_and_moment_give_the_same_bytes() -> None:
    again = Dispute()
    assert again.bundle(*again.values()) == whole()


def test_values_that_were_erased_or_not_chosen_stay_digests_and_the_proof_stays_whole(tmp_path: Path) -> None:
    one = dispute().values()[0]
    for data, shown in ((dispute().bundle(), 0), (dispute().bundle(one), 1)):
        found = check_bundle(data)
        assert (len(found.values), found.unshown) == (shown, 7 - shown)
        for value in (Disclosure.from_text(other.text).value for other in dispute().values() if other != one):
            encoded = base64url.encode(value.encode())
            for name, member in unpacked(data).items():
                assert value.encode() not in member, name
                assert encoded.encode() not in member, name
    (tmp_path / "bundle.zip").write_bytes(dispute().bundle())
    verifier().main(str(tmp_path / "bundle.zip"))


def test_the_verifier_is_one_short_file_that_runs_by_itself(tmp_path: Path) -> None:
    text = VERIFIER.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 200
    assert "vrm_desktop" not in text
    file = tmp_path / "bundle.zip"
    file.write_bytes(whole())

    def run() -> tuple[int, str]:
        command = (sys.executable, "-I", str(VERIFIER), str(file))
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert not done.stderr
        return done.returncode, done.stdout

    status, said = run()
    assert status == 0, said
    assert "11 messages of the customer and 7 of Radhaus Beispiel" in said
    file.write_bytes(dispute().remade(whole(), in_lines(lambda lines: lines.pop(4))))
    status, said = run()
    assert (status, said.startswith("NOT WHOLE")) == (1, True)


@pytest.mark.parametrize("name", sorted(unpacked(Dispute().bundle(*Dispute().values()))))
def test_no_file_inside_can_be_changed_removed_or_renamed_without_its_manifest(name: str, tmp_path: Path) -> None:
    members = unpacked(whole())
    for place in (0, len(members[name]) // 2, len(members[name]) - 1):
        data = bytearray(members[name])
        data[place] ^= 1
        refused(packed({**members, name: bytes(data)}), tmp_path)
    without = {other: data for other, data in members.items() if other != name}
    refused(packed(without), tmp_path)
    refused(packed({**without, f"x{name}": members[name]}), tmp_path)


def test_no_file_can_be_slipped_in_or_stand_twice(tmp_path: Path) -> None:
    members = unpacked(whole())
    refused(packed({**members, "letters/2-more.txt": b"more"}), tmp_path)
    out = BytesIO(whole())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("story.txt", members["story.txt"])
    refused(out.getvalue(), tmp_path)


@pytest.mark.parametrize("index", range(LINES))
def test_a_message_changed_in_any_part_is_found(index: int, tmp_path: Path) -> None:
    header, payload, signature = parts(index)
    row = json.loads(unpacked(whole())[MESSAGES].splitlines()[index])
    other = "vendor" if row["side"] == "person" else "person"
    flipped = base64url.decode(payload).replace(b'"seq":', b'"sfq":', 1)
    wrong_key = strict_json.encode({"alg": "Ed25519", "kid": NEW_DESK.kid[::-1], "typ": "intentcast-message"})
    changes: tuple[dict[str, object], ...] = (
        {"jws": f"{header}.{payload}.{_turned(signature)}"},
        {"jws": f"{header}.{base64url.encode(flipped)}.{signature}"},
        {"jws": f"{_turned(header)}.{payload}.{signature}"},
        {"jws": f"{base64url.encode(wrong_key)}.{payload}.{signature}"},
        {"jws": f"{header}.{payload}"},
        {"jws": "ö"},
        {"number": row["number"] + 1},
        {"number": "1"},
        {"side": other},
        {"side": "judge"},
    )
    for change in changes:
        refused(dispute().remade(whole(), in_line(index, **change)), tmp_path)


def _turned(text: str) -> str:
    data = bytearray(base64url.decode(text))
    data[len(data) // 2] ^= 1
    return base64url.encode(bytes(data))


@pytest.mark.parametrize("index", range(LINES - 1))
def test_a_message_missing_before_the_last_is_found(index: int, tmp_path: Path) -> None:
    assert finding(dispute().remade(whole(), in_lines(lambda lines: lines.pop(index))), tmp_path) in {
        Finding.MISSING,
        Finding.KEY,
        Finding.FOREIGN,
    }


@pytest.mark.parametrize("index", range(LINES - 1))
def test_two_messages_in_another_order_are_found(index: int, tmp_path: Path) -> None:
    def swap(lines: list[bytes]) -> None:
        lines[index], lines[index + 1] = lines[index + 1], lines[index]

    assert finding(dispute().remade(whole(), in_lines(swap)), tmp_path) is not Finding.CHANGED


@pytest.mark.parametrize("index", range(LINES))
def test_a_message_said_twice_is_found(index: int, tmp_path: Path) -> None:
    data = dispute().remade(whole(), in_lines(lambda lines: lines.insert(index + 1, lines[index])))
    assert finding(data, tmp_path) in {Finding.REORDERED, Finding.KEY, Finding.FOREIGN}


@pytest.mark.parametrize("index", range(LINES))
def test_a_message_of_another_conversation_is_found(index: int, tmp_path: Path) -> None:
    """The same keys, another conversation: every signature holds."""
    other = TwoSides().revealed()
    foreign: list[Sealed] = [other.tell_desk(messages.Message(**other.person.stamp(), text=str(n))) for n in range(12)]
    theirs = [other.tell_person(messages.Message(**other.desk.stamp(), text=str(n))) for n in range(12)]
    row = json.loads(unpacked(whole())[MESSAGES].splitlines()[index])
    stranger = (foreign if row["side"] == "person" else theirs)[row["number"]].envelope.jws
    finding(dispute().remade(whole(), in_line(index, jws=stranger)), tmp_path)


def test_what_the_vendor_said_last_is_the_one_thing_that_a_maker_can_leave_off(tmp_path: Path) -> None:
    """No offline check can know of it; the file's own manifest does, unless its maker made it anew."""
    shorter = unpacked(whole())
    in_lines(lambda lines: lines.pop())(shorter)
    refused(packed(shorter), tmp_path)
    assert check_bundle(dispute().remade(whole(), in_lines(lambda lines: lines.pop()))).vendor_messages == 6


def test_a_vendors_key_counts_only_where_its_card_vouches_for_it(tmp_path: Path) -> None:
    contents, signer = dispute().contents, dispute().two.person.signer
    stranger = SeedSigner(b"s" * 32)
    for cards in ((), (dispute().cards[0],), (card(NEW_DESK, 2),), (card(NEW_DESK, 2, stranger),)):
        assert finding(write_bundle(contents(cards=cards), made=MADE, signer=signer), tmp_path) is Finding.KEY
    forged = dispute().cards[1].replace(b"Radhaus", b"Radhau5")
    assert finding(write_bundle(contents(cards=(forged,)), made=MADE, signer=signer), tmp_path) is Finding.KEY
    for nothing in (b"[]", b"{"):
        assert finding(write_bundle(contents(cards=(nothing,)), made=MADE, signer=signer), tmp_path) is Finding.KEY


def test_a_bundle_that_another_key_than_the_persons_sealed_is_refused(tmp_path: Path) -> None:
    forged = write_bundle(dispute().contents(), made=MADE, signer=NEW_DESK)
    assert finding(forged, tmp_path) is Finding.MANIFEST


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"conversation":"', b'"conversation":"A'),
        (b'"vendor":["', b'"vendor":["A'),
        (b'"messages":{"person":11', b'"messages":{"person":12'),
        (b'"made":"2027-01-05', b'"made":"2027-13-05'),
        (b'"magic":"vrm-bundle"', b'"magic":"vrm-handle"'),
        (b'"format":1', b'"fermat":1'),
        (b'"bytes":', b'"bites":'),
    ],
)
def test_a_manifest_that_says_something_else_is_refused_though_it_is_signed(
    old: bytes, new: bytes, tmp_path: Path
) -> None:
    members = unpacked(whole())
    manifest = members.pop(MANIFEST)
    assert old in manifest
    members.pop(SIGNATURE)
    data = dispute().signed(members, manifest.replace(old, new, 1))
    if old in {
        b'"made":"2027-01-05',
        b'"format":1',
    }:  # the small verifier takes a day for a text, and asks what it needs
        with pytest.raises(BundleDamaged):
            check_bundle(data)
    else:
        refused(data, tmp_path)


def test_a_shown_value_fits_the_message_that_it_rode_beside_and_no_other(tmp_path: Path) -> None:
    rows = unpacked(whole())[VALUES].splitlines(keepends=True)
    first, last = json.loads(rows[0]), json.loads(rows[-1])
    salt, name, _ = json.loads(base64url.decode(first["text"]))
    lie = base64url.encode(strict_json.encode([salt, name, "another value"]))
    for data in (
        strict_json.encode({**first, "message": last["message"]}),
        strict_json.encode({**first, "text": lie}),
        strict_json.encode({**first, "text": "!"}),
        rows[0] + rows[0],
        b"{}",
        b"[",
    ):
        told = data if data.endswith(b"\n") else data + b"\n"
        assert finding(dispute().remade(whole(), lambda one, told=told: one.update({VALUES: told})), tmp_path) is (  # type: ignore[misc]
            Finding.VALUE
        )


@pytest.mark.parametrize("folder", ["agreements", "orders"])
def test_a_document_that_stood_in_no_message_is_found(folder: str, tmp_path: Path) -> None:
    name = next(one for one in unpacked(whole()) if one.startswith(folder))
    expected = Finding.AGREEMENT if folder == "agreements" else Finding.ORDER
    document = json.loads(unpacked(whole())[name])
    signatures = document["signatures"]
    turned = [{**signatures[0], "signature": _turned(signatures[0]["signature"])}, *signatures[1:]]
    changes: tuple[dict[str, object], ...] = (
        {"signatures": turned},
        {"signatures": []},
        {"payload": base64url.encode(b"{}")},
        {"payload": 1},
    )
    for changed in changes:
        data = strict_json.encode({**document, **changed})
        told = dispute().remade(whole(), lambda one, data=data: one.update({name: data}))  # type: ignore[misc]
        assert finding(told, tmp_path) is expected
    moved = dispute().remade(whole(), lambda one: one.update({f"{folder}/{'A' * 43}.json": one.pop(name)}))
    assert finding(moved, tmp_path) is expected


def test_the_published_text_goes_in_word_for_word_and_no_other(tmp_path: Path) -> None:
    entry = load_roster().get("PDC-INTENT")
    data = entry_bytes(entry)
    assert Digest(digest(data)) == entry.entry
    slipped = dispute().remade(whole(), lambda one: one.update({f"terms/{entry.entry}.json": data}))
    assert finding(slipped, tmp_path) is Finding.AGREEMENT


def test_a_vendor_that_confirms_another_record_is_shown_to_contradict_itself(tmp_path: Path) -> None:
    two = TwoSides().revealed()
    message, offered = two.offer()
    order = ordered(two, message, offered, record=Digest("R" * 43))
    contents = Contents(
        vendor="Radhaus",
        person_kids=two.person.conversation.own_kids,
        vendor_kids=two.person.conversation.peer_kids,
        conversation=two.person.conversation.id,
        spoken=spoken(two),
        orders=(order,),
    )
    data = write_bundle(contents, made=MADE, signer=two.person.signer)
    found = check_bundle(data)
    assert (found.record_fits, found.order) == (False, None)
    (tmp_path / "bundle.zip").write_bytes(data)
    verifier().main(str(tmp_path / "bundle.zip"))


def test_a_bundle_of_letters_alone_is_whole() -> None:
    signer = SeedSigner(b"p" * 32)
    contents = Contents(
        vendor="Stadtwerke",
        person_kids=(signer.kid,),
        vendor_kids=(),
        conversation=None,
        spoken=(),
        letters={"access.txt": b"Dear all,"},
    )
    found = check_bundle(write_bundle(contents, made=MADE, signer=signer))
    assert (found.person_messages, found.vendor_messages, found.agreements) == (0, 0, ())


def test_a_newer_programs_bundle_says_what_is_needed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    members = unpacked(whole())
    manifest = json.loads(members.pop(MANIFEST))
    members.pop(SIGNATURE)
    newer = dispute().signed(members, strict_json.encode({**manifest, "needs": 2, "format": 2}))
    with pytest.raises(BundleTooNew) as caught:
        check_bundle(newer)
    assert caught.value.needs == "format 2"
    (tmp_path / "bundle.zip").write_bytes(newer)
    with pytest.raises(SystemExit) as left:
        verifier().main(str(tmp_path / "bundle.zip"))
    assert left.value.code == 2
    assert "A newer program made this bundle" in capsys.readouterr().out


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", packed({"story.txt": b""}), whole()[:-30]])
def test_what_is_no_bundle_is_refused(data: bytes, tmp_path: Path) -> None:
    assert isinstance(refused(data, tmp_path), BundleDamaged)


def test_names_of_attachments_are_made_harmless() -> None:
    assert plain_name("../../etc/passwd") == "etc_passwd"
    assert plain_name("Füße .pdf") == "F_e_.pdf"
    assert plain_name("..") == "file"
    assert LARGEST == 256 * 1024 * 1024
