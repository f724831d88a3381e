"""What an open contract needs is loaded beside a screen that goes on."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import asyncio, sys
from contract_tui.ui import beforehand
from contract_tui.ui.screens import opening

async def main():
    assert not set(beforehand.NEEDED) & sys.modules.keys()
    turns, loading = 0, asyncio.create_task(asyncio.to_thread(beforehand.load))
    while not loading.done():
        await asyncio.sleep(0)
        turns += 1
    await loading
    assert set(beforehand.NEEDED) <= sys.modules.keys()
    print(turns)

asyncio.run(main())
"""


def test_the_loop_goes_on_while_it_is_loaded() -> None:
    turns = subprocess.check_output([sys.executable, "-c", PROGRAM], cwd=ROOT, text=True)
    assert int(turns) > 20


PIECES = """
import sys
from contract_tui.ui import beforehand

left, loaded = [], []
beforehand.load_past(lambda pause, go: left.append(go))
while left:
    loaded.append(beforehand.PAST[len(loaded)] in sys.modules)
    left.pop()()
print(loaded == [True] * len(beforehand.PAST))
"""


def test_what_looking_back_needs_is_loaded_one_piece_after_the_other() -> None:
    said = subprocess.check_output([sys.executable, "-c", PIECES], cwd=ROOT, text=True)
    assert said.strip() == "True"
