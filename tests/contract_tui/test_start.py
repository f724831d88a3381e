"""What the first screen waits for, by the modules that it loads."""

import subprocess
import sys
from pathlib import Path

from contract_tui.commands import WITHOUT_COMMAND

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
