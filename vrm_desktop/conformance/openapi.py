"""The calls of docs/protocol.md, section 3, as an OpenAPI 3.1 description: for tools, made from what the code knows.

What is signed inside an envelope is described by resources/schema/messages.json; here are addresses, sizes and errors.
"""

from collections.abc import Mapping
from typing import Any

from vrm_desktop.canon import strict_json
from vrm_desktop.conformance.codes import PREFIX, STATUSES
from vrm_desktop.domain.attachment import MOST_BYTES
from vrm_desktop.protocol.cards import LARGEST as LARGEST_CARD
from vrm_desktop.protocol.envelope import LARGEST
from vrm_desktop.protocol.messages import VERSION
from vrm_desktop.protocol.schema import message_schema

_HASH = {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"}
_SECONDS = {"schema": {"type": "integer", "minimum": 0}, "description": "Seconds; readers clamp it to 1 to 3600."}
_TAG = {"schema": {"type": "string"}}
_READ = ("malformed", "unknown-conversation", "busy")
_NOT_BY_AN_OPENING = frozenset(
    {"fork", "missing", "not-allowed-now", "bad-seen", "bad-order", "full", "unknown-conversation"}
)


def openapi() -> Mapping[str, Any]:
    """The description as a JSON value."""
    posts = tuple(STATUSES)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "intentcast vendor desk",
            "version": str(VERSION),
            "summary": "How a person's program asks a vendor for offers.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [_server("endpoint", "The card's `endpoint`.", "https://vendor.example/intentcast")],
        "paths": {
            "/.well-known/intentcast.json": {
                "servers": [_server("site", "The vendor's site.", "https://vendor.example")],
                "get": _card(),
            },
            "/conversations": {
                "post": _post(
                    "openConversation",
                    "Open a conversation with a ping or a contact.",
                    tuple(code for code in posts if code not in _NOT_BY_AN_OPENING),
                    {"Location": {"schema": {"type": "string"}, "description": "The conversation's address."}},
                )
            },
            "/conversations/{conversation}/messages": {
                "parameters": [{"name": "conversation", "in": "path", "required": True, "schema": _HASH}],
                "post": _post("postMessage", "Any further message of the person.", (*posts,), {}),
                "get": _read(),
            },
            "/documents/{document}": {
                "parameters": [
                    {"name": "document", "in": "path", "required": True, "schema": {"type": "string", "minLength": 22}}
                ],
                "get": _document(),
            },
        },
        "components": {
            "schemas": {
                "Envelope": _envelope(),
                "Messages": _messages(),
                "Problem": _problem(),
                "Card": _card_schema(),
            },
            "securitySchemes": {
                "readSecret": {"type": "http", "scheme": "bearer", "description": "The opening's `read` is its hash."}
            },
        },
    }


def openapi_bytes() -> bytes:
    """The description as published: canonical JSON and a line end."""
    return strict_json.encode(openapi()) + b"\n"


def _server(name: str, description: str, default: str) -> dict[str, Any]:
    return {"url": f"{{{name}}}", "variables": {name: {"default": default, "description": description}}}


def _json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _card() -> dict[str, Any]:
    return {
        "operationId": "vendorCard",
        "summary": "The signed vendor card.",
        "description": f"At most {LARGEST_CARD} bytes.",
        "security": [],
        "parameters": [{"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}],
        "responses": {
            "200": {"description": "The card.", "headers": {"ETag": _TAG}, "content": _json("Card")},
            "304": {"description": "The card is the one with this `ETag`."},
        },
    }


def _post(operation: str, summary: str, codes: tuple[str, ...], headers: dict[str, Any]) -> dict[str, Any]:
    taken = {"description": "Stored.", "headers": {"Retry-After": _SECONDS, **headers}}
    return {
        "operationId": operation,
        "summary": summary,
        "description": f"At most {LARGEST} bytes, in canonical form. The same bytes again are answered alike.",
        "security": [],
        "requestBody": {"required": True, "content": _json("Envelope")},
        "responses": {"202": taken, **_refusals(codes)},
    }


def _read() -> dict[str, Any]:
    def query(name: str, schema: dict[str, Any], text: str) -> dict[str, Any]:
        return {"name": name, "in": "query", "schema": schema, "description": text}

    number = r"^[0-9]{1,6}(,[0-9]{1,6})?$"
    headers = {"ETag": _TAG, "Retry-After": _SECONDS}
    return {
        "operationId": "readMessages",
        "summary": "Exact messages since a number.",
        "security": [{"readSecret": []}],
        "parameters": [
            query("side", {"enum": ["vendor", "both"], "default": "vendor"}, "Whose messages."),
            query("after", {"type": "string", "pattern": number}, "The last number the reader has, of each side."),
            {"name": "Prefer", "in": "header", "schema": {"type": "string"}, "description": "wait=N, at most 30."},
            {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}},
        ],
        "responses": {
            "200": {"description": "At most 32 messages.", "headers": headers, "content": _json("Messages")},
            "304": {"description": "Nothing else than what has this `ETag`."},
            **_refusals(_READ),
        },
    }


def _document() -> dict[str, Any]:
    """What a desk of its own accord chooses; a message's `link` alone says where its document lies."""
    some = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "operationId": "document",
        "summary": "A document that a `status` names.",
        "description": (
            "Where documents may lie; a desk may choose another https address, and the `link` in the signed `status` "
            "is what counts. Whoever knows the address has the document. A person takes exactly the bytes of the "
            f"signed `hash`, at most {MOST_BYTES} of them."
        ),
        "security": [],
        "responses": {
            "200": {"description": "The document.", "content": {"*/*": some}},
            "404": {"description": "There is none, or it is not held ready any longer.", "content": problem},
            **{status: answer for status, answer in _refusals(("busy",)).items() if status == "503"},
        },
    }


def _refusals(codes: tuple[str, ...]) -> dict[str, Any]:
    """One response a status, naming the codes that come with it."""
    by_status: dict[int, list[str]] = {}
    for code in codes:
        for status in STATUSES[code]:
            by_status.setdefault(status, []).append(code)
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(status): {
            "description": ", ".join(f"`{code}`" for code in named),
            "content": content,
            **({"headers": {"Retry-After": _SECONDS}} if "busy" in named else {}),
        }
        for status, named in sorted(by_status.items())
    }


def _envelope() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["disclosures", "jws"],
        "properties": {
            "disclosures": {"type": "array", "items": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}},
            "jws": {"type": "string", "pattern": r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$"},
        },
        "description": "The JWS's payload is one of urn:intentcast:schema:1 (resources/schema/messages.json).",
    }


def _messages() -> dict[str, Any]:
    row = {
        "type": "object",
        "required": ["envelope", "number", "side"],
        "properties": {
            "envelope": {"$ref": "#/components/schemas/Envelope"},
            "number": {"type": "integer", "minimum": 1, "maximum": 200},
            "side": {"enum": ["vendor", "person"]},
        },
    }
    return {
        "type": "object",
        "required": ["messages", "more"],
        "properties": {"messages": {"type": "array", "maxItems": 32, "items": row}, "more": {"type": "boolean"}},
    }


def _problem() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string", "examples": [PREFIX + code for code in STATUSES]},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "last": {"type": "integer", "description": "With `missing`: the last number received."},
            "state": {"type": "string", "description": "With `not-allowed-now`: the conversation's state."},
        },
    }


def _card_schema() -> dict[str, Any]:
    """The card's members as the messages' schema has them, with the definitions that it needs inside."""
    definitions = message_schema()["$defs"]
    card = strict_json.encode(definitions["Card"]).decode().replace("#/$defs/", "#/components/schemas/Card/$defs/")
    inside = {name: definitions[name] for name in ("CardTerms", "Signature")}
    value: Any = strict_json.decode(card.encode())
    signature = {"$ref": "#/components/schemas/Card/$defs/Signature"}
    return {
        **value,
        "properties": {**value["properties"], "signature": signature, "previous": signature},
        "required": [*value["required"], "signature"],
        "$defs": inside,
    }
