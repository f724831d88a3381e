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
