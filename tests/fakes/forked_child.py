"""A child process that shares nothing but the disk: for work that must die in the middle.

Never here: what dies, or what is expected afterwards.
"""

import os
import sys
import threading
import traceback
import warnings
from collections.abc import Callable

FAILED = 1


def exit_status(work: Callable[[], object]) -> int:
    """Do the work in a forked child; the child's exit status: 0 done, FAILED for an exception, or what it chose."""
    with warnings.catch_warnings():
        # Newer Pythons warn when other threads exist; the child uses nothing that they might hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        sys.settrace(None)  # what is measured in here is lost with it, and would only slow it
        threading.settrace(None)
        try:
            work()
        except BaseException:  # noqa: BLE001 - the child must end here, whatever happened
            traceback.print_exc()
            os._exit(FAILED)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
