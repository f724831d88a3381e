"""What is shown of a fault of this program: where it was, and nothing that people wrote."""

from __future__ import annotations

import sys
from traceback import extract_tb

from rich.console import Console
from rich.segment import Segments
from rich.text import Text

from contract_tui.language import _

SAID = _("contract-tui has made a mistake and has to stop. Everything you wrote is kept.")


def trace(console: Console) -> Segments:
    """Return the way to the error that is being handled: files, lines and its kind.

    Its message is left out, since many quote what they are about.
    """
    kind, _, way = sys.exc_info()
    lines = [f"  {place.filename}:{place.lineno} in {place.name}" for place in extract_tb(way)]
    name = (kind or Exception).__name__
    told = Text("\n".join([SAID, *lines, name]))
    return Segments(console.render(told, console.options))
