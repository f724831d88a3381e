"""Takes pictures of a program that runs: one of each size and theme, of whatever it shows."""

from __future__ import annotations

import difflib
import inspect
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from contract_tui.ui.notes.resuming import Resumable
from contract_tui.ui.pages.page import Page
from contract_tui.ui.screens.dialogs import Dialog
from contract_tui.ui.screens.history.menu import Menu
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.themes import CONTRAST, DARK, LIGHT
from tests.contract_tui.ui.pictures.picture import Group, Look, Picture, Size, look_of
from tests.contract_tui.ui.pictures.writing import picture_of, text_of

TAKEN = Path(__file__).parent / "taken"
ACCEPT = os.environ.get("PICTURES") == "take"
SMALL, PHONE, LARGE, USUAL = (80, 24), (45, 38), (200, 50), (120, 40)
SIZES: tuple[Size, ...] = (SMALL, LARGE, USUAL)
"""The last is the one in which a scene begins and goes on: to change the size takes time."""
EVERYWHERE: tuple[Size, ...] = (SMALL, PHONE, LARGE, USUAL)
"""Where guests see it as well, and hold a phone."""
THEMES = (DARK.name, LIGHT.name)
_MOMENT = 0.03
"""Seconds between two such looks."""
_TRIES = 100
"""How often it is looked again whether something that is still on its way has come."""
_CALM = 4
"""So many looks in a row have to be the same, where nothing is known of how it should look."""
_SURE = 25
"""So many where it looks otherwise than it did: on a busy computer things take their time."""
HOW = "make pictures takes them again; look at build/pictures.html before you keep them"


@dataclass
class Camera:
    """Takes the pictures of one scene, and compares them with those that were taken before."""

    scene: str
    changed: list[str] = field(default_factory=list)
    """What looks otherwise than it did, each with the rows that differ."""
    names: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """Where the pictures of the scene are."""
        return TAKEN / self.scene

    async def take(
        self,
        name: str,
        pilot: Pilot[None],
        *,
        sizes: Sequence[Size] = SIZES,
        contrast: bool = False,
    ) -> None:
        """Take a picture of what is shown, in each size; in high contrast also if that is said."""
        await self.walk({name: _stay}, pilot, sizes=sizes, contrast=contrast)

    async def walk(
        self,
        ways: Mapping[str, Callable[[], Awaitable[object]]],
        pilot: Pilot[None],
        *,
        sizes: Sequence[Size] = SIZES,
        contrast: bool = False,
    ) -> None:
        """Take pictures of several things in turn, each way bringing up one of them.

        A way is gone once in each size and theme, so it has to end where it can be gone again.
        """
        before = {name: self._known(name) for name in ways}
        found: dict[str, list[Group]] = {name: [] for name in ways}
        shows: dict[str, tuple[str, ...]] = {}
        for size, themes in _rounds(sizes, contrast=contrast):
            looks: dict[tuple[str, str], Look] = {}
            for theme in _from_here(themes, pilot.app.theme):
                await _turn(pilot, size, theme)
                for name, go in ways.items():
                    await go()
                    looks[name, theme] = await _settled(pilot, _look(before[name], size, theme))
                    shows[name] = tuple(_shown(pilot.app))
            for name in ways:
                taken = tuple(looks[name, theme] for theme in themes)
                found[name].append(Group(size, themes, taken))
        for name, groups in found.items():
            self._keep(name, Picture(shows[name], tuple(groups)))

    def _known(self, name: str) -> Picture | None:
        path = self.folder / f"{name}.txt"
        return picture_of(path.read_text()) if path.exists() and not ACCEPT else None

    def _keep(self, name: str, picture: Picture) -> None:
        """Compare a picture with the one of before; where that is asked for, take its place."""
        assert name not in self.names, f"{self.scene}/{name} is taken twice"
        self.names.append(name)
        path, now = self.folder / f"{name}.txt", text_of(picture)
        before = path.read_text() if path.exists() else ""
        if ACCEPT:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(now)
        elif now != before:
            rows = difflib.unified_diff(before.splitlines(), now.splitlines(), n=0, lineterm="")
            self.changed.append("\n".join([f"{self.scene}/{name}", *list(rows)[2:40]]))

    def done(self) -> None:
        """Say what has changed; a picture that nobody takes any more is one that has."""
        for path in sorted(self.folder.glob("*.txt")):
            if path.stem not in self.names:
                if ACCEPT:
                    path.unlink()
                else:
                    self.changed.append(f"{self.scene}/{path.stem} is no longer taken")
        assert not self.changed, "\n\n".join([*self.changed, HOW])


async def _stay() -> None:
    """Be where one is."""


def _rounds(sizes: Sequence[Size], *, contrast: bool) -> Iterator[tuple[Size, tuple[str, ...]]]:
    for size in sizes:
        yield size, THEMES
        if contrast and size == SMALL:
            yield size, (CONTRAST.name,)


def _from_here(themes: tuple[str, ...], theme: str) -> list[str]:
    """Begin with the theme that is shown: to change it takes time."""
    return sorted(themes, key=lambda one: one != theme)


async def _turn(pilot: Pilot[None], size: Size, theme: str) -> None:
    if pilot.app.theme != theme:
        pilot.app.theme = theme
    if pilot.app.size != size:
        await pilot.resize_terminal(*size)


def _look(picture: Picture | None, size: Size, theme: str) -> Look | None:
    """Return how something looked before."""
    for group in picture.groups if picture else ():
        if group.size == size and theme in group.themes:
            return group.looks[group.themes.index(theme)]
    return None


async def _settled(pilot: Pilot[None], expected: Look | None) -> Look:
    """Return how the screen looks once it has come to rest: as expected, or always the same."""
    look: Look = ()
    same, enough = 0, _CALM if expected is None else _SURE
    for number in range(_TRIES):
        await pilot.pause(_MOMENT if number else None)
        before, look = look, look_of(pilot.app.screen._compositor.render_strips())
        same = same + 1 if look == before else 0
        if look == expected or same == enough:
            break
    return look


def _shown(app: App[Any]) -> Iterator[str]:
    """Yield what somebody sees: the screen, the page on it, or which question is asked."""
    screen = app.screen
    yield _name(type(screen))
    if isinstance(screen, WorkshopScreen) and isinstance(screen.ground.shown, Page):
        yield _name(type(screen.ground.shown))
    if isinstance(screen, Dialog):
        asks = screen._attempt
        if isinstance(screen, Resumable):  # which does what it was given, and a little more
            asks = inspect.getclosurevars(asks).nonlocals["attempt"]
        yield f"{asks.__module__}.{asks.__qualname__.split('.<locals>')[0]}"
    if isinstance(screen, Menu):
        yield f"“{screen._title}”"


def _name(kind: type[Screen[Any] | Page]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
