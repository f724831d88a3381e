"""A terminal's driver that sleeps until something happens, and writes without a thread.

Textual's asks ten times a second whether it should end, in every open program.
"""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import TYPE_CHECKING, Any, cast

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from contract_tui.ui.printing import Printer

if TYPE_CHECKING:
    from textual.drivers._writer_thread import WriterThread

BEGUN = 0.1
"""Seconds until somebody looks whether what has begun to arrive, an Esc perhaps, was all."""
AT_ONCE = 4096
"""Bytes."""


class Listener(LinuxDriver):
    """A driver whose thread sleeps until a key is pressed, or until it is rung up to end."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._door, self._bell = os.pipe()

    def start_application_mode(self) -> None:
        """Write without Textual's thread from now on, where the terminal allows it."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # it says nothing
        thread = self._writer_thread
        if thread is not None:
            with suppress(OSError):
                printer = Printer(thread.fileno())
                thread.stop()  # once it has written what it was given
                self._writer_thread = cast("WriterThread", printer)

    def disable_input(self) -> None:
        """Let the thread end."""
        os.write(self._bell, b"!")
        super().disable_input()
        os.read(self._door, 1)

    def run_input_thread(self) -> None:
        """Pass on what is pressed until it is time to end."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")().decode
        with DefaultSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            selector.register(self._door, EVENT_READ)
            while not self.exit_event.is_set():
                has_begun = parser._timeout_time is not None  # noqa: SLF001 - a parser tells nobody
                ready = [key.fd for key, _ in selector.select(BEGUN if has_begun else None)]
                if self.fileno in ready:
                    if not (pressed := os.read(self.fileno, AT_ONCE)):
                        return  # nobody can press anything any more
                    for event in parser.feed(decode(pressed)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
