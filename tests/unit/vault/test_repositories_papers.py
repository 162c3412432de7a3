"""Papers: each kind comes back whole, lies in its file, is found by its words, and leaves nothing when dropped."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import specimens
from tests.fakes.filled_vault import fill_papers
from tests.fakes.strategies import records
from tests.fakes.vaults import read_now, tried, write_now
from vrm_desktop.canon import hashes
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.ids import Digest, RelationshipId, VendorId
from vrm_desktop.domain.papers import NAME_OF, PAPER_OF, Paper
from vrm_desktop.domain.promise import Promise
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.errors import Conflict, ValueRefused, VaultDamaged
from vrm_desktop.vault.vault import OpenVault

MINE, THEIRS = specimens.RELATIONSHIP.id, specimens.VENDOR.id


@given(data=st.data())
@pytest.mark.parametrize("kind", NAME_OF, ids=NAME_OF.values())
def test_a_paper_comes_back(lasting_vault: OpenVault, kind: type[Paper], data: st.DataObject) -> None:
    paper = data.draw(records(kind))

    def change(vault: Contents) -> None:
        vault.keep_paper(paper)
        assert vault.paper(kind, paper.id) == paper
        assert vault.papers(kind) == (paper,)

    tried(lasting_vault, change)


def test_each_kind_has_a_name_of_its_own() -> None:
    assert {PAPER_OF[name]: name for name in PAPER_OF} == NAME_OF


def test_papers_lie_in_their_files(filled_vault: OpenVault) -> None:
    other = replace(specimens.PROMISE, id="promise-2", relationship=None, what="Something else")

    def change(vault: Contents) -> None:
        vault.keep_paper(specimens.PROMISE)
        vault.keep_paper(other)
        assert vault.papers(Promise, vendor=THEIRS) == (specimens.PROMISE, other)
        assert vault.papers(Promise, relationship=MINE) == (specimens.PROMISE,)
        assert vault.papers(Promise, vendor=VendorId("nobody")) == ()
        assert vault.papers(Attachment) == ()
        assert vault.paper(Attachment, specimens.PROMISE.id) is None

    write_now(filled_vault, change)


def test_a_paper_kept_again_is_found_by_its_new_words_alone(filled_vault: OpenVault) -> None:
    changed = replace(specimens.PROMISE, what="Trekkingrad")

    def change(vault: Contents) -> None:
        vault.keep_paper(specimens.PROMISE)
        assert vault.find("gravel by friday") == (specimens.PROMISE,)
        vault.keep_paper(changed)
        assert vault.find("gravel by friday") == ()
        assert vault.find("trekk") == (changed,)
        assert vault.papers(Promise) == (changed,)
        vault.drop_paper(Promise, changed.id)
        vault.drop_paper(Promise, changed.id)
        assert (vault.find("trekk"), vault.papers(Promise)) == ((), ())

    write_now(filled_vault, change)


def test_an_attached_document_goes_with_its_paper(filled_vault: OpenVault) -> None:
    def change(vault: Contents) -> None:
        fill_papers(vault)
        assert vault.attached(specimens.ATTACHMENT.id) == specimens.ATTACHED
        assert vault.attached("another") is None
        vault.attach(specimens.ATTACHMENT, specimens.ATTACHED)
        vault.drop_paper(Attachment, specimens.ATTACHMENT.id)
        assert vault.attached(specimens.ATTACHMENT.id) is None

    write_now(filled_vault, change)
    assert filled_vault.thread.read_now(lambda sql: sql.query("SELECT * FROM attached_bytes")) == []
    assert filled_vault.check().sound


def test_bytes_that_are_not_the_document_are_refused(filled_vault: OpenVault) -> None:
    other = specimens.ATTACHED[::-1]
    for wrong in (other, b"short"):
        with pytest.raises(ValueRefused):
            write_now(filled_vault, partial(Contents.attach, attachment=specimens.ATTACHMENT, data=wrong))
    assert read_now(filled_vault, lambda vault: vault.papers(Attachment)) == ()


def test_an_empty_document_can_be_attached(filled_vault: OpenVault) -> None:
    empty = replace(specimens.ATTACHMENT, size=0, digest=Digest(hashes.digest(b"")))
    write_now(filled_vault, lambda vault: vault.attach(empty, b""))
    assert read_now(filled_vault, lambda vault: vault.attached(empty.id)) == b""


@pytest.mark.parametrize("damage", ["UPDATE attached_bytes SET data = x'00'", "DELETE FROM attached_bytes"])
def test_a_document_that_is_not_what_was_attached_is_called_damaged(filled_vault: OpenVault, damage: str) -> None:
    write_now(filled_vault, fill_papers)
    filled_vault.thread.write_now(lambda sql: sql.execute(damage))
    with pytest.raises(VaultDamaged):
        read_now(filled_vault, lambda vault: vault.attached(specimens.ATTACHMENT.id))


def test_a_paper_of_an_unknown_kind_is_called_damaged(filled_vault: OpenVault) -> None:
    write_now(filled_vault, fill_papers)
    filled_vault.thread.write_now(lambda sql: sql.execute("UPDATE papers SET kind = 'other'"))
    with pytest.raises(VaultDamaged):
        read_now(filled_vault, lambda vault: vault.find("Beleg"))


def test_a_paper_in_nobodys_file_is_refused(filled_vault: OpenVault) -> None:
    for lost in (
        replace(specimens.PROMISE, vendor=VendorId("nobody")),
        replace(specimens.PROMISE, relationship=RelationshipId("none")),
    ):
        with pytest.raises(Conflict):
            write_now(filled_vault, partial(Contents.keep_paper, paper=lost))
