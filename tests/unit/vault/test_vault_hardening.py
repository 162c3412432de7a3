"""The process itself keeps secrets: tried in a process of its own, so that the tests stay debuggable."""

import subprocess
import sys

import pytest

_PROBE = """
import ctypes, os, resource, tempfile
from pathlib import Path
from vrm_desktop.vault.hardening import harden_process
PR_GET_DUMPABLE = 3
def state():
    probe = Path(tempfile.mkdtemp()) / "probe"
    probe.write_text("")
    mode = probe.stat().st_mode & 0o777
    return resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), oct(mode)
os.umask(0o022)
soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
print(state()[1:])
harden_process()
print(state())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux process attributes")
def test_core_dumps_and_tracing_are_off_and_new_files_private() -> None:
    probe = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, text=True, check=True)
    before, after = probe.stdout.splitlines()
    assert before == "(1, '0o644')"
    assert after == "(0, 0, '0o600')"
