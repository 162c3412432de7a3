"""What an MCP server says of its tools and answers, read from its JSON: bounded, and every text a stranger's words.

A tool's description is shown as text and never followed. Never here: how a message travels, or what a tool is for.
"""

from dataclasses import dataclass

from vrm_desktop.canon.loose_json import Loose, read_loose

LONGEST_NAME = 128
LONGEST_TEXT = 64 * 1024
LONGEST_DESCRIPTION = 4_000
MOST_PARTS = 200


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Tool:
    """One tool as its server describes it. `schema` is the JSON Schema of its arguments, {} where there is none."""

    name: str
    title: str
    description: str
    schema: dict[str, Loose]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ToolResult:
    """What a tool answered. `structured` is its data: `structuredContent`, or a text that is one JSON object."""

    structured: dict[str, Loose] | None
    text: str
    is_error: bool


def clean(text: str, most: int) -> str:
    """A stranger's text without what no screen or file can hold, cut to `most` characters."""
    kept = "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in text[:most])
    return kept.encode("utf-8", "replace").decode()


def read_tool(value: Loose) -> Tool | None:
    """A tool, or None where it has no name that can be called."""
    if not isinstance(value, dict):
        return None
    name, schema = value.get("name"), value.get("inputSchema")
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME or clean(name, LONGEST_NAME) != name:
        return None
    return Tool(
        name=name,
        title=_line(value.get("title")),
        description=clean(_text(value.get("description")), LONGEST_DESCRIPTION),
        schema=schema if isinstance(schema, dict) else {},
    )


def read_result(value: dict[str, Loose]) -> ToolResult:
    """A tool's answer. Pictures, sounds and files in it are left out."""
    structured = value.get("structuredContent")
    text = _texts(value.get("content"))
    if not isinstance(structured, dict):
        # Older servers answer with their data as text alone.
        read = read_loose(text) if text.lstrip().startswith("{") else None
        structured = read if isinstance(read, dict) else None
    return ToolResult(structured=structured, text=clean(text, LONGEST_TEXT), is_error=value.get("isError") is True)


def _texts(content: Loose) -> str:
    parts = content[:MOST_PARTS] if isinstance(content, list) else []
    return "\n".join(_text(part.get("text")) for part in parts if isinstance(part, dict) and part.get("type") == "text")


def _line(value: Loose) -> str:
    return " ".join(clean(_text(value), 200).split())


def _text(value: Loose) -> str:
    return value if isinstance(value, str) else ""
