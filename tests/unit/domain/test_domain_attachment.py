"""Attached documents have a name and an honest size."""

from dataclasses import replace

import pytest

from tests.fakes import specimens
from vrm_desktop.domain.attachment import MOST_BYTES
from vrm_desktop.domain.errors import InvalidValue


def test_it_is_found_by_its_name() -> None:
    assert specimens.ATTACHMENT.words == "Beleg für Rad.pdf"


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 201}, {"size": -1}, {"size": MOST_BYTES + 1}], ids=str)
def test_it_keeps_its_rules(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        replace(specimens.ATTACHMENT, **wrong)  # type: ignore[arg-type]
