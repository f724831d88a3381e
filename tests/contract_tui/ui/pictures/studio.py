"""Where scenes are played: programs of people whose time, keys and chance are always the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from textual.pilot import Pilot

from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.themes import DARK
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.ui.conftest import entropy, sitting_down
from tests.contract_tui.ui.pictures.camera import USUAL
from tests.contract_tui.ui.sitting import NOW, Sitting, is_ready
from tests.contract_tui.ui.stage import until


@dataclass
class Studio:
    """Has the sample contract in three libraries, and as many copies of it as are asked for."""

    folder: Path
    written: Path
    contract: DocumentId
    copies: int = 0
    opened: list[Library] = field(default_factory=list)

    @asynccontextmanager
    async def sitting(self) -> AsyncIterator[Sitting]:
        """Give three people a copy of the contract."""
        self.copies += 1
        with sitting_down(self.folder / str(self.copies), self.written, self.contract) as sitting:
            yield sitting

    def empty(self) -> Library:
        """Return the library of somebody who has just begun."""
        self.copies += 1
        library = Library(self.folder / str(self.copies))
        self.opened.append(library)
        return library

    @asynccontextmanager
    async def workshop(
        self, role: Role = Role.STUDENT, sitting: Sitting | None = None
    ) -> AsyncIterator[tuple[WorkshopScreen, Pilot[None]]]:
        """Open a contract on somebody's screen."""
        if sitting is None:
            async with self.sitting() as own, self.workshop(role, own) as opened:
                yield opened
            return
        app = ContractApp(sitting.libraries[role], sitting.contract, world=world(), theme=DARK.name)
        async with app.run_test(size=USUAL) as pilot:
            await until(lambda: is_ready(app.screen))
            assert isinstance(app.screen, WorkshopScreen)
            yield app.screen, pilot

    @asynccontextmanager
    async def listing(self, library: Library) -> AsyncIterator[Pilot[None]]:
        """Show somebody's contracts."""
        app = ContractApp(library, world=world(), theme=DARK.name)
        async with app.run_test(size=USUAL) as pilot:
            await until(lambda: app.screen.region.area > 0)
            yield pilot


def world(*, now: float = NOW) -> World:
    """A world in which nothing is different from one run to the next."""
    return World(clock=lambda: now, entropy=entropy(), online=False, seconds=lambda: 0.0)
