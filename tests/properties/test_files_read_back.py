"""Whatever became of a file that the vault reads back, reading it ends in what it says or in one of the room's errors.

Damage as disks, sticks and people do it: bytes changed, cut out, put in, doubled, and other files under the name.
"""

import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.fuzz_targets import DATA, sample_archive
from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, at_noon, make, unlocked
from vrm_desktop.formats.archive.reading import Archive
from vrm_desktop.formats.errors import FormatError
from vrm_desktop.vault import header_file
from vrm_desktop.vault.errors import VaultError
from vrm_desktop.vault.header_codec import encode_header
from vrm_desktop.vault.restoring import restore

HEADER = (DATA / "vaults" / "headers" / "valid-three-ways.hdr").read_bytes()
ARCHIVE = sample_archive(large=False)
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What happens to `count` bytes at the share `where` of a file."""

    how: str
    where: float
    count: int
    new: bytes

    def done_to(self, data: bytes) -> bytes:
        """The file afterwards."""
        at = int(self.where * len(data))
        before, hit, after = data[:at], data[at : at + self.count], data[at + self.count :]
        match self.how:
            case "change":
                return before + self.new[: len(hit)].ljust(len(hit), b"\0") + after
            case "cut out":
                return before + after
            case "put in":
                return before + self.new + hit + after
            case "double":
                return before + hit + hit + after
            case _:
                return before


DAMAGES = st.lists(
    st.builds(
        Damage,
        how=st.sampled_from(["change", "cut out", "put in", "double", "cut off"]),
        where=st.floats(0, 1, exclude_max=True),
        count=st.integers(1, 64),
        new=st.binary(min_size=1, max_size=64),
    ),
    min_size=1,
    max_size=3,
)


def damaged(data: bytes, damages: list[Damage]) -> bytes:
    for damage in damages:
        data = damage.done_to(data)
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For one file after the other."""
    return tmp_path_factory.mktemp("damaged")


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A backup of a small vault."""
    place = tmp_path_factory.mktemp("small")
    vault = unlocked(make(place / "vault"))
    vault.back_up_to(place / "copy.vrm-backup")
    vault.close()
    return (place / "copy.vrm-backup").read_bytes()


@given(damages=DAMAGES)
def test_a_damaged_header_is_refused_or_says_what_it_said(folder: Path, damages: list[Damage]) -> None:
    data = damaged(HEADER, damages)
    place = folder / "header"
    place.mkdir(exist_ok=True)
    (place / header_file.NAME).write_bytes(data)
    try:
        told = encode_header(header_file.read_header(place).header)
    except VaultError as error:
        told = error.code.encode()
    assert told in {data, b"header-damaged", b"vault-too-new"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damages=DAMAGES)
def test_a_damaged_backup_is_never_restored_and_leaves_nothing(
    tmp_path: Path, backup: bytes, damages: list[Damage]
) -> None:
    data = damaged(backup, damages)
    if data == backup:
        return
    file, home = tmp_path / "copy.vrm-backup", tmp_path / "home"
    file.write_bytes(data)
    with pytest.raises(VaultError) as refused:
        restore(file, home, PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon)
    assert refused.value.code in {"backup-damaged", "vault-too-new"}
    assert not home.exists() or list(home.iterdir()) == []


@given(damages=DAMAGES)
def test_a_damaged_archive_is_refused_or_whole(damages: list[Damage]) -> None:
    told = "whole"
    try:
        Archive(io.BytesIO(damaged(ARCHIVE, damages))).verify()
    except FormatError as error:
        told = error.code
    assert told in {"whole", "archive-damaged", "archive-too-new"}


@given(data=st.binary(max_size=300))
def test_any_other_file_is_refused(folder: Path, data: bytes) -> None:
    (folder / header_file.NAME).write_bytes(data)
    with pytest.raises(VaultError):
        header_file.read_header(folder)
    (folder / "any").write_bytes(data)
    with pytest.raises(VaultError):
        restore(folder / "any", folder / "home", PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon)
    with pytest.raises(FormatError):
        Archive(io.BytesIO(data))


# Resident memory, not what Python counts: the peak is forgotten first, and read again after the file.
_MEASURED = """
import sys
from contextlib import suppress
from pathlib import Path
from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, at_noon
from vrm_desktop.vault import header_file
from vrm_desktop.vault.errors import VaultError
from vrm_desktop.vault.restoring import restore

def kib(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1])

file, home = Path(sys.argv[1]), Path(sys.argv[2])
Path("/proc/self/clear_refs").write_text("5")
before = kib("VmRSS")
with suppress(VaultError):
    if file.name == header_file.NAME:
        header_file.read_header(file.parent)
    else:
        restore(file, home, PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon)
print(kib("VmHWM") - before)
"""


def _nested(count: int) -> bytes:
    return b"[" * count


LARGE: dict[str, Callable[[bytes], bytes]] = {
    "header of a hundred million bytes": lambda _backup: HEADER + b" " * (100 * MIB),
    "header of nothing but brackets": lambda _backup: _nested(65_000),
    "header of nothing but members": lambda _backup: b"{" + b",".join(b'"%05d":0' % one for one in range(6_000)) + b"}",
    "backup with a huge tail": lambda backup: backup + bytes(100 * MIB),
    "backup that claims a huge database": lambda backup: backup[:36] + (1 << 50).to_bytes(8, "big") + backup[44:],
    "backup as it should be": lambda backup: backup,
}


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux counts it")
@pytest.mark.parametrize("name", LARGE)
def test_reading_takes_at_most_32_mib_and_eight_times_the_file(tmp_path: Path, backup: bytes, name: str) -> None:
    data = LARGE[name](backup)
    file = tmp_path / (header_file.NAME if name.startswith("header") else "copy.vrm-backup")
    file.write_bytes(data)
    command = [sys.executable, "-c", _MEASURED, str(file), str(tmp_path / "home")]
    measured = subprocess.run(command, cwd=DATA.parents[1], capture_output=True, text=True, check=True)
    assert int(measured.stdout) * 1024 <= 32 * MIB + 8 * len(data)
    if len(data) > 50 * MIB:
        assert int(measured.stdout) * 1024 <= 40 * MIB, "a file of any size is read piece by piece"
