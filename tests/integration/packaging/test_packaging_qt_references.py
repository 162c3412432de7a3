"""The pin of PySide6: a version whose calls lose references to `None` and `True` aborts Python sooner or later."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal

CALLS = 2000
DRIFT = 50


class Bell(QObject):
    """Something to call and to connect to."""

    rung = Signal(bool)


def _counted() -> tuple[int, int]:
    return sys.getrefcount(None), sys.getrefcount(True)


def _name_it(bell: Bell) -> None:
    bell.setObjectName("bell")


def _ring_it(bell: Bell) -> None:
    bell.rung.emit(True)


def _connect_to_it(bell: Bell) -> None:
    connection = bell.rung.connect(bell.deleteLater)
    bell.rung.disconnect(connection)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal from Python 3.12")
@pytest.mark.parametrize("call", [_name_it, _ring_it, _connect_to_it])
def test_calls_into_qt_leave_the_count_of_references_alone(call: object) -> None:
    assert callable(call)
    bell = Bell()
    call(bell)
    none_before, true_before = _counted()
    for _ in range(CALLS):
        call(bell)
    none_after, true_after = _counted()
    assert abs(none_after - none_before) < DRIFT
    assert abs(true_after - true_before) < DRIFT
