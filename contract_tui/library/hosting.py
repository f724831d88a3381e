"""How this person lets others in, where they have said so once: a small file beside the library.

`contract-tui host --keep` writes it, and whoever looks after the computer may; everything that
makes room for others reads it. It names options of `host`, by their names.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from contract_tui.language import _
from contract_tui.library.errors import SessionError

FILE = "hosting.toml"
WORDS = ("relay", "register-key-file", "address", "guests-address", "tls-cert", "tls-key")
PORTS = ("port", "guests-port")
FILES = ("register-key-file", "tls-cert", "tls-key")
MOST = 65535


class BadHosting(SessionError):
    """The file says something that hosting does not know, or cannot be read or written."""


class UnfitCertificate(SessionError):
    """A certificate that cannot be used, or that guests' browsers would warn of."""


Said = dict[str, str | int]
"""What is said, by the names of options as Python has them."""


def read(home: Path) -> Said:
    """Return what was said once; nothing where nothing was. Raises BadHosting.

    Files are named as seen from this one.
    """
    path = home / FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        said = _("{file} cannot be read: {why}")
        raise BadHosting(said.format(file=path, why=why)) from error
    return {name.replace("-", "_"): _checked(path, name, value) for name, value in found.items()}


def keep(home: Path, said: Mapping[str, str | int | None]) -> None:
    """Write what is said from now on, in place of what was; raises BadHosting."""
    path = home / FILE
    lines = []
    for name in (*WORDS, *PORTS):
        value = said.get(name.replace("-", "_"))
        if isinstance(value, str) and name in FILES:
            value = str(Path(value).expanduser().absolute())
        if value is not None:
            lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}\n")
    try:
        if lines:
            path.write_text("".join(lines), encoding="utf-8")
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        told = _("{file} cannot be written: {why}")
        raise BadHosting(told.format(file=path, why=error.strerror)) from error


def _checked(path: Path, name: str, value: object) -> str | int:
    if name in PORTS:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST:
            return value
        said = _("{file}: “{name}” is to be a number up to {most}")
        raise BadHosting(said.format(file=path, name=name, most=MOST))
    if name not in WORDS:
        said = _("{file}: nobody knows what “{name}” is; there are {known}")
        raise BadHosting(said.format(file=path, name=name, known=", ".join((*WORDS, *PORTS))))
    if not isinstance(value, str) or not value.strip():
        said = _("{file}: “{name}” is to be words in quotation marks")
        raise BadHosting(said.format(file=path, name=name))
    return str(path.parent / Path(value).expanduser()) if name in FILES else value
