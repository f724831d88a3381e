"""A contract's file goes through another Automerge program and loses nothing on the way."""

import json
import subprocess
from pathlib import Path

from contract_tui.contract.schema import INTERESTS
from contract_tui.library.files import export_contract, import_contract
from contract_tui.library.keepsakes import PROOF, SEAL
from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from sync_server.access.seal import Seal
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.session.company import Company, company, read, write
from tests.interop import npm

ALONE = World(online=False)


def edited(file: Path, text: str) -> tuple[dict[str, str], Path]:
    """What JavaScript reads in a file, and the file that it saved with a text of its own."""
    saved = file.with_name("saved.automerge")
    command = [*npm.NODE, str(npm.script("file.mjs")), str(file), str(saved), text]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout), saved


def kept(library: Library, contract: DocumentId) -> tuple[set[str], set[bytes]]:
    """The proofs and the seals that are kept of a contract."""
    keepsakes = library.keepsakes(contract)
    proofs = {text.decode() for text in keepsakes.all(PROOF).values()}
    if own := library.own_seat(contract):
        proofs.add(own.shown.text)
    return proofs, set(keepsakes.all(SEAL).values())


async def written(people: Company, file: Path) -> None:
    """Heidi and Clara each write, on their own computers, and Heidi has both in a file."""
    people.invite("Clara", Role.TEACHER)
    heidi = await people.open("Heidi", ALONE)
    write(heidi, "goats ")
    await heidi.close()
    for giver, taker in (("Heidi", "Clara"), ("Clara", "Heidi")):
        library = people.library(giver)
        export_contract(library, library.entry(people.contract), file, replace=True)
        import_contract(people.library(taker), file, 7)
        if taker == "Clara":
            clara = await people.open("Clara", ALONE)
            write(clara, "maps ")
            await clara.close()
    library = people.library("Heidi")
    export_contract(library, library.entry(people.contract), file, replace=True)


async def test_javascript_opens_an_exported_file_and_what_it_saves_comes_back_with_every_proof(
    tmp_path: Path,
) -> None:
    file = tmp_path / "contract.automerge"
    async with company(tmp_path) as people:
        await written(people, file)
        proofs, seals = kept(people.library("Heidi"), people.contract)
        assert (len(proofs), len(seals) >= 2) == (2, True)
        sections, saved = edited(file, "from elsewhere: ")
        assert sections["interests"] == "maps goats "
        with Library(tmp_path / "Grandfather") as library:
            taken = import_contract(library, saved, 7)
            assert (taken.contract, taken.left_out, taken.torn) == (people.contract, 0, False)
            assert kept(library, people.contract) == (proofs, seals)
            assert all(Seal.from_bytes(one).verifies(people.contract) for one in seals)
            session = await Session.open(library, people.contract, world=ALONE)
            assert session.contract.text(INTERESTS).text == "from elsewhere: maps goats "
            assert session.set_aside == []
            await session.close()
        again = import_contract(people.library("Heidi"), saved, 8)
        assert again.left_out == 0
        heidi = await people.open("Heidi", ALONE)
        assert read(heidi) == "from elsewhere: maps goats "
        write(heidi, "and back: ")


async def test_a_file_that_javascript_saved_is_handed_on_with_every_proof(tmp_path: Path) -> None:
    file, second = tmp_path / "contract.automerge", tmp_path / "second.automerge"
    async with company(tmp_path) as people:
        await written(people, file)
        _, saved = edited(file, "one ")
        with Library(tmp_path / "Grandfather") as library:
            import_contract(library, saved, 7)
            export_contract(library, library.entry(people.contract), second)
        sections, saved = edited(second, "two ")
        assert sections["interests"] == "one maps goats "
        with Library(tmp_path / "Oma") as library:
            import_contract(library, saved, 7)
            assert kept(library, people.contract) == kept(people.library("Heidi"), people.contract)
