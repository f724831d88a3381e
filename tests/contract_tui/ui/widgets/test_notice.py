"""The sentence above the text."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from contract_tui.ui.widgets import notice
from contract_tui.ui.widgets.notice import Notice
from tests.contract_tui.ui.stage import until


class Said(App[None]):
    def __init__(self, standing: str) -> None:
        super().__init__()
        self.notice = Notice(standing)
        self.read: list[str] = []

    def on_notice_put_away(self, event: Notice.PutAway) -> None:
        self.read.append(event.sentence)

    def compose(self) -> ComposeResult:
        yield self.notice


@pytest.mark.parametrize("standing", ["", "You are reading along."])
async def test_a_sentence_stays_for_a_while_and_then_what_always_holds_comes_back(
    standing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice, "SECONDS", 0.05)
    app = Said(standing)
    async with app.run_test():
        assert app.notice.has_class("-shown") == bool(standing)
        app.notice.say("First.")
        app.notice.say("Second.")
        assert str(app.notice.content) == "Second."
        assert app.notice.has_class("-shown")
        await until(lambda: str(app.notice.content) == standing)
        assert app.notice.has_class("-shown") == bool(standing)


async def test_what_must_be_read_is_told_once_one_at_a_time_until_it_is_put_away() -> None:
    app = Said("You are reading along.")
    async with app.run_test():
        app.notice.tell(["First.", "Second."])
        assert str(app.notice.content).startswith("First.")
        assert "1 of 2" in str(app.notice.content)
        app.notice.put_away()
        app.notice.tell(["First.", "Second.", "Second."])
        assert str(app.notice.content).startswith("Second.")
        assert app.notice.is_unread
        app.notice.put_away()
        assert str(app.notice.content) == "You are reading along."
        app.notice.tell(["Second.", "First."])
        await until(lambda: app.read == ["First.", "Second."])
        assert not app.notice.is_unread


async def test_what_holds_no_longer_is_not_told_any_more_and_told_again_when_it_does() -> None:
    app = Said("")
    async with app.run_test():
        app.notice.tell(["You no longer take part."])
        app.notice.tell([])
        assert not app.notice.is_unread
        assert not app.notice.has_class("-shown")
        app.notice.tell(["You no longer take part."])
        assert app.notice.is_unread


async def test_what_is_said_for_a_while_leaves_what_must_be_read_for_afterwards() -> None:
    app = Said("")
    async with app.run_test():
        app.notice.tell(["First."])
        app.notice.say("By the way.")
        app.notice.tell(["First.", "Second."])
        assert str(app.notice.content) == "By the way."
        app.notice.put_away()
        assert str(app.notice.content).startswith("First.")
        assert "1 of 2" in str(app.notice.content)
