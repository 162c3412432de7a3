"""Where large public test data is, if it is: `VRM_TEST_DATA`, else `../shared/data` beside the checkout."""

import os
from pathlib import Path

import pytest


def shared_data(name: str) -> Path:
    """The folder of one data set; the test is skipped, saying why, where it is absent."""
    root = Path(os.environ.get("VRM_TEST_DATA", "") or Path(__file__).resolve().parents[3] / "shared" / "data")
    folder = root / name
    if not folder.is_dir():
        pytest.skip(f"no public test data {name!r} in {root}; set VRM_TEST_DATA to a folder that has it")
    return folder
