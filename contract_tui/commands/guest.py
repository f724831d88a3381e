"""Begins the program of one guest, in their language: `python -m contract_tui.commands.guest`.

What it is, `visiting` says; that has sentences, so the language comes first.
"""

from __future__ import annotations

import sys

from contract_tui.language.choosing import speak
from contract_tui.library.settings import library_home


def main() -> int:
    """Speak the language that the guest chose or their browser asks for, and run their program."""
    speak(library_home())
    from contract_tui.commands import visiting

    return visiting.main()


if __name__ == "__main__":
    sys.exit(main())
