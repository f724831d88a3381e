import os
import threading
from pathlib import Path

import pytest

from contract_tui.library.library import Library
from contract_tui.session.copies.durability import Durability


async def test_the_log_is_flushed_by_another_thread_and_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []

    def fsync(file: int) -> None:
        flushed.append(threading.get_ident())
        os.fstat(file)

    monkeypatch.setattr(os, "fsync", fsync)
    with Library(tmp_path) as library:
        keeper = Durability(library.path)
        for _ in range(50):
            keeper.soon()
        await keeper.close()
        assert len(flushed) == 1
        assert flushed[0] != threading.get_ident()
        keeper.soon()
        await keeper.close()
        assert len(flushed) == 2


async def test_without_a_log_there_is_nothing_to_do(tmp_path: Path) -> None:
    keeper = Durability(tmp_path / "library.sqlite3")
    await keeper.close()
    keeper.soon()
    await keeper.close()
