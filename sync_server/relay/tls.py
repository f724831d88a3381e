"""Speaking TLS: the relay's certificate, and connections that begin with it."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

from sync_server.relay.errors import TlsUnavailable
from sync_server.relay.settings import Settings


class Certificate:
    """The relay's certificate and key, which may be renewed while it runs."""

    def __init__(self, cert: Path, key: Path) -> None:
        """Read both files; raises TlsUnavailable."""
        self._cert = cert
        self._key = key
        self.context = self._read()
        """For new connections."""

    def renew(self) -> None:
        """Read the files anew for all further connections; raises TlsUnavailable, changing nothing.

        Those that are open go on as they began.
        """
        self.context = self._read()

    def _read(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        for path in (self._cert, self._key):
            _check_readable(path)
        try:
            # Without an answer OpenSSL would ask for a password on the terminal.
            context.load_cert_chain(self._cert, self._key, password=lambda: "")
        except ssl.SSLError as error:
            raise self._explained(error) from error
        return context

    def _explained(self, error: ssl.SSLError) -> TlsUnavailable:
        key, cert = self._key, self._cert
        if error.reason == "KEY_VALUES_MISMATCH":
            return TlsUnavailable(
                "the key in {key} does not belong to the certificate in {cert}", key=key, cert=cert
            )
        text = _text(self._key)
        if "ENCRYPTED" in text:
            return TlsUnavailable(
                "the key in {key} has a password: give the relay one without", key=key
            )
        if "PRIVATE KEY" not in text:
            return TlsUnavailable("{key} holds no private key in PEM", key=key)
        if "BEGIN CERTIFICATE" not in _text(self._cert):
            return TlsUnavailable("{cert} holds no certificate in PEM", cert=cert)
        return TlsUnavailable(
            "{cert} and {key} cannot be used for TLS: one of them is damaged", cert=cert, key=key
        )


async def start_tls(
    transport: asyncio.Transport,
    protocol: asyncio.Protocol,
    context: ssl.SSLContext,
    settings: Settings,
) -> asyncio.Transport | None:
    """The transport on which to go on in TLS; None if the peer did not take part.

    What the peer sends at once may reach the protocol before this returns.
    """
    transport.pause_reading()  # until asyncio's own protocol has taken over
    try:
        secure = await asyncio.get_running_loop().start_tls(
            transport,
            protocol,
            context,
            server_side=True,
            ssl_handshake_timeout=settings.handshake_within,
            ssl_shutdown_timeout=settings.close_within,
        )
    except OSError:  # ssl.SSLError and TimeoutError among others
        return None
    return secure  # None where the peer has left in order, whatever the types say


def _check_readable(path: Path) -> None:
    try:
        path.read_bytes()
    except OSError as error:
        raise TlsUnavailable(
            "{path} cannot be read: {reason}", path=path, reason=error.strerror
        ) from error


def _text(path: Path) -> str:
    return path.read_text(errors="replace")
