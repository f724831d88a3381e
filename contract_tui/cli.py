"""The command `contract-tui`: reads the command line and runs one command.

Standard output is data, standard error is for people. Exit status 0: done; 1: refused or failed,
with one clear line; 2: the command line was wrong. Everything heavy is imported by the command
that needs it, so that the first screen does not wait for what it does not use.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from contract_tui.commands import WITHOUT_COMMAND

OBJECTS_BEFORE_A_LOOK = 20_000
"""New objects before Python looks for garbage among them: starting makes many, and none of it is.

With Python's own 700, a tenth of the time to the first screen goes into looking.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status, or exits with 2 for a wrong command line."""
    gc.set_threshold(OBJECTS_BEFORE_A_LOOK)
    given = sys.argv[1:] if arguments is None else arguments
    try:
        _speak(given)
        if not given:  # nothing has to be read, and what reads it takes 20 ms to import
            return _command(*WITHOUT_COMMAND)()
        from contract_tui.usage.parser import read

        options = read(given)
        return _command(*options.run)(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever was reading has seen enough; Python must not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except _refusals() as error:
        from contract_tui.language import told

        print(f"contract-tui: {_one_line(told(error))}", file=sys.stderr)
        return 1


def _speak(given: Sequence[str]) -> None:
    """Speak the person's language, unless another program reads; before anything says a word."""
    from contract_tui.usage.readers import are_programs

    if are_programs(given):
        return
    from contract_tui.language.choosing import speak
    from contract_tui.library.settings import library_home

    speak(library_home())


def _command(module: str, function: str) -> Callable[..., int]:
    found: Callable[..., int] = getattr(import_module(f"contract_tui.commands.{module}"), function)
    return found


def _refusals() -> tuple[type[Exception], ...]:
    """What a person is told in a sentence; looked up only when something was raised."""
    from contract_tui.contract.errors import ContractError
    from contract_tui.library.errors import SessionError
    from sync_server.access.errors import AccessError
    from sync_server.relay.errors import RelayError

    return SessionError, ContractError, AccessError, RelayError


def _one_line(text: str) -> str:
    return " ".join(text.split())
