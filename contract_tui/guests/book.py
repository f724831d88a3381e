"""Who is expected in a browser, and who has come in: one folder each, on the host's computer.

A folder holds the guest's own library, with the key of their seat, and is kept so that whoever
drops out or comes again finds the same seat. Nobody but the host's own account can look into it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from shutil import rmtree

from contract_tui.guests import words
from contract_tui.guests.errors import ExpiredCode, NoName, UnknownCode, UsedCode
from contract_tui.library.world import World
from sync_server.access.code import RANDOM_SIZE, make_code, normal_code
from sync_server.access.errors import NotACode
from sync_server.access.keys import to_base64url
from sync_server.access.proof import Role, is_name

DAY = 24 * 60 * 60
RECORD = "guest.json"
INVITATION = "invitation"
Certify = Callable[[Role, str], str]
"""Makes an invitation link for a role and a name; raises SessionError."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who comes in, or came in, from a browser."""

    id: str
    """Names the seat in addresses; no secret."""
    role: Role
    name: str
    """As the host expects them, and once they are in as they said; empty: not known yet."""
    code: str = field(repr=False)
    """The secret of the address that they are given."""
    expires: int
    """Until when the address is good to come in by: seconds since 1970."""
    link: str = field(default="", repr=False)
    """The invitation, if it was made beforehand: then the name stands in it."""
    key: str = field(default="", repr=False)
    """SHA-256 of what their browser shows, in hex; empty while nobody has come in."""
    seat: str = ""
    """The seat that they had on another computer and go on in here; empty for one taken here."""

    @property
    def is_in(self) -> bool:
        """Whether somebody has taken this seat."""
        return bool(self.key)

    @property
    def is_known(self) -> bool:
        """Whether their name is certain, so that nobody asks for it."""
        return bool(self.link or self.seat)


class GuestBook:
    """The guests of one contract, on the disk."""

    def __init__(self, folder: Path, certify: Certify, world: World | None = None) -> None:
        self.folder = folder
        self._certify = certify
        self._world = world or World()
        self._guests = {guest.id: guest for guest in self._read()}

    @property
    def guests(self) -> list[Guest]:
        """Everybody who is expected or has come in."""
        return list(self._guests.values())

    def home(self, guest: Guest) -> Path:
        """The folder of a guest, in which their library is."""
        return self.folder / guest.id

    def expect(self, role: Role, name: str = "", link: str = "") -> Guest:
        """Expect somebody in a browser; `link` is their invitation, where it was made already."""
        id_ = self._world.entropy(6).hex()
        guest = Guest(id_, role, name, self._new_code(), self._now + DAY, link)
        self._keep(guest)
        return guest

    def expect_back(self, seat: str, role: Role, name: str) -> Guest:
        """Expect somebody in a seat that they had on another computer; whoever was here stays."""
        if found := next((one for one in self.guests if one.seat == seat), None):
            return found
        guest = replace(self.expect(role, name), seat=seat)
        self._keep(guest)
        return guest

    def renew(self, guest: Guest) -> Guest:
        """Give a guest another address to the same seat; the one before is no longer good.

        A browser that is in stays in until somebody has come in by the new address.
        """
        renewed = replace(self._guests[guest.id], code=self._new_code(), expires=self._now + DAY)
        self._keep(renewed)
        return renewed

    def forget(self, guest: Guest) -> None:
        """Remove a guest, and all that is kept for them here: their key is gone with it."""
        self._guests.pop(guest.id, None)
        rmtree(self.home(guest), ignore_errors=True)

    def invited(self, code: str) -> Guest:
        """Who is expected at an address; raises UnknownCode, ExpiredCode or UsedCode."""
        guest = self.find(code)
        if guest is None:
            raise UnknownCode(words.UNKNOWN)
        if guest.expires == 0:
            raise UsedCode(words.USED)
        if self._now >= guest.expires:
            raise ExpiredCode(words.EXPIRED)
        return guest

    def find(self, code: str) -> Guest | None:
        """Whose address this is or was, good or not."""
        with suppress(NotACode):
            wanted = normal_code(code).encode()
            for guest in self._guests.values():
                if hmac.compare_digest(guest.code.encode(), wanted):
                    return guest
        return None

    def enter(self, code: str, name: str) -> tuple[Guest, str]:
        """Let somebody in, once; returns what their browser shows from now on.

        Raises GuestError, or SessionError where no invitation could be made.
        """
        guest = self.invited(code)
        if guest.seat:
            pass  # it lies in their library already
        elif not guest.is_in:
            guest = self._certified(guest, name)
        elif (self.home(guest) / INVITATION).exists():  # it was of no use to their program
            guest = self._certified(guest, guest.name)
        secret = to_base64url(self._world.entropy(32))
        guest = replace(guest, key=_hash(secret), expires=0)
        self._keep(guest)
        return guest, secret

    def of_browser(self, id_: str, secret: str) -> Guest | None:
        """Whose browser this is, by what it shows."""
        guest = self._guests.get(id_)
        if guest is None or not guest.is_in:
            return None
        return guest if hmac.compare_digest(guest.key, _hash(secret)) else None

    def _certified(self, guest: Guest, said: str) -> Guest:
        """Lay the invitation into the guest's folder, where their program finds it."""
        name = guest.name if guest.is_known else " ".join(said.split())
        if not is_name(name):
            raise NoName(words.WHICH_NAME)
        link = guest.link or self._certify(guest.role, name)
        _write(self._made(guest) / INVITATION, link)
        return replace(guest, name=name, link="")

    def _keep(self, guest: Guest) -> None:
        _write(self._made(guest) / RECORD, json.dumps(asdict(guest)))
        self._guests[guest.id] = guest

    def _made(self, guest: Guest) -> Path:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        home = self.home(guest)
        home.mkdir(mode=0o700, exist_ok=True)
        return home

    def _read(self) -> Iterator[Guest]:
        for record in sorted(self.folder.glob(f"*/{RECORD}")):
            # What is damaged is passed over: the host can invite them again.
            with suppress(OSError, ValueError, TypeError, KeyError):
                said = json.loads(record.read_text())
                guest = Guest(**{**said, "role": Role(said["role"])})
                if guest.id == record.parent.name:
                    yield guest

    def _new_code(self) -> str:
        return make_code(self._world.entropy(RANDOM_SIZE))

    @property
    def _now(self) -> int:
        return int(self._world.clock())


def _hash(secret: str) -> str:
    return hashlib.sha256(b"learning-contract guest 1\0" + secret.encode()).hexdigest()


def _write(path: Path, text: str) -> None:
    """Write a file that nobody else may read, whole or not at all."""
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600)
    beside.write_text(text)
    beside.replace(path)
