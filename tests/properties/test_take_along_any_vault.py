"""Whatever a vault holds: taken out and brought back, every table has the same rows, and goes out as the same bytes."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import specimens
from tests.fakes.archived import archive_of, brought_in, fingerprints, fingerprints_in
from tests.fakes.filled_vault import fill
from tests.fakes.strategies import NAMES, TEXTS, records
from tests.fakes.vaults import vault_in, write_now
from vrm_desktop.canon import hashes
from vrm_desktop.domain.agenda import AgendaItem
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.ids import Digest
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.profile import ProfileField
from vrm_desktop.domain.relationship import Note
from vrm_desktop.formats.archive.rows import LARGE
from vrm_desktop.vault.contents import Contents

DOCUMENTS = st.lists(st.binary(max_size=20) | st.integers(1, 3).map(lambda more: bytes(LARGE + more)), max_size=3)


@settings(max_examples=6)
@given(
    wants=st.lists(records(Intentcast), max_size=3, unique_by=lambda one: one.id),
    fields=st.lists(records(ProfileField), max_size=3, unique_by=lambda one: one.id),
    notes=st.lists(records(Note, relationship=st.just(specimens.RELATIONSHIP.id)), max_size=4),
    agenda=st.lists(records(AgendaItem), max_size=3, unique_by=lambda one: (one.kind, one.key)),
    chosen=st.dictionaries(NAMES, TEXTS, max_size=4),
    documents=DOCUMENTS,
    erased=st.sampled_from(["nothing", "what was told"]),
)
def test_export_and_import_keep_every_row(
    wants: list[Intentcast],
    fields: list[ProfileField],
    notes: list[Note],
    agenda: list[AgendaItem],
    chosen: dict[str, str],
    documents: list[bytes],
    erased: str,
) -> None:
    def change(vault: Contents) -> None:
        fill(vault)
        for want in wants:
            vault.save_intentcast(want)
        for field in fields:
            vault.save_field(field)
        for note in notes:
            vault.add_note(note)
        for item in agenda:
            vault.put_agenda(item)
        for key, text in chosen.items():
            vault.set_setting(key, text)
        for number, data in enumerate(documents):
            vault.attach(
                Attachment(
                    id=f"document-{number}",
                    of="promise",
                    paper="promise-1",
                    name=f"{number}.pdf",
                    media="application/pdf",
                    size=len(data),
                    digest=Digest(hashes.digest(data)),
                    at=specimens.NOON,
                ),
                data,
            )
        if erased != "nothing":
            vault.erase_disclosures(specimens.RELATIONSHIP.id)

    with tempfile.TemporaryDirectory() as folder:
        with vault_in(Path(folder) / "old") as vault:
            write_now(vault, change)
            before, archive = fingerprints(vault), archive_of(vault)
        brought_in(archive, Path(folder) / "new")
        assert fingerprints_in(Path(folder) / "new") == before
        with vault_in(Path(folder) / "new") as vault:
            assert archive_of(vault) == archive
