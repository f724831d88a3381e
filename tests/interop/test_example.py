"""The program in `examples/`: another language takes a seat on a closed relay, and writes."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from contract_tui.library.seats import invite_to
from contract_tui.session.link.status import StatusKind
from contract_tui.session.session import Session
from contract_tui.session.signing import sealing
from sync_server.access.proof import Role
from sync_server.protocol.ids import Actor
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.history.reading import told
from tests.contract_tui.session.circle import newly_invited, sealed, three
from tests.contract_tui.session.company import Company, read, until, write
from tests.contract_tui.session.impostors import free_port
from tests.interop import npm

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PATIENCE = 40.0
NAME = "Möwe “Emma” 👩‍🏫"


@pytest.fixture(autouse=True)
def _seal_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "DELAY", 0.02)


@dataclass
class Program:
    """A copy of the example, beside the packages that it needs."""

    folder: Path

    async def run(self, *arguments: str) -> tuple[dict[str, str], str]:
        """What it says in the end, and what it complains of."""
        process = await asyncio.create_subprocess_exec(
            *npm.NODE,
            str(self.folder / "join.mjs"),
            *arguments,
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return json.loads(out or b"{}"), err.decode()

    async def writes(self, *arguments: str) -> dict[str, str]:
        said, complaint = await self.run(*arguments)
        assert said, complaint
        return said


@pytest.fixture
def program(tmp_path: Path) -> Program:
    folder = tmp_path / "program"
    folder.mkdir()
    for source in EXAMPLES.glob("*.mjs"):
        shutil.copy(source, folder)
    (folder / "node_modules").symlink_to(npm.installed() / "node_modules")
    return Program(folder)


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    settings = Settings(port=0, data=tmp_path / "relay", power_safe=False)
    async with Relay.serve(settings) as server, three(tmp_path, server.url) as people:
        yield people


def invitation(people: Company, name: str = NAME, role: Role = Role.TEACHER) -> str:
    library = people.library("Heidi")
    return invite_to(library, library.entry(people.contract), role, name).link()


async def shared(people: Company, name: str = "Heidi") -> Session:
    session = await people.open(name)
    await until(session, lambda: session.status.kind is StatusKind.SHARED)
    return session


async def says(session: Session, words: str) -> None:
    await until(session, lambda: words in read(session))
    await sealed(session)


def person(session: Session, actor: str) -> tuple[str, str | None, bool]:
    entry = session.contract.author(Actor(bytes.fromhex(actor)))
    return entry.name, entry.role, entry.proven


async def test_a_program_in_javascript_takes_its_seat_and_writes_as_that_person(
    people: Company, program: Program
) -> None:
    heidi, clara = await shared(people), await shared(people, "Clara")
    write(heidi, "Goats. ")
    said = await program.writes(invitation(people), "Maps 🗺️.")
    for session in (heidi, clara):
        await says(session, "Maps 🗺️.")
        assert read(session) == "Goats. Maps 🗺️."
        assert person(session, said["actor"]) == (NAME, "teacher", True)
        assert NAME in {turn.author for turn in told(session.contract)}
        assert not session.set_aside
        assert not session.notices
    write(heidi, "And ", at=0)
    await says(clara, "And Goats. Maps 🗺️.")


async def test_its_key_stays_on_its_computer_and_its_seat_is_used_again(
    people: Company, program: Program, tmp_path: Path
) -> None:
    heidi = await shared(people)
    first = await program.writes(invitation(people), "Maps.")
    kept = program.folder / "seat.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    second = await program.writes("--key", str(kept), " Charts.")
    await says(heidi, "Maps. Charts.")
    assert first["actor"][:16] == second["actor"][:16]
    assert first["actor"] != second["actor"]
    assert [entry.name for entry in heidi.contract.seats.values()].count(NAME) == 1
    _, complaint = await program.run(invitation(people), "Maps.")
    assert "holds a seat already" in complaint
    seed = bytes.fromhex(json.loads(kept.read_text())["seed"])
    files = [path.read_bytes() for path in (tmp_path / "relay").rglob("*") if path.is_file()]
    assert not any(seed in each or seed.hex().encode() in each for each in files)


async def test_it_joins_by_a_code_that_was_read_to_it(people: Company, program: Program) -> None:
    heidi = await shared(people)
    given = await heidi.short_code(invitation(people), 600)
    said = await program.writes(given.code, "Maps.", "--relay", people.url)
    await says(heidi, "Maps.")
    assert person(heidi, said["actor"])[0] == NAME
    _, complaint = await program.run(
        given.code, "Maps.", "--relay", people.url, "--key", "another.json"
    )
    assert "this code was used already" in complaint


async def test_what_it_has_sealed_is_brought_to_another_relay_by_others(
    people: Company, program: Program, tmp_path: Path
) -> None:
    heidi = await shared(people)
    said = await program.writes(invitation(people), "Maps.")
    await says(heidi, "Maps.")
    await heidi.close()
    port = free_port()
    settings = Settings(port=port, data=tmp_path / "another", power_safe=False)
    async with Relay.serve(settings) as another:
        people.library("Heidi").add_relays(people.contract, [another.url])
        heidi = await people.open("Heidi")
        await until(heidi, lambda: all(link.is_done for link in heidi.links))
        newcomer = await newly_invited(people, "Opa", another.url)
        await says(newcomer, "Maps.")
        assert person(newcomer, said["actor"]) == (NAME, "teacher", True)


def test_it_names_the_packages_with_which_it_is_run_here() -> None:
    named = json.loads((EXAMPLES / "package.json").read_text())["dependencies"]
    locked = json.loads((npm.HERE / "package-lock.json").read_text())["packages"]
    assert named == {name: locked[f"node_modules/{name}"]["version"] for name in named}
