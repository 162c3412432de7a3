"""A page's key is a thumbprint and a point, or nothing."""

import pytest

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.page_key import PageKey

GOOD = "A" * 43


@pytest.mark.parametrize("name", ["kid", "x", "y"])
@pytest.mark.parametrize("bad", ["", "A" * 42, "A" * 44, "A" * 42 + "+", "A" * 42 + "\n"])
def test_a_part_of_another_form_is_refused(name: str, bad: str) -> None:
    assert PageKey(kid=GOOD, x=GOOD, y=GOOD).kid == GOOD
    with pytest.raises(InvalidValue):
        PageKey(**{"kid": GOOD, "x": GOOD, "y": GOOD, name: bad})
