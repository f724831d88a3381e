"""Every scene, each of which is a folder of pictures in `taken/`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from tests.contract_tui.ui.pictures.camera import Camera
from tests.contract_tui.ui.pictures.scenes import (
    conference,
    hosting,
    lists,
    notes,
    pages,
    past,
    questions,
    workshop,
)
from tests.contract_tui.ui.pictures.studio import Studio

Scene = Callable[[Studio, Camera], Awaitable[None]]
_ROOMS = workshop, pages, notes, questions, past, conference, hosting, lists
SCENES: Mapping[str, Scene] = {name: one for room in _ROOMS for name, one in room.SCENES.items()}
