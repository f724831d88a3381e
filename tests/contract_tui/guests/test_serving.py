import asyncio
import logging
import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from contract_tui.guests.errors import CannotListen
from contract_tui.guests.serving import Guests, Listening
from sync_server.access.proof import Role
from tests.contract_tui.guests.stage import PARROT, PLACE, book, door, visitor


def certificate(
    folder: Path, *names: str, first: int = -1, last: int = 1, wanted: bool = True
) -> tuple[Path, Path]:
    """Make a certificate for these names, signed by itself; else for this computer's own address.

    It is good from the first day to the last, counted from now; it names nobody where no names are
    `wanted`.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    said: list[x509.GeneralName] = [x509.DNSName(one) for one in names]
    alternatives = x509.SubjectAlternativeName(said or [x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now + timedelta(days=first))
        .not_valid_after(now + timedelta(days=last))
    )
    made = made.add_extension(alternatives, critical=False) if wanted else made
    certificate, private = folder / "cert.pem", folder / "key.pem"
    certificate.write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, private


async def test_with_a_certificate_the_way_is_encrypted_and_the_cookie_stays_on_it(
    tmp_path: Path,
) -> None:
    cert, key = certificate(tmp_path)
    listening = Listening(certificate=cert, key=key, command=PARROT)
    trust = ssl.create_default_context(cafile=cert)
    async with Guests.serve(book(tmp_path), PLACE, listening) as guests:
        assert guests.url.startswith("https://127.0.0.1:")
        guest = guests.book.expect(Role.PARENT)
        async with visitor(guests) as cleo:
            origin = {"Origin": guests.url}
            async with cleo.http.post(
                guests.address(guest),
                data={"name": "Cleo"},
                headers=origin,
                ssl=trust,
                allow_redirects=False,
            ) as answer:
                assert answer.status == 303
                assert "Secure" in answer.headers["Set-Cookie"]
                seat = answer.headers["Location"]
            address = f"{guests.url}{seat}live/dark"
            async with cleo.http.ws_connect(address, headers=origin, ssl=trust) as socket_:
                assert await socket_.receive_bytes() == b"begun 80x24"


async def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen, match=f"127.0.0.1, port {port}: "):
            async with Guests.serve(book(tmp_path), PLACE, Listening(port=port)):
                pass


@pytest.mark.parametrize("text", [None, "no certificate"])
async def test_a_certificate_that_is_none_is_told_in_a_sentence(
    tmp_path: Path, text: str | None
) -> None:
    cert = tmp_path / "cert.pem"
    if text is not None:
        cert.write_text(text)
    with pytest.raises(CannotListen):
        async with Guests.serve(book(tmp_path), PLACE, Listening(certificate=cert, key=cert)):
            pass


async def test_no_address_and_no_secret_stands_in_a_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT)
        seat = await cleo.come_in(guests, guest)
        async with cleo.window(seat) as window:
            await window.type("die")
            await window.closed()
        assert await cleo.status("/seat/../j/x") == 404
        host, port = guests.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(f"GET /j/{guest.code} HTTP/9\r\n\r\n".encode())
        assert b" 400 " in await reader.readline()
        writer.close()
        (cookie,) = [one.value for one in cleo.http.cookie_jar]
    for secret in (guest.code, cookie, guest.id):
        assert secret not in caplog.text


async def test_the_book_stays_and_a_guest_returns_to_another_program_of_the_host(
    tmp_path: Path,
) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT)
        seat = await cleo.come_in(guests, guest)
        (cookie,) = [one.value for one in cleo.http.cookie_jar]
    async with door(tmp_path) as guests, visitor(guests) as again:
        assert await again.status(seat) == 403
        assert await again.status(seat, Cookie=f"seat={cookie}") == 200
        assert [one.name for one in guests.book.guests] == ["Cleo"]
