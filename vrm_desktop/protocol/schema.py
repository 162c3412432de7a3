"""JSON Schemas of everything that is signed, generated from the structs of `messages`: for strangers and tools."""

from collections.abc import Mapping
from typing import Any

import msgspec

from vrm_desktop.canon import strict_json
from vrm_desktop.protocol.messages import AgreementText, Card, CoSigned, OrderText, PersonMessage, VendorMessage

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def message_schema() -> Mapping[str, Any]:
    """One schema document: any message payload of either side, with the other signed texts and the card under `$defs`.

    `PersonMessage` and `VendorMessage` are apart: two kinds have one name and another shape on each side.
    """
    roots = (PersonMessage, VendorMessage, AgreementText, OrderText, CoSigned, Card)
    (person, vendor, *_), definitions = msgspec.json.schema_components(roots, ref_template="#/$defs/{name}")
    sides = {"PersonMessage": person, "VendorMessage": vendor}
    either = {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in sides]}
    return {"$schema": _DIALECT, "$id": "urn:intentcast:schema:1", **either, "$defs": {**definitions, **sides}}


def schema_bytes() -> bytes:
    """The schema as published: canonical JSON and a line end."""
    return strict_json.encode(message_schema()) + b"\n"
