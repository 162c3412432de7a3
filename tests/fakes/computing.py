"""How long something computes, whatever else the computer does meanwhile. Never here: what may take how long."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def computing_at_most(seconds: float) -> Iterator[None]:
    """Fails when the block computes longer than that, in all threads together.

    Measuring coverage pauses in this thread: it slows a tight loop tenfold, which says nothing of the program.
    """
    measuring = sys.gettrace()
    sys.settrace(None)
    began = time.process_time()
    try:
        yield
    finally:
        took = time.process_time() - began
        sys.settrace(measuring)
    assert took < seconds, f"{took:.1f} s of computing, {seconds} at most"
