"""My limits in the real window over a real vault: made by typing, listed, saved as a file, taken back."""

import json
import stat
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.running_window import running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.limits import Limit, LimitUse
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import choose_vendors, keep_counterparty, keep_limits
from vrm_desktop.services.keep_limits import LimitShown
from vrm_desktop.ui.models.limits_view import ArticleForm, LimitForm
from vrm_desktop.ui.pages.limits_page import LimitBlock, LimitsPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.presenters.limits import limit_line, limit_terms
from vrm_desktop.ui.presenters.typed_values import NotTyped
from vrm_desktop.ui.theme.look import Look

_NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_EMPTY: dict[str, Any] = {
    "title": "",
    "highest": "",
    "budget": "",
    "starts": None,
    "vendors": (),
    "frequency": "",
    "times": "",
}
_FORM = LimitForm(**_EMPTY | {"title": "Parts", "highest": "80"}, ends=date(2027, 3, 31))


def test_a_limit_is_made_listed_saved_and_taken_back(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        means = window.home.means
        shop = ContactDetails(name="Radladen", kind=OrganisationKind.SHOP, web="https://radladen.example")
        known, _file = window.do(keep_counterparty.add(means, shop))
        nobody = window.do(choose_vendors.add_organisation(means, "Nobody", OrganisationKind.SHOP))
        window.window.show_page(PageId.LIMITS)
        window.settle()
        page = window.window.page(PageId.LIMITS)
        assert isinstance(page, LimitsPage)
        form = page.form
        window.wait(lambda: form.vendor.count() == 3)
        form.make.click()
        window.settle()
        assert "Give it a name, for you; nobody else gets it." in texts(page)
        form.title.setText("Bike parts")
        form.highest.setText("80")
        form.budget.setText("200.00 EUR")
        for vendor in (known.id, nobody.id):
            form.vendor.choose(vendor)
            form.vendor.chosen.emit(vendor)
        form.make.click()
        window.settle()
        assert any("one of these has neither" in text for text in texts(page))
        form.names.chips[nobody.id].click()
        form.lowest.setText("5")
        form.articles.add.click()
        for number, title, count in (("4012345678901", "Inner tube", 2), ("SKU-7", "", 1), ("SKU-8", "", 1)):
            form.articles.number.setText(number)
            form.articles.title.setText(title)
            form.articles.count.setValue(count)
            if number != "SKU-8":
                form.articles.add.click()
        form.articles.ones.chips["SKU-7"].click()
        form.accounts.number.setText("DE02 1203 0000 0000 2020 52")
        form.accounts.add.click()
        form.make.click()
        window.settle()
        assert any("2020 52: this account number does not check" in text for text in texts(page))
        form.accounts.ones.chips["DE02 1203 0000 0000 2020 52"].click()
        form.accounts.number.setText("DE02 1203 0000 0000 2020 51")
        form.make.click()
        window.settle()
        window.wait(lambda: page.findChild(LimitBlock) is not None)
        [made] = window.do(keep_limits.limits(means))
        terms = made.limit.terms
        assert (terms.highest, terms.budget, terms.currency) == (8000, 20000, "EUR")
        assert [one.name for one in terms.merchants] == ["Radladen"]
        assert terms.lowest == 500
        named = [(one.acceptable[0].id, one.acceptable[0].title, one.quantity) for one in terms.choices]
        assert named == [("4012345678901", "Inner tube", 2), ("SKU-8", "", 1)]
        assert [one.id for one in terms.payees] == ["payto://iban/DE02120300000000202051"]
        assert form.form == LimitForm(**_EMPTY, ends=form.ends.day)
        assert {"of Radladen", "up to 2 of: Inner tube", "from €5.00 to €80.00 each time"} <= set(texts(page))
        file = tmp_path / "limit.json"
        page.exported.emit(made.limit.id, str(file))
        window.wait(file.exists)
        window.settle()
        assert json.loads(file.read_bytes())["checkout"] == made.limit.checkout
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        said = window.window.messages
        said.dismiss()
        page.exported.emit(made.limit.id, str(tmp_path / "nowhere" / "limit.json"))
        window.wait(lambda: any("could not be saved" in text for text in texts(said)))
        block = page.findChild(LimitBlock)
        assert block is not None
        block.revoke.click()
        assert window.do(keep_limits.limits(means))[0].in_force
        block.revoke.click()
        window.settle()
        assert not window.do(keep_limits.limits(means))[0].in_force
        window.wait(lambda: any("Taken back on" in text for text in texts(page)))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"highest": "0"}, "highest"),
        ({"highest": "much"}, "highest"),
        ({"budget": "10"}, "budget"),
        ({"budget": "100 USD"}, "budget"),
        ({"lowest": "81"}, "lowest"),
        ({"lowest": "1 USD"}, "lowest"),
        ({"articles": tuple(ArticleForm(number=str(at)) for at in range(51))}, "articles"),
        ({"accounts": ("DE00",)}, "accounts"),
        ({"ends": None}, "ends"),
        ({"ends": date(2026, 11, 1)}, "ends"),
        ({"times": "4"}, "times"),
        ({"times": "many", "frequency": "WEEKLY"}, "times"),
    ],
)
def test_the_field_of_a_limit_that_does_not_fit_is_named(changed: dict[str, object], field: str) -> None:
    with pytest.raises(NotTyped) as told:
        limit_terms(replace(_FORM, **changed), (), _NOW)  # type: ignore[arg-type] # members of the form
    assert told.value.field == field


def test_a_limit_says_what_was_bought_and_when_it_holds() -> None:
    terms = limit_terms(_FORM, (), _NOW)
    limit = Limit(id="limit-1", at=_NOW, title="Parts", terms=terms)
    money = Money(minor=6250, currency="EUR")
    use = LimitUse(
        id="use-1",
        at=_NOW,
        limit=limit.id,
        amount=money,
        vendor=VendorId("v"),
        relationship=RelationshipId("r"),
        what="Tyres",
    )
    shown = LimitShown(limit=limit, spent=money, uses=(use,), in_force=True)
    assert "€62.50" in limit_line(shown, _NOW).used
    assert limit_line(shown, _NOW).bought[0].endswith("€62.50, Tyres")
    past = LimitShown(limit=limit, spent=money, uses=(), in_force=False)
    states = {limit_line(past, _NOW + timedelta(days=shift)).state for shift in (-1, 400)}
    assert states == {"Not yet", "Over"}
