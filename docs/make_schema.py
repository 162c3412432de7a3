"""Write resources/schema/messages.json anew from the structs of the wire."""  # noqa: INP001 - a script beside the docs

from pathlib import Path

from vrm_desktop.protocol.schema import schema_bytes

SCHEMA = Path(__file__).resolve().parents[1] / "resources" / "schema" / "messages.json"

if __name__ == "__main__":
    SCHEMA.parent.mkdir(exist_ok=True)
    SCHEMA.write_bytes(schema_bytes())
