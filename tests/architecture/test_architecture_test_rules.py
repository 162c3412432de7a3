"""The rules in tests/conftest.py bite: each is given something it must catch, in a test run of its own."""

import pytest

pytest_plugins = ["pytester"]


@pytest.fixture(autouse=True)
def _rules_inside(pytester: pytest.Pytester, pytestconfig: pytest.Config) -> None:
    rules = pytestconfig.rootpath / "tests" / "conftest.py"
    pytester.makeconftest(rules.read_text(encoding="utf-8"))
    pytester.makepyprojecttoml(
        f"""
        [tool.pytest.ini_options]
        pythonpath = ["{pytestconfig.rootpath / "packaging"}"]
        markers = ["services", "long"]
        filterwarnings = ["error"]
        """
    )


def _run(pytester: pytest.Pytester, source: str, *arguments: str) -> pytest.RunResult:
    pytester.makepyfile(source)
    return pytester.runpytest_subprocess("-p", "no:pytest-qt", "-p", "no:cacheprovider", "-ra", *arguments)


def test_a_thread_that_survives_its_test_fails_it(pytester: pytest.Pytester) -> None:
    source = """
        import threading
        def test_leaves_a_thread():
            threading.Thread(target=threading.Event().wait, name="stray", daemon=True).start()
    """
    result = _run(pytester, source)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*left behind: thread stray*"])


def test_a_thread_that_ends_a_little_later_is_waited_for(pytester: pytest.Pytester) -> None:
    source = """
        import threading, time
        def test_lets_a_thread_end():
            threading.Thread(target=time.sleep, args=(0.2,)).start()
    """
    _run(pytester, source).assert_outcomes(passed=1)


def test_a_task_that_survives_its_test_fails_it(pytester: pytest.Pytester) -> None:
    source = """
        import asyncio
        kept = []
        def test_leaves_a_task():
            loop = asyncio.new_event_loop()
            kept.append(loop)
            kept.append(loop.create_task(asyncio.sleep(1), name="stray"))
            loop.run_until_complete(asyncio.sleep(0))
    """
    result = _run(pytester, source, "-W", "ignore")
    result.stdout.fnmatch_lines(["*left behind: task stray*"])


def test_a_task_that_fails_unseen_fails_its_test(pytester: pytest.Pytester) -> None:
    source = """
        import asyncio, gc
        async def fail():
            raise ValueError("unseen")
        async def main():
            task = asyncio.create_task(fail())
            await asyncio.sleep(0)
            del task
            gc.collect()
        def test_looks_away():
            asyncio.run(main())
    """
    result = _run(pytester, source)
    result.stdout.fnmatch_lines(["*left behind: Task exception was never retrieved*"])


@pytest.mark.parametrize(
    "reach", ["socket.socket().connect(('192.0.2.1', 80))", "socket.getaddrinfo('vendor.example', 443)"]
)
def test_a_test_that_reaches_for_another_machine_fails(pytester: pytest.Pytester, reach: str) -> None:
    result = _run(pytester, f"import socket\ndef test_reaches_out():\n    {reach}\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*tests talk to loopback only*"])


def test_loopback_is_open_to_tests(pytester: pytest.Pytester) -> None:
    source = """
        import socket
        def test_talks_to_itself():
            with socket.create_server(("127.0.0.1", 0)) as server:
                with socket.create_connection(("localhost", server.getsockname()[1])):
                    pass
    """
    _run(pytester, source).assert_outcomes(passed=1)


def test_an_absent_service_skips_with_its_name_and_remedy(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = """
        import pytest
        @pytest.mark.services("x-server")
        def test_wants_a_screen():
            raise AssertionError
    """
    monkeypatch.setenv("PATH", "")
    result = _run(pytester, source)
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED*needs Xvfb (x-server)*--with-services*"])


def test_an_unknown_service_is_an_error_and_not_a_skip(pytester: pytest.Pytester) -> None:
    source = """
        import pytest
        @pytest.mark.services("no-such-service")
        def test_wants_nonsense():
            pass
    """
    assert _run(pytester, source).ret != 0


def test_long_tests_run_only_when_asked_for(pytester: pytest.Pytester) -> None:
    source = """
        import pytest
        @pytest.mark.long
        def test_takes_for_ever():
            pass
    """
    _run(pytester, source).assert_outcomes(skipped=1)
    _run(pytester, source, "--long").assert_outcomes(passed=1)


def test_absent_reference_data_skips_with_its_place(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VRM_TEST_DATA", "/nowhere/at/all")
    result = _run(pytester, "def test_reads(shared_data):\n    raise AssertionError\n")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED*reference data is not at*nowhere*"])
