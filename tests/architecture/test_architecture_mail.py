"""Mail leaves from one place alone, which the outbox calls once the ledger is written."""

import ast

from tests.architecture.source_tree import SourceFile, source_files

PERSON = ("channels", "cli", "home", "services", "ui")


def hands_over(file: SourceFile) -> list[str]:
    """The functions that hand a mail to a mail server: a call of `send` that names sender and recipient."""
    return [
        function.name
        for function in ast.walk(file.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "send"
        and {"sender", "to"} <= {keyword.arg for keyword in call.keywords}
    ]


def test_a_mail_is_handed_over_by_the_outbox_alone() -> None:
    found = {
        file.place: names
        for room in PERSON
        for file in source_files(f"vrm_desktop/{room}")
        if (names := hands_over(file))
    }
    assert found == {"vrm_desktop/channels/post.py": ["send"], "vrm_desktop/services/ask_by_mail.py": ["carry"]}


def test_nobody_but_the_desk_uses_the_standard_librarys_mail_clients() -> None:
    clients = {"imaplib", "poplib", "smtplib"}
    using = {
        file.place
        for file in source_files("vrm_desktop")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Import) and clients & {one.name for one in node.names}
    }
    assert using == {"vrm_desktop/courier/mail.py"}
