"""Every scene looks as it did when somebody last looked at it."""

from __future__ import annotations

import pytest

from tests.contract_tui.ui.pictures.camera import Camera
from tests.contract_tui.ui.pictures.scenes import SCENES
from tests.contract_tui.ui.pictures.studio import Studio


@pytest.mark.parametrize("scene", sorted(SCENES))
async def test_a_scene_looks_as_it_did(scene: str, studio: Studio, utc: None) -> None:
    camera = Camera(scene)
    await SCENES[scene](studio, camera)
    camera.done()
