"""A program killed when it enters a call that changes the disk: the first, the second, any of them, whichever thread.

The kernel stops the program at each call (ptrace) from where it asks for it (`followed`), before it does anything. So
every such call of every thread is counted in one order, and the one it dies at never happens. Linux on x86-64 only.
Never here: what the program does, or what it must leave behind.
"""

import ctypes
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tests.fakes.followed import ASKED, ptrace
from tests.fakes.process_pool import unmeasured

CHANGING = {
    1: "write",
    18: "pwrite64",
    74: "fsync",
    75: "fdatasync",
    77: "ftruncate",
    82: "rename",
    83: "mkdir",
    84: "rmdir",
    86: "link",
    87: "unlink",
    90: "chmod",
    91: "fchmod",
    258: "mkdirat",
    263: "unlinkat",
    264: "renameat",
    265: "linkat",
    316: "renameat2",
}
"""The numbers of the calls by which a program changes files, names and their safety on x86-64."""

_SYSCALL, _SET_OPTIONS, _SYSCALL_INFO = 24, 0x4200, 0x420E
_GOOD_TRAPS, _THREADS, _DIE_WITH_US = 0x1, 0x8, 0x100000
_ENTRY = 1
_EVERY_CHILD = 0x40000000
_SYSCALL_STOP = signal.SIGTRAP | 0x80


class _CallInfo(ctypes.Structure):
    """The beginning of `struct ptrace_syscall_info`."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("instruction", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("number", ctypes.c_uint64),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """`calls`: the changing calls it entered, in order; `status`: its exit status, negative for a signal."""

    calls: tuple[str, ...]
    status: int
    printed: str


def require_ptrace() -> None:
    """Skips the test, with the reason, where a program cannot be stopped at its calls."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        pytest.skip("needs ptrace on Linux, x86-64")
    program = "from tests.fakes.followed import be_followed_if_asked; be_followed_if_asked()"
    tried = run_killed([sys.executable, "-c", program], at=None)
    if tried.status != 0:
        pytest.skip(f"programs may not be traced here: {tried.printed[-200:]}")


def run_killed(program: Sequence[str], *, at: int | None) -> Ended:
    """Run the program and kill it when it enters its changing call of this number (from 1); None kills it never.

    The program asks to be followed; `calls` begin there. `printed` is all it wrote to its standard output and error.
    """
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            _become(program, output.fileno())
        calls, status = _follow(child, at)
        output.seek(0)
        return Ended(calls=calls, status=status, printed=output.read().decode(errors="replace"))


def _become(program: Sequence[str], output: int) -> None:
    """In the child: never returns."""
    try:
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.execve(program[0], list(program), {**unmeasured(), ASKED: "1"})  # noqa: S606 - a program of the tests
    finally:
        os._exit(127)


def _follow(child: int, at: int | None) -> tuple[tuple[str, ...], int]:
    calls: list[str] = []
    info = _CallInfo()
    _, status = os.waitpid(child, 0)
    if not os.WIFSTOPPED(status):  # it ended before it asked
        return (), os.waitstatus_to_exitcode(status)
    ptrace(_SET_OPTIONS, child, 0, _GOOD_TRAPS | _THREADS | _DIE_WITH_US)
    ptrace(_SYSCALL, child, 0, 0)
    while True:
        thread, status = os.waitpid(-1, _EVERY_CHILD)
        if not os.WIFSTOPPED(status):
            if thread == child:
                return tuple(calls), os.waitstatus_to_exitcode(status)
            continue
        stopped_by, delivered = os.WSTOPSIG(status), 0
        if stopped_by == _SYSCALL_STOP:
            ptrace(_SYSCALL_INFO, thread, ctypes.sizeof(info), ctypes.addressof(info))
            if info.op == _ENTRY and info.number in CHANGING:
                calls.append(CHANGING[info.number])
                if len(calls) == at:
                    os.kill(child, signal.SIGKILL)
                    continue
        elif stopped_by not in {signal.SIGTRAP, signal.SIGSTOP}:  # those are the tracing's own
            delivered = stopped_by
        ptrace(_SYSCALL, thread, 0, delivered, gone_is_fine=True)
