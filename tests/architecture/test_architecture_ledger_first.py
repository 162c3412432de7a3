"""Nothing leaves that is not in the ledger first: every path out of the program is named here, and none goes around.

What this reads is the code; `test_services_ledger_first` watches a whole relationship's bytes as they leave.
"""

import ast
import dataclasses
import typing
from functools import cache

import pytest

from tests.architecture.source_tree import SourceFile, source_files
from vrm_desktop.domain import acts
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.plan import VendorPlan

PERSON = ("channels", "cli", "domain", "formats", "home", "services", "ui", "vault", "wording")
SENDS = frozenset({"post_json", "post", "put", "patch", "delete", "request", "send"})
SEALS_VALUES = frozenset(
    {"seal_reveal", "seal_accept", "seal_update", "seal_grant", "seal_order_change", "seal_use_report"}
)


@cache
def person_files(*rooms: str) -> tuple[SourceFile, ...]:
    return tuple(file for room in rooms or PERSON for file in source_files(f"vrm_desktop/{room}"))


def imports(file: SourceFile) -> set[str]:
    found = set()
    for node in ast.walk(file.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return found


def functions(file: SourceFile) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(file.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def outermost(file: SourceFile) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions and methods that stand in no other function."""
    inner = {one for whole in functions(file) for one in ast.walk(whole) if one is not whole}
    return [one for one in functions(file) if one not in inner]


def calls(node: ast.AST) -> list[ast.Call]:
    return [one for one in ast.walk(node) if isinstance(one, ast.Call)]


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def carrying(ports: SourceFile) -> set[str]:
    """The methods of the ways to reach others that carry what somebody made: they take an `envelope` or a `message`."""
    return {
        method.name
        for found in ast.walk(ports.tree)
        if isinstance(found, ast.ClassDef) and found.name.endswith("Channel")
        for method in found.body
        if isinstance(method, ast.AsyncFunctionDef)
        and {"envelope", "message"} & {one.arg for one in (*method.args.args, *method.args.kwonlyargs)}
    }


def the(place: str) -> SourceFile:
    (file,) = [file for file in person_files() if file.place == f"vrm_desktop/{place}"]
    return file


def test_only_the_channels_reach_the_courier() -> None:
    reaching = {
        file.place
        for file in person_files()
        if any(name == "vrm_desktop.courier" or name.startswith("vrm_desktop.courier.") for name in imports(file))
    }
    assert reaching
    assert all(place.startswith("vrm_desktop/channels/") for place in reaching)


def test_no_room_of_the_person_but_the_channels_can_open_a_connection() -> None:
    sockets = {"socket", "ssl", "http.client", "urllib.request", "smtplib", "imaplib", "ftplib", "httpx"}
    local = {"vrm_desktop/ui/single_instance.py", "vrm_desktop/cli/lock_command.py"}  # this computer's own window
    reaching = {file.place for file in person_files() if sockets & imports(file)}
    assert reaching <= local


def test_a_channel_sends_nothing_but_what_it_is_handed() -> None:
    """A call with a body stands only in a method that takes the bytes, or in a private one that such a method calls."""
    for file in person_files("channels"):
        for function in outermost(file):
            if not any(called(call) in SENDS and isinstance(call.func, ast.Attribute) for call in calls(function)):
                continue
            handed = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
            assert handed & {"envelope", "message"}, f"{file.place}: {function.name} sends something of its own"


def test_what_is_sent_is_sent_by_the_outbox_or_by_whoever_writes_the_ledger_for_it() -> None:
    names = carrying(the("services/ports.py"))
    assert {"open", "post"} <= names
    sending = {
        file.place: {function.name for function in functions(file) if _sends(function, names)}
        for file in person_files("services", "cli", "ui", "home")
    }
    found = {place: functions_ for place, functions_ in sending.items() if functions_}
    assert found.pop("vrm_desktop/services/deliver_outbox.py") == {"_send"}
    for place in found:
        writes = [one for one in calls(the(place.removeprefix("vrm_desktop/")).tree) if called(one) == "append_ledger"]
        assert writes, f"{place} sends by itself, and writes no ledger"


def _sends(function: ast.FunctionDef | ast.AsyncFunctionDef, names: set[str]) -> bool:
    def one_line(call: ast.Call) -> bool:
        return called(call) in names and any(keyword.arg == "line" for keyword in call.keywords)

    return any(one_line(call) for call in calls(function))


def with_values() -> set[str]:
    """The names of the acts that hold values of the person."""
    found = set()
    for kind in acts.KIND_OF:
        hints = typing.get_type_hints(kind)
        kinds = {part for field in dataclasses.fields(kind) for part in _parts(hints[field.name])}
        if {PlannedField, VendorPlan} & kinds:
            found.add(kind.__name__)
    return found


def _parts(annotation: object) -> set[object]:
    return {annotation, *(part for one in typing.get_args(annotation) for part in _parts(one))}


def in_the_ledger(file: SourceFile) -> set[str]:
    """The acts that `_write_ledger` has a case for."""
    (write,) = [one for one in functions(file) if one.name == "_write_ledger"]
    return {
        dotted.attr
        for node in ast.walk(write)
        if isinstance(node, ast.MatchClass)
        for dotted in [node.cls]
        if isinstance(dotted, ast.Attribute)
    }


def test_every_act_with_values_has_its_rows_written() -> None:
    assert with_values() == in_the_ledger(the("services/seal_acts.py"))
    assert {"Ping", "Reveal", "Accept", "Update", "Grant", "OrderChange"} <= with_values()


@pytest.mark.parametrize("act", ["Grant", "Contact"])
def test_a_forgotten_act_would_be_noticed(act: str) -> None:
    text = the("services/seal_acts.py").text
    planted = SourceFile(place="planted.py", text=text.replace(f"acts.{act}(", "acts.Voice("))
    assert with_values() != in_the_ledger(planted)


def test_values_are_sealed_only_where_acts_are_composed() -> None:
    sealing = {file.place for file in person_files() for call in calls(file.tree) if called(call) in SEALS_VALUES}
    assert sealing == {"vrm_desktop/services/compose_acts.py"}


def test_a_message_is_sealed_only_in_the_transaction_that_writes_the_ledger() -> None:
    (seal,) = [one for one in functions(the("services/seal_acts.py")) if one.name == "seal_act"]
    order = [called(call) for call in sorted(calls(seal), key=lambda call: call.lineno)]
    assert order.index("compose") < order.index("_write_ledger") < order.index("update_act")
    composing = {file.place for file in person_files() for call in calls(file.tree) if called(call) == "compose"}
    assert "vrm_desktop/services/seal_acts.py" in composing
    assert all("compose" not in place or "services" in place for place in composing)
