"""A resolver and a way out that never leave the computer: public addresses are invented, connections go to loopback."""

import asyncio
import socket
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address

from vrm_desktop.courier.addresses import IPAddress
from vrm_desktop.courier.dialling import open_socket
from vrm_desktop.courier.errors import NameNotFoundError

LOOPBACK = IPv4Address("127.0.0.1")


class FakeNames:
    """A resolver over a table; each look-up of a name takes the next of its answers, the last one for ever."""

    def __init__(self, table: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self._table = {host: list(answers) for host, answers in table.items()}
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int, /) -> Sequence[str]:
        self.asked.append((host, port))
        await asyncio.sleep(0)
        answers = self._table.get(host)
        if not answers:
            msg = f"{host} was not found"
            raise NameNotFoundError(msg)
        return answers.pop(0) if len(answers) > 1 else answers[0]


class FakeRoads:
    """A dial that notes where it was sent, and connects to a loopback port instead of the public address.

    Addresses not in `ports` refuse the connection.
    """

    def __init__(self, ports: Mapping[str, int]) -> None:
        self._ports = dict(ports)
        self.dialled: list[tuple[str, int]] = []

    async def __call__(self, address: IPAddress, port: int) -> socket.socket:
        self.dialled.append((str(address), port))
        if str(address) not in self._ports:
            raise ConnectionRefusedError(str(address))
        return await open_socket(LOOPBACK, self._ports[str(address)])
