"""A program of the tests that wants to be stopped at its calls from here on, once it has loaded what it needs.

Here: the one call of the kernel for that, and asking for it. Never here: what is done at a stop (`killed_at_call`).
Loading takes thousands of calls and changes nothing; to stop at each of them is what following mostly costs.
"""

import ctypes
import os
import signal
from collections.abc import Callable
from functools import cache
from typing import cast

ASKED = "VRM_TEST_FOLLOWED"
_TRACE_ME = 0


@cache
def _call() -> Callable[[int, int, int, int], int]:
    """The C library's function, looked up once."""
    function = ctypes.CDLL(None, use_errno=True).ptrace
    function.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
    function.restype = ctypes.c_long
    return cast("Callable[[int, int, int, int], int]", function)


def ptrace(request: int, thread: int, address: int, data: int, *, gone_is_fine: bool = False) -> None:
    """The kernel's call; raises OSError when it refuses."""
    if _call()(request, thread, address, data) == -1 and not gone_is_fine:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def be_followed_if_asked() -> None:
    """Stop, and go on as whoever started this program lets us; nothing happens unless they asked."""
    if ASKED in os.environ:
        ptrace(_TRACE_ME, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
