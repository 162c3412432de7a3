"""Which address is tried when, and that no attempt outlives the one that won. No network: sockets are made up."""

import asyncio
import socket
from ipaddress import ip_address

import pytest

from vrm_desktop.courier.addresses import IPAddress
from vrm_desktop.courier.dialling import SystemResolver, open_socket, reach
from vrm_desktop.courier.errors import ConnectFailedError, NameNotFoundError

V4_A, V4_B = ip_address("1.1.1.1"), ip_address("1.0.0.1")
V6_A, V6_B = ip_address("2606:4700::1111"), ip_address("2606:4700::1001")


class Roads:
    """A dial over made-up sockets: `slow` addresses answer only when released, `dead` ones refuse."""

    def __init__(self, *, slow: tuple[IPAddress, ...] = (), dead: tuple[IPAddress, ...] = ()) -> None:
        self.slow, self.dead = slow, dead
        self.tried: list[IPAddress] = []
        self.ports: set[int] = set()
        self.all_tried = asyncio.Event()
        self.given_up: list[IPAddress] = []
        self.made: list[socket.socket] = []

    async def __call__(self, address: IPAddress, port: int) -> socket.socket:
        self.tried.append(address)
        self.ports.add(port)
        if set(self.tried) >= set(self.slow):
            self.all_tried.set()
        if address in self.dead:
            raise ConnectionRefusedError
        if address in self.slow:
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError:
                self.given_up.append(address)
                raise
        connection = socket.socket()
        self.made.append(connection)
        return connection


def reached(roads: Roads, *addresses: IPAddress, seconds: float = 5.0) -> None:
    async def go() -> None:
        connection = await reach("shop.example", addresses, 443, dial=roads, next_address_seconds=seconds)
        assert connection.fileno() >= 0
        connection.close()
        assert all(other.fileno() < 0 for other in roads.made)

    asyncio.run(go())


def test_the_first_address_that_answers_is_used_and_no_other_tried() -> None:
    roads = Roads()
    reached(roads, V4_A, V4_B)
    assert roads.tried == [V4_A]
    assert roads.ports == {443}


def test_an_address_that_refuses_is_followed_by_the_next_at_once() -> None:
    roads = Roads(dead=(V4_A,))
    reached(roads, V4_A, V4_B)
    assert roads.tried == [V4_A, V4_B]


def test_families_take_turns_so_that_a_broken_one_costs_one_attempt() -> None:
    roads = Roads(dead=(V6_A, V6_B))
    reached(roads, V6_A, V6_B, V4_A, V4_B)
    assert roads.tried == [V6_A, V4_A]


def test_an_address_that_stays_silent_is_overtaken_and_given_up() -> None:
    roads = Roads(slow=(V6_A,))
    reached(roads, V6_A, V4_A, seconds=0.01)
    assert roads.tried == [V6_A, V4_A]
    assert roads.given_up == [V6_A]


def test_when_nobody_answers_the_failure_says_so() -> None:
    roads = Roads(dead=(V4_A, V6_A))
    with pytest.raises(ConnectFailedError, match=r"shop\.example"):
        reached(roads, V4_A, V6_A)
    assert roads.tried == [V4_A, V6_A]


def test_giving_up_gives_up_every_attempt() -> None:
    roads = Roads(slow=(V4_A, V4_B))

    async def go() -> None:
        task = asyncio.create_task(reach("shop.example", [V4_A, V4_B], 443, dial=roads, next_address_seconds=0.01))
        await roads.all_tried.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(go())
    assert sorted(map(str, roads.given_up)) == ["1.0.0.1", "1.1.1.1"]


def test_two_that_answer_in_the_same_turn_leave_one_connection() -> None:
    made: list[socket.socket] = []

    async def go() -> None:
        gate = asyncio.Event()

        async def dial(address: IPAddress, port: int) -> socket.socket:
            if address == V4_B:
                asyncio.get_running_loop().call_soon(gate.set)
            await gate.wait()
            made.append(socket.socket())
            return made[-1]

        winner = await reach("shop.example", [V4_A, V4_B], 443, dial=dial, next_address_seconds=0.01)
        assert [one for one in made if one.fileno() >= 0] == [winner]
        winner.close()

    asyncio.run(go())
    assert len(made) == 2


def test_what_was_just_opened_is_closed_even_when_it_is_given_up_twice() -> None:
    made: list[socket.socket] = []

    async def go() -> None:
        opened = asyncio.Event()

        async def dial(_address: IPAddress, _port: int) -> socket.socket:
            made.append(socket.socket())
            opened.set()
            return made[-1]

        async def leave() -> None:
            await opened.wait()
            task.cancel()  # as one time limit does: the connection stands, and nobody has taken it yet
            asyncio.get_running_loop().call_soon(task.cancel)  # and as the next one does in the turn after

        task = asyncio.create_task(reach("shop.example", [V4_A], 443, dial=dial, next_address_seconds=1.0))
        leaving = asyncio.create_task(leave())
        with pytest.raises(asyncio.CancelledError):
            await task
        await leaving

    asyncio.run(go())
    assert [one.fileno() for one in made] == [-1]


def test_the_first_connection_is_closed_when_it_is_given_up_while_the_others_end() -> None:
    made: list[socket.socket] = []

    async def go() -> None:
        ending = asyncio.Event()

        async def dial(address: IPAddress, _port: int) -> socket.socket:
            if address == V4_A:
                try:
                    await asyncio.Event().wait()
                finally:
                    ending.set()
                    await asyncio.sleep(0)
            made.append(socket.socket())
            return made[-1]

        task = asyncio.create_task(reach("shop.example", [V4_A, V4_B], 443, dial=dial, next_address_seconds=0.01))
        await ending.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(go())
    assert [one.fileno() for one in made] == [-1]


def test_a_socket_that_does_not_connect_is_closed() -> None:
    async def go() -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound but not listening: refuses
            with pytest.raises(ConnectionRefusedError):
                await open_socket(ip_address("127.0.0.1"), taken.getsockname()[1])

    asyncio.run(go())


def test_the_systems_resolver_knows_this_computer_and_says_when_a_name_is_none() -> None:
    async def go() -> None:
        resolver = SystemResolver(threads=1)
        try:
            assert {"127.0.0.1", "::1"} & set(await resolver("localhost", 80))
            with pytest.raises(NameNotFoundError):
                await resolver("a" * 70 + ".example", 80)
        finally:
            resolver.close()
            resolver.close()

    asyncio.run(go())
