"""Whether a certificate is good for the guests' door: now, and for what guests type.

A browser would warn of one that is not, and nobody should learn to go on past such a warning.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from contract_tui.language import _, told
from contract_tui.language.days import in_words
from contract_tui.library.hosting import UnfitCertificate
from sync_server.relay.errors import RelayError
from sync_server.relay.tls import Certificate

if TYPE_CHECKING:
    from cryptography.x509 import Certificate as Read


def name_for(cert: Path, key: Path, wanted: str, address: str, now: float) -> str:
    """Return what guests are to type; empty for this computer's address. Raises UnfitCertificate.

    `wanted` is what they were to type, empty where nobody has said so: then it is the first name
    that the certificate is for, unless it is for the address. `now` is in seconds since 1970.
    """
    try:
        Certificate(cert, key)
    except RelayError as error:
        raise UnfitCertificate(told(error)) from error
    found = _read(cert)
    _check_days(cert, found, datetime.fromtimestamp(now, UTC))
    names = _names(found)
    if any(_is_for(name, wanted or address) for name in names):
        return wanted
    plain = [name for name in names if "*" not in name and not _is_address(name)]
    if wanted or not plain:
        said = _(
            "the certificate in {file} is for {names}, and not for {wanted}, "
            "which guests would type"
        )
        listed = ", ".join(names) or _("nobody")
        raise UnfitCertificate(said.format(file=cert, names=listed, wanted=wanted or address))
    return plain[0]


def _read(file: Path) -> Read:
    from cryptography.x509 import load_pem_x509_certificate

    try:
        return load_pem_x509_certificate(file.read_bytes())
    except ValueError as error:
        said = _("the certificate in {file} cannot be understood")
        raise UnfitCertificate(said.format(file=file)) from error


def _check_days(file: Path, found: Read, now: datetime) -> None:
    first, last = found.not_valid_before_utc, found.not_valid_after_utc
    if now < first:
        said = _("the certificate in {file} is good from {day} on: is this computer’s clock right?")
        raise UnfitCertificate(said.format(file=file, day=_day(first)))
    if now > last:
        said = _("the certificate in {file} ran out on {day}")
        raise UnfitCertificate(said.format(file=file, day=_day(last)))


def _day(moment: datetime) -> str:
    return in_words(moment.astimezone().date(), with_year=True)


def _names(found: Read) -> list[str]:
    """Return all that it is for; what stands in its subject counts nowhere any more."""
    from cryptography.x509 import DNSName, ExtensionNotFound, IPAddress, SubjectAlternativeName

    try:
        names = found.extensions.get_extension_for_class(SubjectAlternativeName).value
    except (ExtensionNotFound, ValueError):
        return []
    addresses: Iterable[object] = names.get_values_for_type(IPAddress)
    return [*names.get_values_for_type(DNSName), *map(str, addresses)]


def _is_for(name: str, wanted: str) -> bool:
    """Whether a name in a certificate is the one that is wanted; a * is for one part of it."""
    if _is_address(name) or _is_address(wanted):
        return name == wanted
    name, wanted = _plain(name), _plain(wanted)
    if name.startswith("*."):
        return name[2:] == wanted.partition(".")[2]
    return name == wanted


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _plain(name: str) -> str:
    """Return a name as certificates have it."""
    name = name.rstrip(".").casefold()
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return name
