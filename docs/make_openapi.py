"""Write resources/schema/openapi.json anew from what the code knows."""  # noqa: INP001 - a script beside the docs

from pathlib import Path

from vrm_desktop.conformance.openapi import openapi_bytes

DESCRIPTION = Path(__file__).resolve().parents[1] / "resources" / "schema" / "openapi.json"

if __name__ == "__main__":
    DESCRIPTION.write_bytes(openapi_bytes())
