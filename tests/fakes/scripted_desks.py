"""Quote desks that answer as a test says, and remember what they were called with. They reach nobody."""

# ruff: noqa: ARG002 - the names are the port's

from dataclasses import dataclass, field

from vrm_desktop.canon.loose_json import Loose, read_loose
from vrm_desktop.formats.mcp_tools import Tool, ToolResult
from vrm_desktop.services.ports import ChannelError
from vrm_desktop.services.ports_outside import ListedTools, Post, QuoteDesks, Shops, WebPages


def said(text: str) -> ToolResult:
    """An answer whose data is this JSON."""
    value = read_loose(text)
    assert isinstance(value, dict), text
    return ToolResult(structured=value, text=text, is_error=False)


def refused(text: str) -> ToolResult:
    """An answer that says no in words."""
    return ToolResult(structured=None, text=text, is_error=True)


@dataclass(slots=True, kw_only=True)
class ScriptedDesks:
    """The port `QuoteDesks`. `answers` are given in order, the last again and again; an error among them is raised."""

    answers: dict[str, list[ToolResult | ChannelError]] = field(default_factory=dict)
    listed: tuple[Tool, ...] = ()
    called: list[tuple[str, str, dict[str, Loose]]] = field(default_factory=list)
    lines: set[str] = field(default_factory=set)

    async def tools(self, address: str, *, line: str) -> ListedTools:
        return ListedTools(tools=self.listed, more=False)

    async def call(self, address: str, tool: str, arguments: dict[str, Loose], *, line: str) -> ToolResult:
        self.called.append((address, tool, arguments))
        self.lines.add(line)
        answers = self.answers[tool]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, ChannelError):
            raise answer
        return answer


@dataclass(slots=True, kw_only=True)
class OnlyDesks:
    """The port `Outside` of somebody who reaches quote desks and nothing else."""

    quoting: ScriptedDesks

    def desks(self) -> QuoteDesks:
        return self.quoting

    def web(self) -> WebPages:
        raise AssertionError("no page is visited here")

    def post(self) -> Post:
        raise AssertionError("no mail leaves here")

    def shops(self) -> Shops:
        raise AssertionError("no shop is asked here")
