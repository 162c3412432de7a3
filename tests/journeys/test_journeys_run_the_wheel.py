"""The journeys' programs are those of the wheel that people install."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif("VRM_TEST_WHEEL" not in os.environ, reason="the wheel is built by packaging/bootstrap.py test")
def test_programs_that_journeys_start_come_from_the_wheel(tmp_path: Path) -> None:
    program = "import vrm_desktop; from vrm_desktop import resources_folder as r; print(r.resources_folder())"
    told = subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path, capture_output=True, text=True)
    assert Path(told.stdout.strip()) == Path(os.environ["VRM_TEST_WHEEL"]) / "vrm_desktop" / "resources"
