"""What the first screen waits for, by the modules that it loads."""

import subprocess
import sys
from pathlib import Path

from contract_tui.commands import WITHOUT_COMMAND
from contract_tui.library.entry import Entry
from contract_tui.library.library import Library
from contract_tui.library.seats import new_contract
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.library import LibraryScreen
from sync_server.access.proof import Role
from tests.contract_tui.ui.stage import until

ROOT = Path(__file__).resolve().parents[2]
FIRST_SCREEN = (
    "contract_tui.cli",
    f"contract_tui.commands.{WITHOUT_COMMAND[0]}",
    "contract_tui.ui.app",
    "contract_tui.ui.screens.library",
)
LATER = {
    "argparse",
    "automerge",
    "cryptography",
    "jwt",
    "regex",
    "websockets",
    "contract_tui.contract.contract",
    "contract_tui.session.session",
    "contract_tui.usage",
    "sync_server.access.proof",
    "sync_server.protocol.chunk",
    "sync_server.protocol.messages",
    "sync_server.storage.sqlite",
}


def test_the_first_screen_loads_nothing_that_only_an_open_contract_needs() -> None:
    program = f"import sys, {', '.join(FIRST_SCREEN)}; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, text=True)
    assert sorted(LATER.intersection(loaded.split())) == []


class Counted(Library):
    """A library that counts how often all of it is listed."""

    listed = 0

    def entries(self) -> list[Entry]:
        self.listed += 1
        return super().entries()


async def test_the_list_is_read_once_when_it_comes_up_and_again_when_one_comes_back(
    tmp_path: Path,
) -> None:
    library = Counted(tmp_path)
    with library:
        new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        library.listed = 0
        app = ContractApp(library)
        async with app.run_test(size=(80, 24)) as pilot:
            screen = app.screen
            assert isinstance(screen, LibraryScreen)
            await until(lambda: len(screen.entries) == 1 and screen._has_come_up)
            await pilot.pause()
            assert library.listed == 1
            await pilot.press("ctrl+n", "escape")
            await until(lambda: library.listed > 1)
