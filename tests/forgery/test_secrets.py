"""No private key leaves the computer that made it: every byte on the way, and at the relay."""

from base64 import b64encode, urlsafe_b64encode
from functools import partial
from pathlib import Path

from contract_tui.library import holding, seats
from contract_tui.library.world import World
from contract_tui.session.link.redeeming import redeem
from contract_tui.session.link.refusals import RefusalKind
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from sync_server.access.backup import paper
from sync_server.access.invitation import Invitation, parse_invitation
from sync_server.access.keys import SigningKey
from sync_server.access.proof import Role
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.session.circle import NAMES, all_shared
from tests.contract_tui.session.company import Company, company, read, until, write
from tests.forgery.recorder import Recorder, recording


def spellings(seed: bytes) -> set[bytes]:
    """How 32 bytes may stand in what is sent or stored, also in the middle of something longer."""
    found = {seed, seed[::-1], seed.hex().encode(), seed.hex().upper().encode()}
    for shift in range(3):  # base64 packs three bytes; what precedes the key shifts it
        for encode in (b64encode, urlsafe_b64encode):
            found.add(encode(bytes(shift) + seed)[shift and shift + 1 : -4])
    lines = [line.split() for line in paper(SigningKey(seed)).splitlines()]
    return found | {"".join(words).encode() for words in lines if len("".join(words)) > 8}


def tells(seed: bytes, haystack: bytes) -> bool:
    return any(spelling in haystack for spelling in spellings(seed))


def everything_in(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


class Secrets:
    """Every private key that anybody makes, by what it is."""

    def __init__(self, people: Company) -> None:
        self.people = people
        self.found: dict[str, bytes] = {}

    def collect(self) -> None:
        """Look into every library; a key that is given up later was there before."""
        for name, library in self.people.libraries.items():
            if self.people.contract not in {entry.id for entry in library.entries()}:
                continue
            if own := library.own_seat(self.people.contract):
                self.found[f"{name}’s computer"] = own.key.seed
            if key := library.contract_key(self.people.contract):
                self.found["the contract"] = key.seed

    def invite(self, name: str, role: Role) -> Invitation:
        heidi = self.people.library("Heidi")
        invited = seats.invite_to(heidi, heidi.entry(self.people.contract), role, name)
        return self.note(name, invited)

    def note(self, name: str, invited: Invitation) -> Invitation:
        self.found[f"{name}’s invitation"] = invited.key.seed
        return invited


def is_revoked(session: Session) -> bool:
    return session.links[0].state.refusal is RefusalKind.REVOKED


async def live(people: Company, secrets: Secrets, recorder: Recorder, relay: Path) -> Invitation:
    """Join, write, add a computer, use a code, hand over the key, take somebody out."""
    for name, role in (("Clara", Role.TEACHER), ("Grandfather", Role.PARENT)):
        seats.join(people.library(name), secrets.invite(name, role).link())
    sessions = heidi, clara, grandfather = [await people.open(name) for name in NAMES]
    for session in sessions:
        write(session, "words")
    await all_shared(sessions, 15)

    library = people.library("Clara")
    further = secrets.note("tablet", seats.invite_me(library, library.entry(people.contract)))
    seats.join(people.library("tablet"), further.link())
    tablet = await people.open("tablet")
    write(tablet, "more")
    await all_shared([*sessions, tablet], 19)

    coded = secrets.invite("Oma", Role.PARENT)
    given = await heidi.short_code(coded.link())
    assert tells(coded.key.seed, recorder.everything()), "what is in the code goes over the wire"
    assert tells(coded.key.seed, everything_in(relay)), "and the relay keeps it for a while"
    link = await redeem(people.url, given.code)
    seats.join(people.library("Oma"), link)
    oma = await people.open("Oma")
    await until(oma, lambda: oma.status.kind is StatusKind.SHARED and len(read(oma)) == 19)
    secrets.collect()

    await clara.close()
    giving, taking = people.library("Heidi"), people.library("Clara")
    letters = holding.paper_backup(giving, giving.entry(people.contract))
    later = World(clock=lambda: World().clock() + 60)
    holding.take_key(taking, taking.entry(people.contract), letters, later)
    holding.give_up_key(giving, giving.entry(people.contract))
    clara = await people.open("Clara")
    await until(heidi, partial(holds, heidi, "Clara"))

    lost = holding.find_seat(clara.contract.roster, "Grandfather")
    await clara.close()
    holding.revoke(taking, taking.entry(people.contract), [lost.id])
    await people.open("Clara")
    await until(grandfather, partial(is_revoked, grandfather))
    return parse_invitation(link)


def holds(session: Session, name: str) -> bool:
    holder = session.contract.roster.holder
    return holder is not None and holder.name == name


async def test_no_private_key_is_on_the_wire_or_at_the_relay(tmp_path: Path) -> None:
    data = tmp_path / "relay"
    async with recording() as recorder:
        settings = Settings(port=0, data=data, public_urls=(recorder.url,), power_safe=False)
        async with Relay.serve(settings) as relay, company(tmp_path, recorder.url) as people:
            recorder.target = relay.port
            secrets = Secrets(people)
            secrets.collect()
            coded = await live(people, secrets, recorder, data)
            secrets.collect()
            running = everything_in(data)
    wire, stopped = recorder.everything(), everything_in(data)
    assert bytes(people.contract) in stopped
    assert b"lc-credential" not in stopped
    assert len(set(secrets.found.values())) == len(secrets.found) == 10
    for name, seed in secrets.found.items():
        if seed == coded.key.seed:  # the one-time key of an invitation that was put under a code
            continue
        assert not tells(seed, wire), name
        assert not tells(seed, running), name
        assert not tells(seed, stopped), name


def test_a_key_is_found_in_every_spelling() -> None:
    seed = bytes(range(7, 39))
    for before in (b"", b"a", b"ab", b"abc"):
        body = before + seed + b"xyz"
        for hidden in (body, b64encode(body), urlsafe_b64encode(body), body.hex().encode()):
            assert tells(seed, hidden)
    assert not tells(seed, bytes(64) + seed[:-1])
