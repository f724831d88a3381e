"""What a person is told when something arrives that cannot be read."""

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import Actor
from tests.contract_tui.contract.poison import panicking
from tests.contract_tui.session.fooled import Fooled
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import press, until


async def test_the_person_is_told_once_and_goes_on_typing(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contract_tui.contract.opening.opening.CrdtDocument", Fooled)
    async with sitting.workshop() as (screen, pilot):
        session, editor = screen.session, screen.panes[0].editor
        await press(editor, "o", "w", "n", " ")
        stranger = Contract.open(session.contract.changes_since(), Actor(b"x" * 16))
        raw = stranger.splice(INTERESTS, Splice(0, 0, "hm"))
        with Fooled.by(raw, panicking(raw)):
            session._replica.take(parse_changes([raw]))
            session._listeners.wake()
            await until(lambda: screen.notice.is_unread)
            await press(editor, "w", "o", "r", "d", " ")
            assert editor.text == session.contract.text(INTERESTS).text
            assert editor.text.startswith("own word ")
        assert str(screen.notice.content).startswith(
            "A change of unknown origin could not be read and was set aside. "
            "Everything else is here."
        )
        await pilot.press("escape")
        assert not screen.notice.is_unread
