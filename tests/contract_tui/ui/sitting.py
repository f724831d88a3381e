"""People in front of their screens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from textual.pilot import Pilot
from textual.screen import Screen

from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.workshop import WorkshopScreen
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.ui.stage import until

NOW = 1_763_733_600.0
ALONE = World(clock=lambda: NOW, online=False)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One contract on three computers."""

    contract: DocumentId
    libraries: dict[Role, Library]

    @asynccontextmanager
    async def workshop(
        self,
        role: Role = Role.STUDENT,
        *,
        size: tuple[int, int] = (120, 40),
        world: World = ALONE,
        theme: str = "evening",
    ) -> AsyncIterator[tuple[WorkshopScreen, Pilot[None]]]:
        """Open the contract on somebody's screen."""
        app = ContractApp(self.libraries[role], self.contract, world=world, theme=theme)
        async with app.run_test(size=size) as pilot:
            await until(lambda: is_ready(app.screen))
            assert isinstance(app.screen, WorkshopScreen)
            yield app.screen, pilot


def is_ready(screen: Screen[object]) -> bool:
    """Whether a workshop has been laid out and followed its contract once."""
    return (
        isinstance(screen, WorkshopScreen)
        and screen.focused is not None
        and screen.panes[0].size.width > 0
    )
