"""JSON Schemas of everything that is signed, generated from the structs of `messages`: for strangers and tools."""

from collections.abc import Mapping
from typing import Any

import msgspec

from vrm_desktop.canon import strict_json
from vrm_desktop.protocol.messages import AgreementText, AnyMessage, Card, CoSigned, OrderText

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def message_schema() -> Mapping[str, Any]:
    """One schema document: `oneOf` all message payloads, with the other signed texts and the card under `$defs`."""
    roots = (AnyMessage, AgreementText, OrderText, CoSigned, Card)
    (messages, *_others), definitions = msgspec.json.schema_components(roots, ref_template="#/$defs/{name}")
    return {"$schema": _DIALECT, "$id": "urn:intentcast:schema:1", **messages, "$defs": definitions}


def schema_bytes() -> bytes:
    """The schema as published: canonical JSON and a line end."""
    return strict_json.encode(message_schema()) + b"\n"
