"""JSON-RPC messages as this program writes them and as it reads strangers'."""

import json

import pytest

from vrm_desktop.canon.errors import NotStrictJson
from vrm_desktop.canon.loose_json import Number
from vrm_desktop.canon.loose_writing import show_loose, write_loose
from vrm_desktop.channels.mcp.messages import (
    Answered,
    Asked,
    Refused,
    Told,
    initialize,
    is_for,
    notification,
    read_message,
    reply,
    request,
)


def test_a_request_is_one_line_with_its_members_in_order() -> None:
    made = request(3, "tools/call", {"name": "ask", "arguments": {"b": Number("1.50"), "a": [True, None]}})
    assert made == (
        b'{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"ask","arguments":{"b":1.50,"a":[true,null]}}}'
    )
    assert json.loads(notification("notifications/initialized")) == {
        "jsonrpc": "2.0",
        "method": "notifications/initialized",
    }


def test_the_first_request_says_the_same_for_everybody_and_offers_nothing() -> None:
    assert initialize() == {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "intentcast", "version": "1"},
    }


def test_a_ping_is_answered_and_every_other_question_refused() -> None:
    assert json.loads(reply(Asked(number="x", method="ping"))) == {"jsonrpc": "2.0", "id": "x", "result": {}}
    refused = json.loads(reply(Asked(number=Number("7"), method="sampling/createMessage")))
    assert (refused["id"], refused["error"]["code"]) == (7, -32601)


def test_messages_are_told_apart_by_their_members() -> None:
    answered = read_message('{"jsonrpc":"2.0","id":4,"result":{"a":1}}')
    assert isinstance(answered, Answered)
    assert is_for(answered, 4)
    assert not is_for(answered, 5)
    text = read_message('{"jsonrpc":"2.0","id":"4","result":{}}')
    assert isinstance(text, Answered)
    assert not is_for(text, 4)
    refused = read_message('{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no\\u0007","data":[]}}')
    assert isinstance(refused, Refused)
    assert (refused.number, refused.code, refused.message, refused.data) == (None, -32600, "no ", [])
    assert isinstance(read_message('{"jsonrpc":"2.0","id":1,"method":"ping"}'), Asked)
    assert isinstance(read_message('{"jsonrpc":"2.0","method":"notifications/progress","params":{}}'), Told)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        '[{"jsonrpc":"2.0","id":1,"result":{}}]',
        '{"id":1,"result":{}}',
        '{"jsonrpc":"2.0","id":1}',
        '{"jsonrpc":"2.0","id":1,"result":[]}',
        '{"jsonrpc":"2.0","id":{},"method":"ping"}',
        '{"jsonrpc":"2.0","id":1,"result":' + '{"a":' * 40 + "1" + "}" * 41,
    ],
)
def test_what_is_no_message_is_none(text: str) -> None:
    assert read_message(text) is None


@pytest.mark.parametrize("code", ['"x"', "1.5", "-", "9" * 400, "null"])
def test_an_error_code_that_is_no_number_is_zero(code: str) -> None:
    message = read_message('{"jsonrpc":"2.0","id":1,"error":{"code":' + code + ',"message":3}}')
    assert (
        message is None if code == "-" else isinstance(message, Refused) and (message.code, message.message) == (0, "")
    )


def test_what_cannot_be_json_is_not_written() -> None:
    for bad in (Number("NaN"), Number("01"), "\ud800", deep(40)):
        with pytest.raises(NotStrictJson):
            write_loose(bad)  # type: ignore[arg-type]
    assert show_loose({"a": Number("1.0")}) == '{\n  "a": 1.0\n}'


def deep(levels: int) -> object:
    value: object = None
    for _ in range(levels):
        value = [value]
    return value
