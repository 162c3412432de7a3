"""The error tree's codes and what each says about disclosure; limits that make no sense are refused."""

import dataclasses

import pytest

from vrm_desktop.courier import errors
from vrm_desktop.courier.limits import Limits


def tree(root: type[errors.CourierError]) -> list[type[errors.CourierError]]:
    return [root, *(kind for child in root.__subclasses__() for kind in tree(child))]


def test_every_error_has_a_stable_code_of_its_own() -> None:
    codes = {kind.code: kind for kind in tree(errors.CourierError) if kind.__name__ != "NothingSentError"}
    assert set(codes) == {
        "courier-error",
        "address-refused",
        "request-refused",
        "line-closed",
        "name-not-found",
        "connect-failed",
        "proxy-failed",
        "tls-failed",
        "certificate-refused",
        "timed-out",
        "connection-lost",
        "answered-badly",
        "too-large",
        "mail-login-refused",
        "mail-folder-gone",
        "malformed-answer",
        "encoding-refused",
        "mail-refused",
    }


@pytest.mark.parametrize("kind", tree(errors.NothingSentError))
def test_before_the_first_byte_nothing_may_have_arrived(kind: type[errors.NothingSentError]) -> None:
    assert not kind("text").may_have_arrived


@pytest.mark.parametrize("kind", tree(errors.AnsweredBadlyError))
def test_what_was_answered_has_arrived(kind: type[errors.AnsweredBadlyError]) -> None:
    assert kind("text").may_have_arrived


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Limits)])
def test_every_limit_is_above_zero(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        Limits(**{field: 0})


def test_the_usual_deadline_is_within_the_longest() -> None:
    with pytest.raises(ValueError, match="deadline_seconds"):
        Limits(deadline_seconds=36.0)
