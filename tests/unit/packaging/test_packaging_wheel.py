"""What the wheel must hold: every file of the package and every resource."""

from wheel import CHECKOUT, left_out


def test_a_wheel_with_everything_lacks_nothing() -> None:
    everything = set(left_out(set()))
    assert "vrm_desktop/py.typed" in everything
    assert any(name.startswith("vrm_desktop/resources/icons/") for name in everything)
    assert left_out(everything) == []


def test_a_file_that_was_left_out_is_named() -> None:
    everything = set(left_out(set()))
    assert left_out(everything - {"vrm_desktop/py.typed"}) == ["vrm_desktop/py.typed"]


def test_what_the_interpreter_caches_is_not_shipped() -> None:
    assert (CHECKOUT / "vrm_desktop").is_dir()
    assert not [name for name in left_out(set()) if "__pycache__" in name]
