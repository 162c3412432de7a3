"""Making the process itself keep secrets: no core dumps, no debugger by the same user, private new files.

Called once by the composition root, before any secret is read. Never lives here: anything about one vault.
"""

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4


def harden_process() -> None:
    """Turn core dumps off, refuse tracing by the same user where the system can, and make new files private (077)."""
    os.umask(0o077)
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_DUMPABLE) failed")
