"""What reaches the terminal while a screen is painted."""

import subprocess
import sys

_PROGRAM = """
import os
import sys
from contract_tui.commands.terminal import painting
from contract_tui.contract.crdt import CrdtDocument
from automerge.core import ROOT, ScalarType

def panic():
    os.write(2, b"written past Python\\n")
    try:
        CrdtDocument(b"a" * 16).transact(
            lambda writer: writer._transaction.put(ROOT, "count", ScalarType.Counter, 5)
        )
    except Exception as error:
        print(type(error).__name__)

with painting():
    print("painted", file=sys.__stderr__)
    panic()
    print("said", file=sys.stderr)
print("afterwards", file=sys.stderr)
os.write(2, b"and past Python\\n")
"""


def test_only_the_screen_is_painted_where_the_screen_is() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True
    )
    assert done.stdout == "DocumentDamaged\n"
    assert done.stderr == "painted\nsaid\nafterwards\nand past Python\n"
