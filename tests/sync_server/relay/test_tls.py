"""A relay that speaks TLS, with certificates of the test's own."""

import asyncio
import contextlib
import os
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography import x509
from websockets.asyncio.client import connect

from sync_server.protocol.codec import decode, encode
from sync_server.protocol.ids import DocumentId, PeerId
from sync_server.protocol.messages import Join, Peer
from sync_server.relay.errors import TlsUnavailable
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from sync_server.relay.tls import Certificate
from tests.sync_server.relay.certificates import make, trusting
from tests.sync_server.relay.client import PATIENCE, Client


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return make(tmp_path / "tls")


@pytest.fixture
async def relay(files: tuple[Path, Path]) -> AsyncIterator[Relay]:
    cert, key = files
    settings = Settings(port=0, open=True, tls_cert=cert, tls_key=key, close_within=1)
    async with Relay.serve(settings) as relay:
        yield relay


async def test_what_one_writes_another_reads_encrypted(
    relay: Relay, files: tuple[Path, Path], document: DocumentId
) -> None:
    assert relay.url.startswith("wss://127.0.0.1:")
    trust = trusting(files[0])
    async with (
        Client.connect(relay.url, "ada", ssl=trust) as ada,
        Client.connect(relay.url, "bob", ssl=trust) as bob,
    ):
        for client in (ada, bob):
            await client.open(document)
        await ada.attach(document, os.urandom(300_000))
        await ada.write(document, "behind a lock")
        await bob.reads_length(document, len(ada.copies[document].text))
        await ada.shared(document)


async def test_a_relay_that_stops_says_goodbye_encrypted(files: tuple[Path, Path]) -> None:
    settings = Settings(port=0, open=True, tls_cert=files[0], tls_key=files[1])
    stack = contextlib.AsyncExitStack()
    async with Relay.serve(settings) as relay:
        client = Client.connect(relay.url, "ada", ssl=trusting(files[0]))
        ada = await stack.enter_async_context(client)
    assert await ada.ended() == (1001, "the relay stops")
    await stack.aclose()


async def test_a_page_is_whole_and_ends_in_order(relay: Relay, files: tuple[Path, Path]) -> None:
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", relay.port, ssl=trusting(files[0]), server_hostname="localhost"
    )
    writer.write(b"GET /metrics HTTP/1.1\r\nHost: relay\r\n\r\n")
    async with asyncio.timeout(PATIENCE):
        answer = await reader.read()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK")
    assert f"Content-Length: {len(body)}".encode() in head
    writer.close()
    await writer.wait_closed()


async def test_who_does_not_trust_the_certificate_stays_out(relay: Relay, tmp_path: Path) -> None:
    stranger, _ = make(tmp_path / "another")
    with pytest.raises(ssl.SSLCertVerificationError):
        async with connect(relay.url, ssl=trusting(stranger)):
            pass


async def all_left(relay: Relay) -> None:
    while relay._sockets:
        await relay._one_closed.wait()
        relay._one_closed.clear()


@pytest.mark.parametrize("hello", [b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01garbage", b""])
async def test_who_does_not_speak_tls_is_let_go(
    relay: Relay, files: tuple[Path, Path], hello: bytes
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", relay.port)
    writer.write(hello)
    if not hello:
        writer.close()
    async with asyncio.timeout(PATIENCE):
        assert b"HTTP" not in await reader.read()
        await all_left(relay)
    writer.close()
    async with Client.connect(relay.url, "ada", ssl=trusting(files[0])):
        pass
    assert relay._crowd.arrives("127.0.0.1")


async def test_who_says_nothing_is_cut_off(files: tuple[Path, Path]) -> None:
    cert, key = files
    settings = Settings(port=0, open=True, tls_cert=cert, tls_key=key, handshake_within=0.2)
    async with Relay.serve(settings) as relay:
        reader, writer = await asyncio.open_connection("127.0.0.1", relay.port)
        async with asyncio.timeout(PATIENCE):
            assert await reader.read() == b""
            await all_left(relay)
        writer.close()


async def test_a_handshake_that_comes_with_the_last_of_tls_is_answered(
    relay: Relay, files: tuple[Path, Path]
) -> None:
    """Everything a client has to say, in one packet behind its part of the TLS handshake."""
    reader, writer = await asyncio.open_connection("127.0.0.1", relay.port)
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting(files[0]).wrap_bio(incoming, outgoing, server_hostname="127.0.0.1")
    while True:
        try:
            client.do_handshake()
            break
        except ssl.SSLWantReadError:
            writer.write(outgoing.read())
            incoming.write(await reader.read(1 << 16))
    client.write(
        b"GET / HTTP/1.1\r\nHost: relay\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    frame = encode(Join(PeerId("eve")))
    client.write(bytes((0x82, 0x80 | len(frame), 0, 0, 0, 0)) + frame)
    writer.write(outgoing.read())
    answer = b""
    async with asyncio.timeout(PATIENCE):
        while b"peer" not in answer:
            incoming.write(await reader.read(1 << 16))
            while True:
                try:
                    answer += client.read(1 << 16)
                except ssl.SSLWantReadError:
                    break
    assert answer.startswith(b"HTTP/1.1 101")
    welcome = answer.partition(b"\r\n\r\n")[2]
    assert isinstance(decode(welcome[4:] if welcome[1] == 126 else welcome[2:]), Peer)
    writer.close()


def test_old_versions_of_tls_are_not_spoken(files: tuple[Path, Path]) -> None:
    context = Certificate(*files).context
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert context.maximum_version is ssl.TLSVersion.MAXIMUM_SUPPORTED


async def test_a_renewed_certificate_is_shown_to_newcomers_and_keeps_the_others(
    relay: Relay, files: tuple[Path, Path], document: DocumentId
) -> None:
    async with Client.connect(relay.url, "ada", ssl=trusting(files[0])) as ada:
        cert, _ = make(files[0].parent)
        relay.renew_certificate()
        async with Client.connect(relay.url, "bob", ssl=trusting(cert)) as bob:
            assert shown_by(ada) != shown_by(bob)
            await ada.open(document)
            await ada.write(document, "still here")
            await bob.open(document)
            await bob.reads(document, "still here")


def shown_by(client: Client) -> int:
    """The serial number of the certificate that the relay showed to a client."""
    tls = client.socket.transport.get_extra_info("ssl_object")
    return x509.load_der_x509_certificate(tls.getpeercert(binary_form=True)).serial_number


async def test_a_damaged_renewal_leaves_the_certificate_that_there_was(
    relay: Relay, files: tuple[Path, Path]
) -> None:
    trust = trusting(files[0])
    files[1].write_text("damaged")
    with pytest.raises(TlsUnavailable):
        relay.renew_certificate()
    async with Client.connect(relay.url, "ada", ssl=trust):
        pass


def test_a_file_that_is_not_there_is_said(tmp_path: Path, files: tuple[Path, Path]) -> None:
    for pair in ((tmp_path / "none", files[1]), (files[0], tmp_path / "none")):
        with pytest.raises(TlsUnavailable, match="none cannot be read: No such file"):
            Certificate(*pair)


def test_a_key_of_another_certificate_is_said(tmp_path: Path, files: tuple[Path, Path]) -> None:
    _, other = make(tmp_path / "another")
    with pytest.raises(TlsUnavailable, match="does not belong to the certificate"):
        Certificate(files[0], other)


def test_a_key_with_a_password_is_said_and_not_asked_for(tmp_path: Path) -> None:
    with pytest.raises(TlsUnavailable, match="has a password"):
        Certificate(*make(tmp_path / "locked", password=b"secret"))


def test_a_file_of_another_kind_is_said(tmp_path: Path, files: tuple[Path, Path]) -> None:
    cert, key = files
    with pytest.raises(TlsUnavailable, match=r"key\.pem holds no certificate"):
        Certificate(key, key)
    with pytest.raises(TlsUnavailable, match=r"cert\.pem holds no private key"):
        Certificate(cert, cert)
    key.write_bytes(key.read_bytes()[:100] + b"\n-----END PRIVATE KEY-----\n")
    with pytest.raises(TlsUnavailable, match="one of them is damaged"):
        Certificate(cert, key)


async def test_a_certificate_without_its_key_is_said(files: tuple[Path, Path]) -> None:
    for half in (Settings(open=True, tls_cert=files[0]), Settings(open=True, tls_key=files[1])):
        with pytest.raises(TlsUnavailable, match="belong together"):
            async with Relay.serve(half):
                pass
