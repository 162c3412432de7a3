"""Whom the courier believes over TLS: public names led to loopback by a made-up resolver and way out."""

import asyncio
import datetime
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from tests.fakes.fake_internet import FakeNames, FakeRoads
from tests.fakes.scripted_server import answer, raw_server, read_request, scripted_server
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.errors import CertificateRefusedError, CourierError, TimedOutError, TlsFailedError
from vrm_desktop.courier.limits import Limits
from vrm_desktop.courier.trust import hardened, system_trust

LIMITS = Limits()
HASTY = Limits(connect_seconds=0.3)
PUBLIC = "93.184.216.34"
NAMES = ("shop.example", "a.shop.example", "a.b.shop.example")
NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


def courier_trusting(authority: trustme.CA, port: int, *, limits: Limits = LIMITS) -> Courier:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(context)
    return Courier(
        limits,
        ssl_context=context,
        resolver=FakeNames({name: [[PUBLIC]] for name in NAMES}),
        dial=FakeRoads({PUBLIC: port}),
    )


async def failure_of(authority: trustme.CA, server: ssl.SSLContext, host: str = "shop.example") -> CourierError:
    """The error a post over this server's TLS ends with; the server must see no request."""
    async with scripted_server(answer(), tls=server) as peer, courier_trusting(authority, peer.port) as courier:
        with pytest.raises(CourierError) as failure:
            await courier.line("a").post_json(f"https://{host}/", b"{}")
        assert peer.requests == []
        return failure.value


def test_a_shop_that_proves_its_name_is_talked_to(authority: trustme.CA) -> None:
    async def go() -> None:
        seen: list[str] = []
        server = server_context(authority.issue_cert("shop.example"))

        def note(connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> None:
            seen.append(name or "")

        server.sni_callback = note
        async with scripted_server(answer(b"x"), tls=server) as peer, courier_trusting(authority, peer.port) as courier:
            for _ in range(3):
                assert (await courier.line("a").post_json("https://shop.example/", b"{}")).body == b"x"
        assert peer.connections == 1
        assert seen == ["shop.example"]
        assert peer.requests[0].splitlines()[1] == b"Host: shop.example"

    asyncio.run(go())


def test_a_literal_address_has_to_be_in_the_certificate(authority: trustme.CA) -> None:
    async def go() -> None:
        server = server_context(authority.issue_cert(PUBLIC))
        async with scripted_server(answer(b"x"), tls=server) as peer, courier_trusting(authority, peer.port) as courier:
            assert (await courier.line("a").get(f"https://{PUBLIC}/")).body == b"x"
        failure = await failure_of(authority, server_context(authority.issue_cert("shop.example")), PUBLIC)
        assert type(failure) is CertificateRefusedError

    asyncio.run(go())


def test_a_wildcard_covers_one_label_and_no_more(authority: trustme.CA) -> None:
    async def go() -> None:
        server = server_context(authority.issue_cert("*.shop.example"))
        async with scripted_server(answer(b"x"), tls=server) as peer, courier_trusting(authority, peer.port) as courier:
            assert (await courier.line("a").get("https://a.shop.example/")).body == b"x"
        for host in ("shop.example", "a.b.shop.example"):
            assert type(await failure_of(authority, server, host)) is CertificateRefusedError

    asyncio.run(go())


@pytest.mark.parametrize(
    "certificate",
    [
        pytest.param(
            lambda ca: ca.issue_cert("shop.example", not_before=NOW - 9 * DAY, not_after=NOW - DAY), id="expired"
        ),
        pytest.param(lambda ca: ca.issue_cert("shop.example", not_before=NOW + DAY), id="not yet valid"),
        pytest.param(lambda ca: ca.issue_cert("other.example"), id="other host"),
        pytest.param(lambda ca: ca.issue_cert(common_name="shop.example"), id="name outside the list of names"),
        pytest.param(lambda _: trustme.CA().issue_cert("shop.example"), id="unknown authority"),
    ],
)
def test_a_shop_that_does_not_prove_its_name_gets_nothing(
    authority: trustme.CA, certificate: Callable[[trustme.CA], trustme.LeafCert]
) -> None:
    failure = asyncio.run(failure_of(authority, server_context(certificate(authority))))
    assert type(failure) is CertificateRefusedError
    assert not failure.may_have_arrived


def test_a_self_signed_shop_gets_nothing(authority: trustme.CA) -> None:
    alone = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with alone.private_key_pem.tempfile() as key, alone.cert_pem.tempfile() as certificate:
        server.load_cert_chain(certificate, key)
    assert type(asyncio.run(failure_of(authority, server))) is CertificateRefusedError


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1:DeprecationWarning")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_tls_is_refused(authority: trustme.CA, version: ssl.TLSVersion) -> None:
    server = server_context(authority.issue_cert("shop.example"))
    server.set_ciphers("ALL:@SECLEVEL=0")
    server.minimum_version = version
    server.maximum_version = version
    failure = asyncio.run(failure_of(authority, server))
    assert type(failure) is TlsFailedError
    assert not failure.may_have_arrived


@pytest.mark.parametrize("hello", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x15\x03\x01\x00\x02\x02\x28", b"junk"])
def test_a_peer_that_does_not_speak_tls_gets_nothing(authority: trustme.CA, hello: bytes) -> None:
    received = bytearray()

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(hello)
        await writer.drain()
        received.extend(await reader.read(65_536))

    async def go() -> CourierError:
        async with raw_server(script) as peer, courier_trusting(authority, peer.port) as courier:
            with pytest.raises(CourierError) as failure:
                await courier.line("a").post_json("https://shop.example/", b"canary")
            return failure.value

    assert type(asyncio.run(go())) is TlsFailedError
    assert b"canary" not in received


# The start of a ServerHello record of 16,000 bytes, of which one comes now and then; or nothing at all.
@pytest.mark.parametrize("hello", [b"", b"\x16\x03\x03\x3e\x80\x02\x00\x3e\x7c"])
def test_a_handshake_that_drags_on_is_given_up_before_anything_is_told(authority: trustme.CA, hello: bytes) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(hello)
        while not reader.at_eof():
            writer.write(hello[:1])
            await writer.drain()
            await asyncio.sleep(0.02)

    async def go() -> CourierError:
        async with raw_server(script) as peer, courier_trusting(authority, peer.port, limits=HASTY) as courier:
            with pytest.raises(CourierError) as failure:
                await courier.line("a").post_json("https://shop.example/", b"{}")
            return failure.value

    failure = asyncio.run(go())
    assert type(failure) is TimedOutError
    assert not failure.may_have_arrived


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_no_tls_session_is_ever_taken_up_again(authority: trustme.CA, version: ssl.TLSVersion) -> None:
    reused: list[bool] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        connection = writer.get_extra_info("ssl_object")
        reused.append(connection.session_reused)
        assert connection.version() == version.name.replace("_", ".")
        writer.write(answer(headers=b"Connection: close\r\n"))

    async def go() -> None:
        server = server_context(authority.issue_cert("shop.example"))
        server.minimum_version = server.maximum_version = version
        async with raw_server(script, tls=server) as peer, courier_trusting(authority, peer.port) as courier:
            for key in ("a", "a", "b", "b"):
                await courier.line(key).get("https://shop.example/")

    asyncio.run(go())
    assert reused == [False] * 4


def test_a_context_that_checks_nobody_is_refused() -> None:
    unchecked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    unchecked.check_hostname = False
    with pytest.raises(ValueError, match="does not check"):
        hardened(unchecked)
    unchecked.verify_mode = ssl.CERT_NONE
    with pytest.raises(ValueError, match="does not check"):
        Courier(LIMITS, ssl_context=unchecked)


def test_the_systems_trust_does_not_include_an_authority_of_our_own_making(authority: trustme.CA) -> None:
    async def go() -> None:
        server = server_context(authority.issue_cert("shop.example"))
        async with (
            scripted_server(answer(), tls=server) as peer,
            Courier(
                LIMITS,
                resolver=FakeNames({"shop.example": [[PUBLIC]]}),
                dial=FakeRoads({PUBLIC: peer.port}),
            ) as courier,
        ):
            with pytest.raises(CertificateRefusedError):
                await courier.line("a").get("https://shop.example/")

    asyncio.run(go())


def test_a_long_answer_arrives_whole_over_tls(authority: trustme.CA) -> None:
    async def go() -> None:
        body = bytes(range(256)) * 4096 * 3
        server = server_context(authority.issue_cert("shop.example"))
        async with scripted_server(answer(body), tls=server) as peer, courier_trusting(authority, peer.port) as courier:
            assert (await courier.line("a").get("https://shop.example/")).body == body

    asyncio.run(go())


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_systems_trust_has_the_couriers_floor(platform: str) -> None:
    context = system_trust(platform=platform)
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert context.options & ssl.OP_NO_TICKET
    assert context.check_hostname
    assert not context.hostname_checks_common_name
    assert context.verify_mode is ssl.CERT_REQUIRED


def test_certificates_are_found_where_openssl_was_not_built_to_look(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nowhere, bundle, folder = tmp_path / "nowhere", tmp_path / "bundle.pem", tmp_path / "hashed"
    authority.cert_pem.write_to_path(str(bundle))
    folder.mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(nowhere))
    monkeypatch.setenv("SSL_CERT_DIR", str(nowhere))
    assert system_trust(platform="linux", bundles=[]).cert_store_stats()["x509_ca"] == 0
    found = system_trust(platform="linux", bundles=[str(nowhere), str(bundle), str(nowhere)])
    assert found.cert_store_stats()["x509_ca"] == 1
    # A folder of hashed certificates is OpenSSL's to read when it needs one: nothing is loaded on top.
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))
    authority.cert_pem.write_to_path(str(folder / "0a1b2c3d.0"))
    assert system_trust(platform="linux", bundles=[str(bundle)]).cert_store_stats()["x509_ca"] == 0


def test_certificates_the_person_named_are_used(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    assert system_trust(platform="linux").cert_store_stats()["x509_ca"] == 1
