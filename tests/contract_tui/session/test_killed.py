"""A program that is killed loses nothing but the key in flight."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.library import seats
from contract_tui.library.library import Library
from sync_server.access.proof import Role
from sync_server.protocol.ids import Actor

WRITER = """
import asyncio, sys
from pathlib import Path
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.library import Library
from contract_tui.session.session import Session

async def main():
    library = Library(Path(sys.argv[1]))
    session = await Session.open(library, library.entries()[0].id)
    at = len(session.contract.text(INTERESTS).text)
    while True:
        for letter in "abcdefghijklmnopqrstuvwxyz":
            session.edit(INTERESTS, Splice(at, at, letter))
            at += 1
            print(letter, end="", flush=True)
        await asyncio.sleep(0)

asyncio.run(main())
"""


@pytest.mark.parametrize("letters", [1, 40, 333])
def test_every_letter_that_was_written_survives_kill_9(tmp_path: Path, letters: int) -> None:
    with Library(tmp_path) as library:
        contract = seats.new_contract(library, "My year", "Heidi", Role.STUDENT)
    told = ""
    for _ in range(2):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        some = writer.stdout.read(letters)
        writer.send_signal(signal.SIGKILL)
        told += some + writer.stdout.read()
        writer.stdout.close()
        assert writer.wait() == -signal.SIGKILL
        with Library(tmp_path) as library:
            raws = [one.raw for one in library.journal(contract).read(100_000)]
        kept = Contract.open(raws, Actor(bytes(16))).text(INTERESTS).text
        # One letter may have been written without having been told any more.
        assert kept.startswith(told)
        assert len(kept) <= len(told) + 1
        told = kept
