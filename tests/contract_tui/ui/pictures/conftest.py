"""A studio for each scene."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tui.library import coverage
from contract_tui.ui.drafts import screen as drafts
from contract_tui.ui.widgets import notice
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.ui.pictures.studio import Studio

LONG = 3_600.0
"""Seconds; longer than any scene takes."""


@pytest.fixture
def studio(
    tmp_path: Path, _written: tuple[Path, DocumentId], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Studio]:
    """A studio with the sample contract, where nothing comes or goes by itself."""
    for module, seconds in (
        (notice, "SECONDS"),
        (drafts, "SECONDS"),
        (coverage, "PATIENCE"),
        (coverage, "OWN_PATIENCE"),
    ):
        monkeypatch.setattr(module, seconds, LONG)
    studio = Studio(tmp_path, *_written)
    yield studio
    for library in studio.opened:
        library.close()
