"""A home folder: what is made in it, what is taken from it, what is refused."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.open_desk import NOON, OpenDesk, sample_catalogue, sample_settings
from vrm_desktop.domain.money import Money
from vrm_desktop.protocol.errors import BadCard
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.vendor.budget import MOST_WAITING, Budget
from vrm_desktop.vendor.card import PublishedCard, current_card
from vrm_desktop.vendor.errors import BadHome, BadSettings, Busy, HomeInUse
from vrm_desktop.vendor.home import Home, open_home
from vrm_desktop.vendor.key_file import open_keys
from vrm_desktop.vendor.settings import DeliveryRules, Limits, Maintenance
from vrm_desktop.vendor.sqlite_engine import open_engine, scrub
from vrm_desktop.vendor.store import Store

ROWS = "id,title,price,availability,product_type\n1,Bike,10 EUR,in_stock,mobility.bicycle\n"


def opened(folder: Path, *, name: str | None = None, catalogue: Path | None = None) -> Home:
    return open_home(folder, resources=resources_folder(), name=name, catalogue=catalogue, random=os.urandom)


def test_an_empty_folder_serves_the_sample_shop(tmp_path: Path) -> None:
    home = opened(tmp_path / "shop")
    assert home.sample
    assert home.shop.catalogue.name == "sample catalogue"
    assert home.shop.settings.name == "Sample bike shop"
    assert home.shop.settings.terms.cast == ("PDC-INTENT",)
    assert home.shop.settings.terms.service == ("SD-BASE",)


def test_a_catalogue_alone_gets_plain_defaults_and_no_bank_account(tmp_path: Path) -> None:
    file = tmp_path / "bikes.csv"
    file.write_text(ROWS)
    home = opened(tmp_path / "shop", catalogue=file)
    assert not home.sample
    assert (home.shop.settings.name, home.shop.settings.payment.account) == ("bikes", None)
    assert opened(tmp_path / "shop", name="Rad", catalogue=file).shop.settings.name == "Rad"


def test_the_folder_s_own_files_are_used(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text('name = "Rad"\ncatalogue = "goods.csv"')
    (tmp_path / "goods.csv").write_text(ROWS)
    home = opened(tmp_path)
    assert (home.shop.settings.name, home.shop.catalogue.name) == ("Rad", "goods.csv")
    (tmp_path / "catalogue.csv").write_text(ROWS)
    assert opened(tmp_path).shop.catalogue.name == "catalogue.csv"


def test_a_missing_catalogue_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadHome, match=r"nowhere\.csv"):
        opened(tmp_path, catalogue=tmp_path / "nowhere.csv")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadHome, match="file"):
        opened(tmp_path / "file" / "shop")


def test_a_roster_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "roster").mkdir()
    (tmp_path / "roster" / "X.json").write_text("{}")
    with pytest.raises(BadSettings, match="roster"):
        open_home(tmp_path / "shop", resources=tmp_path, name=None, catalogue=None, random=os.urandom)


def test_the_key_is_made_once_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "desk.key"
    first = open_keys(file, random=os.urandom)
    assert file.stat().st_mode & 0o777 == 0o600
    assert open_keys(file, random=os.urandom).newest.kid == first.newest.kid
    assert list(tmp_path.iterdir()) == [file]


def test_a_key_that_others_may_read_or_that_is_damaged_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "desk.key"
    open_keys(file, random=os.urandom)
    file.chmod(0o644)
    with pytest.raises(BadHome, match="chmod 600"):
        open_keys(file, random=os.urandom)
    file.chmod(0o600)
    file.write_bytes(b"short")
    with pytest.raises(BadHome, match="32 bytes"):
        open_keys(file, random=os.urandom)
    with pytest.raises(BadHome, match="cannot be written"):
        open_keys(tmp_path / "nowhere" / "desk.key", random=os.urandom)
    (tmp_path / "folder.key").mkdir()
    with pytest.raises(BadHome, match="cannot be read"):
        open_keys(tmp_path / "folder.key", random=os.urandom)


def test_two_cannot_serve_from_one_folder(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path)
    with pytest.raises(HomeInUse):
        Store(open_engine(desk.file), kid=desk.signer.kid, scrub=scrub)
    desk.close()
    OpenDesk(tmp_path).close()


def test_a_database_of_another_key_is_refused(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path)
    desk.close()
    with pytest.raises(BadHome, match="another key"):
        Store(open_engine(desk.file), kid=SeedSigner(b"\x08" * 32).kid, scrub=scrub)


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "desk.sqlite3"
    file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(BadHome, match="cannot be opened"):
        Store(open_engine(file), kid=SeedSigner(b"\x08" * 32).kid, scrub=scrub)


def test_prices_and_delivery_are_in_one_currency(tmp_path: Path) -> None:
    settings = replace(sample_settings(), delivery=DeliveryRules(price=Money(minor=100, currency="USD")))
    with pytest.raises(BadSettings, match="currency, EUR"):
        OpenDesk(tmp_path, settings=settings)


def card(desk: OpenDesk, last: bytes | None, *, days: int = 0, about: str = "", endpoint: str = "") -> PublishedCard:
    return current_card(
        replace(desk.shop, settings=replace(desk.shop.settings, about=about or desk.shop.settings.about)),
        endpoint=endpoint or "http://127.0.0.1:1/intentcast",
        signer=desk.signer,
        now=NOON + timedelta(days=days),
        last=last,
        keep=lambda _: None,
    )


def test_the_card_stays_the_same_until_it_says_something_else_or_grows_old(desk: OpenDesk) -> None:
    first = card(desk, None)
    assert first.card.serial == 1
    assert card(desk, first.data, days=300).data == first.data
    assert card(desk, first.data, days=310).card.serial == 2
    assert card(desk, first.data, days=800).card.serial == 2
    assert card(desk, first.data, about="New owner").card.serial == 2
    assert card(desk, first.data, endpoint="https://rad.example/intentcast").card.serial == 2


def test_the_card_says_what_the_shop_says(desk: OpenDesk) -> None:
    says = card(desk, None).card
    assert says.categories == ("mobility.bicycle",)
    assert (says.regions, says.currencies) == (("DE",), ("EUR",))
    assert [terms.roster for terms in says.terms] == ["PDC-INTENT", "SD-BASE"]


def test_a_card_never_names_an_open_address(desk: OpenDesk) -> None:
    with pytest.raises(BadCard):
        card(desk, None, endpoint="http://rad.example/intentcast")


def test_the_budget_lets_a_minute_s_worth_through_and_refills() -> None:
    budget = Budget(Limits(conversations_per_minute=2, messages_per_minute=60), (), steady=0.0)
    for _ in range(2):
        budget.admit(opens=True, waiting=0, now=NOON, steady=0.0)
    with pytest.raises(Busy) as caught:
        budget.admit(opens=True, waiting=0, now=NOON, steady=0.0)
    assert (caught.value.retry_after, caught.value.closed) == (31, False)
    budget.admit(opens=False, waiting=0, now=NOON, steady=0.0)
    budget.admit(opens=True, waiting=0, now=NOON, steady=30.0)


def test_an_overloaded_or_closed_desk_says_so_to_everybody() -> None:
    window = Maintenance(begins=NOON.time(), ends=(NOON + timedelta(minutes=5)).time())
    budget = Budget(Limits(), (window,), steady=0.0)
    with pytest.raises(Busy) as closed:
        budget.admit(opens=False, waiting=0, now=NOON, steady=0.0)
    assert (closed.value.retry_after, closed.value.closed) == (301, True)
    with pytest.raises(Busy) as full:
        budget.admit(opens=False, waiting=MOST_WAITING, now=NOON - timedelta(hours=1), steady=0.0)
    assert full.value.closed


def test_the_sample_catalogue_s_name_is_told(tmp_path: Path) -> None:
    assert sample_catalogue().name == "catalogue.csv"
    assert opened(tmp_path).sample
