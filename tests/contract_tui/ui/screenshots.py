"""Takes the pictures for the README, from the real program with three people in it.

`python -m tests.contract_tui.ui.screenshots [FOLDER]` writes SVG files to docs/screenshots.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from contract_tui.contract.schema import INTERESTS, SUPPORTS, PartId
from contract_tui.contract.splice import Splice
from contract_tui.session.library import Library
from contract_tui.session.rehearsal import Stage, set_stage
from contract_tui.session.session import Session
from contract_tui.session.status import StatusKind
from contract_tui.session.world import World
from contract_tui.ui.app import ContractApp
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.themes import DARK, LIGHT
from sync_server.access.proof import Role
from sync_server.relay.server import Relay
from sync_server.relay.settings import Settings
from tests.contract_tui.ui.sitting import is_ready
from tests.contract_tui.ui.stage import until

FOLDER = Path("docs/screenshots")


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen to be drawn."""

    name: str
    size: tuple[int, int]
    theme: str
    keys: tuple[str, ...] = ()
    library: bool = False


PICTURES = [
    Picture("workshop", (120, 36), DARK.name),
    Picture("workshop-light", (120, 36), LIGHT.name),
    Picture("workshop-small", (80, 24), DARK.name),
    Picture("workshop-wide", (180, 44), LIGHT.name),
    Picture("library", (80, 24), DARK.name, library=True),
    Picture("help", (100, 36), DARK.name, keys=("f1",)),
]


async def take_screenshots(folder: Path = FOLDER) -> list[Path]:
    """Draw every picture into a folder; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - nothing else is waiting
    async with AsyncExitStack() as stack:
        relay = await stack.enter_async_context(Relay.serve(Settings(port=0, open=True)))
        stage = set_stage(Path(stack.enter_context(TemporaryDirectory())), relay.url)
        libraries = {r: stack.enter_context(Library(home)) for r, home in stage.homes.items()}
        for role, part in ((Role.TEACHER, SUPPORTS), (Role.PARENT, INTERESTS)):
            other = await Session.open(libraries[role], stage.contract)
            stack.push_async_callback(other.close)
            await _begin_to_write(other, part)
        student = libraries[Role.STUDENT]
        return [await _take(picture, student, stage, folder) for picture in PICTURES]


async def _begin_to_write(session: Session, part: PartId) -> None:
    """Let somebody be in the middle of a word."""
    text = session.contract.text(part)
    end = len(text.text)
    session.edit(part, Splice(end, end, " And th"))
    session.look(part, end + 7, end + 7, typing=True)
    await until(lambda: session.status.kind is StatusKind.SHARED)


async def _take(picture: Picture, library: Library, stage: Stage, folder: Path) -> Path:
    """Draw one picture."""
    contract = None if picture.library else stage.contract
    app = ContractApp(library, contract, world=World(), theme=picture.theme)
    async with app.run_test(size=picture.size) as pilot:
        if not picture.library:
            await until(lambda: is_ready(app.screen) and _is_complete(app.screen))
        await pilot.pause()
        await pilot.press(*picture.keys)
        await pilot.pause()
        path = folder / f"{picture.name}.svg"
        path.write_text(app.export_screenshot(title="contract-tui"))
    return path


def _is_complete(screen: object) -> bool:
    """Whether everybody is on the screen and everything is shared."""
    assert isinstance(screen, WorkshopScreen)
    shared = screen.status.kind is StatusKind.SHARED
    return shared and sum(len(editor.remotes) for _, editor in screen.editors()) == 2


if __name__ == "__main__":
    for written in asyncio.run(take_screenshots(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)):
        print(written)
