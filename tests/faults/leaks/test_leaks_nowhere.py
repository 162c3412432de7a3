"""A canary in every field of every record, real use by real processes, and then a look everywhere.

The person's folders, temporary files, logs and working folder all lie under one folder that holds nothing else. The
control looks the same way at a plain database and a careless log, and must see both.
"""

import dataclasses
import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.data.vaults.make_schema_0001 import RECOVERY
from tests.fakes import filled_vault, specimens
from tests.fakes.canaries import FORMS, STEM, Planting, a_specimen, forms, seen_in, seen_under
from tests.fakes.process_memory import memory_of, told_at_start
from tests.fakes.vault_parts import PASSPHRASE, SeededBytes, at_noon
from tests.fakes.vaults import read_now, vault_in, write_now
from vrm_desktop.canon import hashes
from vrm_desktop.domain.change import Choice, Told, Way
from vrm_desktop.domain.ids import Digest, IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.leak import Leak, ReplyReference
from vrm_desktop.domain.limits import AnyOf, Article, LimitTerms, Party
from vrm_desktop.domain.mail import MailOut
from vrm_desktop.domain.mail_reading import Quoted, Reason
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.papers import NAME_OF
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.quote_desk import Accepting, Argument, DeskProfile, Looking, Quoting, Typed
from vrm_desktop.domain.regions import Area
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.unlocking.passphrase import STANDARD
from vrm_desktop.vault.vault import open_vault

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into processes as Linux shows them")

CHECKOUT = Path(__file__).resolve().parents[3]
VAULTS = CHECKOUT / "tests" / "data" / "vaults"
SECONDS = 60
HOLD_CODES_ONLY = {
    "Area.country": "a code, or nothing",
    "Area.postal_prefix": "three characters",
    "Area.region": "a code, or nothing",
    "LimitTerms.currency": "a code",
    "Money.currency": "a code",
    "Price.currency": "a code",
    **{
        f"{kind.__name__}.{one.name}": "a place in a desk's answer, or the name of its tool"
        for kind in (Accepting, Argument, DeskProfile, Looking, Quoting, Typed)
        for one in dataclasses.fields(kind)
        if one.type is str and one.name not in {"title" if kind is DeskProfile else "", "text"}
    },
}
"""Texts whose constructors take nothing but a code, so that no canary fits."""

KNOWN = {
    VendorId: specimens.VENDOR.id,
    RelationshipId: specimens.RELATIONSHIP.id,
    IntentcastId: specimens.WANT.id,
    MessageId: specimens.OFFER.id,
    Money: specimens.WANT.price_cap,
    Area: specimens.WANT.area,
    Typed: Typed(path="some", text="some"),
    DeskProfile: DeskProfile(
        name="some",
        title="some",
        tool="some",
        arguments=(Argument(path="some"),),
        id_at="some",
        token_at="some",
        looking=Looking(tool="some", id_argument="some", token_argument="some", ready=("some",), over=("some",)),
        quoting=Quoting(total="some", currency_usual="EUR"),
        accepting=Accepting(tool="some", id_argument="some"),
    ),
    Told: Told(
        vendor=specimens.VENDOR.id,
        relationship=specimens.RELATIONSHIP.id,
        choice=Choice.TELL,
        way=Way.LETTER,
        names=("some",),
        letter="some",
    ),
    PublicPrice: PublicPrice(
        id="some",
        intentcast=specimens.WANT.id,
        title="some",
        at=specimens.NOON,
        low=Money(minor=1, currency="EUR"),
        seller="some",
        host="some",
        link="some",
        stripped=("some",),
        brand="some",
        gtin="some",
        sku="some",
        vendor=specimens.VENDOR.id,
        relationship=specimens.RELATIONSHIP.id,
    ),
    LimitTerms: LimitTerms(
        currency="EUR",
        highest=1,
        starts=specimens.NOON,
        ends=specimens.NOON.replace(year=2027),
        merchants=(Party(id="some", name="some", website="some"),),
        choices=(AnyOf(id="some", acceptable=(Article(id="some", title="some"),)),),
        payees=(Party(id="some", name="some", website="some"),),
    ),
    Quoted: Quoted(start=1, end=2, why=Reason.SAID),
    ReplyReference: ReplyReference(id="some", vendor=specimens.VENDOR.id, at=specimens.NOON, address="a@b.example"),
    MailOut: MailOut(
        id="some",
        vendor=specimens.VENDOR.id,
        relationship=specimens.RELATIONSHIP.id,
        at=specimens.NOON,
        intentcast=specimens.WANT.id,
        message_id="some@b.example",
        reply_to="some",
    ),
    Leak: Leak(
        id="some",
        vendor=specimens.VENDOR.id,
        relationship=specimens.RELATIONSHIP.id,
        at=specimens.NOON,
        on=specimens.NOON.date(),
        address="a@b.example",
        what="some",
        roster="some",
    ),
}
NO_TEXT_OF_ANYBODY = {"vault_info", "chain_heads", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4"}


@dataclass(kw_only=True)
class World:
    """One person's folders. `outputs` lies elsewhere: what was asked for is shown, and may be."""

    root: Path
    outputs: Path
    planting: Planting = field(default_factory=Planting)

    @property
    def home(self) -> Path:
        """The vault's folder."""
        return self.root / "vault"

    def variables(self, **more: str) -> dict[str, str]:
        """An environment in which every place for files lies under the root."""
        places = {
            name: str(self.root / name.lower())
            for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
        }
        for place in places.values():
            Path(place).mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "VRM_"))}
        return {
            **kept,
            **places,
            "XDG_RUNTIME_DIR": str(self.outputs),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(CHECKOUT),
            "DIARY": str(self.outputs / "diary"),
            "VRM_HOME": str(self.home),
            "VRM_PASSPHRASE_FILE": str(self.outputs / "passphrase"),
            "VRM_VERBOSE": "1",
            **more,
        }

    def vrm(self, *words: str, status: int = 0, shows: bool = False, **more: str) -> str:
        """Run `vrm`; what it printed. Its complaints are kept under the root, and its output unless it `shows`."""
        ran = subprocess.run(
            [sys.executable, "-m", "tests.fakes.leak_programs", "vrm", *words],
            cwd=self.root / "work",
            env=self.variables(**more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
        number = len(list((self.root / "logs").iterdir()))
        (self.root / "logs" / f"{number}-told").write_bytes(ran.stderr)
        if not shows:
            (self.root / "logs" / f"{number}-output").write_bytes(ran.stdout)
        assert ran.returncode == status, (words, ran.stderr.decode())
        return ran.stdout.decode()

    def noted(self, what: str) -> int:
        """How often the window wrote this into its diary."""
        diary = self.outputs / "diary"
        return diary.read_text(encoding="utf-8").splitlines().count(what) if diary.exists() else 0


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A vault with a canary in everything that it keeps."""
    made = World(root=tmp_path_factory.mktemp("person"), outputs=tmp_path_factory.mktemp("asked"))
    for name in ("work", "logs"):
        (made.root / name).mkdir()
    (made.outputs / "passphrase").write_text(PASSPHRASE.text(), encoding="utf-8")
    planted = dict(made.planting.in_module(specimens))
    attached = planted["ATTACHED"]
    planted["ATTACHMENT"] = replace(planted["ATTACHMENT"], size=len(attached), digest=Digest(hashes.digest(attached)))
    with pytest.MonkeyPatch.context() as patch, vault_in(made.home) as vault:
        patch.setattr(filled_vault, "specimens", SimpleNamespace(**{**vars(specimens), **planted}))
        write_now(vault, filled_vault.fill)
        write_now(vault, filled_vault.fill_papers)
        write_now(vault, lambda contents: keep_papers(contents, made.planting))
        assert seen_under(made.root) == {}, "while it was open"
    return made


def keep_papers(contents: Contents, planting: Planting) -> None:
    """One paper of each kind."""
    for kind in NAME_OF:
        if f"{kind.__name__}.id" not in planting.planted:
            contents.keep_paper(planting.in_value(a_specimen(kind, KNOWN), kind.__name__))


def test_every_field_that_can_say_something_holds_a_canary(world: World) -> None:
    assert world.planting.refused == set(HOLD_CODES_ONLY)
    assert len(world.planting.planted) > 80


def test_every_table_holds_canaries(world: World) -> None:
    def look(sql: Transaction) -> dict[str, int]:
        named = sql.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
        tables = [str(row[0]) for row in named if "_search_" not in row[0]]
        return {
            table: sum(bool(seen_in(_bytes(cell))) for row in sql.query(f"SELECT * FROM {table}") for cell in row)  # noqa: S608 - our own names
            for table in tables
        }

    with vault_in(world.home) as vault:
        found = vault.thread.read_now(look)
    assert {table for table, count in found.items() if not count} <= NO_TEXT_OF_ANYBODY


def _bytes(cell: object) -> bytes:
    return cell if isinstance(cell, bytes) else str(cell).encode()


def test_a_life_of_commands_leaves_no_trace(world: World) -> None:
    card = world.outputs / "card.vcf"
    card.write_text(f"BEGIN:VCARD\nVERSION:4.0\nFN:{STEM} vcard\nNOTE:{STEM}\nEND:VCARD\n", encoding="utf-8")
    odd = world.outputs / "odd.json"
    odd.write_text(f'{{"{STEM.encode("ascii", "ignore").decode()}": "{STEM}"}}', encoding="utf-8")
    world.vrm("profile", "import", str(card), shows=True)
    world.vrm("intentcast", "new", "--file", str(odd), status=1, shows=True)
    assert STEM in world.vrm("profile", "show", shows=True)
    assert STEM in world.vrm("ledger", shows=True)
    world.vrm("vault", "check")
    world.vrm("vault", "backup", str(world.root / "work" / "copy.vrm-backup"))
    world.vrm("vault", "rotate-key")
    world.vrm("vault", "restore", str(world.root / "work" / "copy.vrm-backup"))
    world.vrm("journal", "verify")
    assert seen_under(world.root) == {}


def test_a_command_that_stumbles_tells_kind_and_place_and_nothing_more(world: World) -> None:
    world.vrm("--json", "profile", "show", status=1, STUMBLES=f"{STEM} in an error")
    told = "".join(path.read_text(encoding="utf-8") for path in (world.root / "logs").glob("*-told"))
    assert "KeyError at" in told
    assert seen_under(world.root) == {}


@pytest.mark.parametrize("frozen", sorted(path.name for path in VAULTS.glob("schema-*")))
def test_a_vault_carried_forward_leaves_no_trace(frozen: str, tmp_path: Path) -> None:
    told = [form for text in (specimens.FIELD.value, specimens.OFFER.note) for form in forms(text)]
    shutil.copytree(VAULTS / frozen, tmp_path / "vault")
    random = SeededBytes(seed=7)
    vault = open_vault(tmp_path / "vault", RECOVERY, kdf=STANDARD, random=random, clock=at_noon)
    try:
        assert specimens.FIELD in read_now(vault, Contents.profile)
        while_open = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    finally:
        vault.close()
    left = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(left) >= 3
    assert not any(form in data for data in (*while_open, *left) for form in told)


@dataclass(kw_only=True)
class Window:
    """One window as a process; its complaints are kept under the root."""

    world: World
    process: "subprocess.Popen[bytes]"

    def until(self, what: str, times: int) -> None:
        """Wait until the diary says so."""
        ends = time.monotonic() + SECONDS
        while self.world.noted(what) < times:
            assert self.process.poll() is None, "the window is gone"
            assert time.monotonic() < ends, f"it was never {what} {times} times"
            time.sleep(0.05)

    def memory_shows(self) -> str:
        """What stands around the first canary in its memory."""
        return next((around for piece in memory_of(self.process.pid) if (around := seen_in(piece))), "")


@pytest.fixture
def window(world: World, request: pytest.FixtureRequest) -> Iterator[Window]:
    """An open window on its page of who knows what."""
    stumbles = getattr(request, "param", {})
    (world.outputs / "diary").unlink(missing_ok=True)
    with (world.root / "logs" / f"window-{request.node.name}").open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.leak_programs", "desktop", "--page", "ledger"],
            cwd=world.root / "work",
            env=world.variables(**stumbles),
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
        )
        shown = Window(world=world, process=process)
        try:
            shown.until("opened", 1)
            yield shown
        finally:
            process.kill()
            process.wait(SECONDS)


@pytest.mark.skipif(os.geteuid() != 0, reason="only an administrator may look into a process that refuses tracing")
def test_a_locked_window_holds_nothing_in_its_memory_and_left_nothing_behind(world: World, window: Window) -> None:
    ends = time.monotonic() + SECONDS
    while not window.memory_shows():
        assert time.monotonic() < ends, "the control: an open window holds what it shows"
        time.sleep(0.2)
    assert seen_in(told_at_start(window.process.pid)) == ""
    world.vrm("lock")
    window.until("start", 2)
    assert window.memory_shows() == ""
    assert seen_in(told_at_start(window.process.pid)) == ""
    assert seen_under(world.root) == {}


@pytest.mark.parametrize("window", [{"STUMBLES": f"{STEM} in a slot"}], indirect=True, ids=["slot"])
def test_a_window_that_stumbles_logs_kind_and_place_and_goes_on(world: World, window: Window) -> None:
    log = world.root / "logs" / f"window-{'test_a_window_that_stumbles_logs_kind_and_place_and_goes_on[slot]'}"
    ends = time.monotonic() + SECONDS
    while b"KeyError at" not in log.read_bytes():
        assert time.monotonic() < ends, log.read_text(encoding="utf-8")
        time.sleep(0.05)
    assert window.process.poll() is None
    assert seen_under(world.root) == {}


@pytest.mark.parametrize("hardened", [True, False])
def test_a_process_that_is_shot_leaves_no_core(world: World, tmp_path: Path, hardened: bool) -> None:  # noqa: FBT001 - with and without
    pipe = tmp_path / "passphrase"
    os.mkfifo(pipe)
    words = ["-m", "tests.fakes.leak_programs", "vrm", "profile", "show"]
    control = ["-c", "import os; open(os.environ['VRM_PASSPHRASE_FILE']).read()"]
    process = subprocess.Popen(
        [sys.executable, *(words if hardened else control)],
        cwd=tmp_path,
        env=world.variables(VRM_PASSPHRASE_FILE=str(pipe)),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    import resource

    writing = os.open(pipe, os.O_WRONLY)  # returns once the process waits for its passphrase
    if hardened:
        assert resource.prlimit(process.pid, resource.RLIMIT_CORE)[0] == 0
    _, most = resource.prlimit(process.pid, resource.RLIMIT_CORE)
    resource.prlimit(process.pid, resource.RLIMIT_CORE, (most, most))  # so that only its being undumpable is left
    os.kill(process.pid, signal.SIGABRT)
    _, status = os.waitpid(process.pid, 0)
    process.returncode = -signal.SIGABRT
    os.close(writing)
    if not hardened and not os.WCOREDUMP(status):
        pytest.skip("this system writes no core for anybody: /proc/sys/kernel/core_pattern, or a limit of 0")
    assert os.WCOREDUMP(status) is not hardened
    assert any(path.name.startswith("core") for path in tmp_path.iterdir()) is not hardened


def test_the_look_sees_a_plain_database_a_careless_log_and_every_form(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE shelf (name TEXT)")
    plain.execute("INSERT INTO shelf VALUES (?)", (f"{STEM} on a shelf",))
    plain.commit()
    plain.close()
    careless = logging.FileHandler(tmp_path / "careless.log", encoding="utf-8")
    careless.emit(logging.LogRecord("careless", logging.ERROR, "", 0, "not found: %s", (STEM,), None))
    careless.close()
    for number, form in enumerate(FORMS):
        (tmp_path / f"form-{number}").write_bytes(b"before" + form + b"after")
    (tmp_path / STEM).touch()
    assert set(seen_under(tmp_path)) == {path.name for path in tmp_path.iterdir()}
    assert len(FORMS) >= 9


def test_a_new_text_is_planted_as_soon_as_there_is_one() -> None:
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Fresh:
        count: int
        told: tuple[str, ...]
        maybe: str | None = None

    planting = Planting()
    shown = planting.in_value(a_specimen(Fresh, {}), "Fresh")
    assert planting.planted == {"Fresh.told", "Fresh.maybe"}
    assert STEM in shown.told[0]
    assert STEM in shown.maybe
