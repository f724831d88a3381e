"""Three people write over a real relay, and one of them sends what the others cannot read."""

from pathlib import Path

import pytest

from contract_tui.contract.schema import INTERESTS
from sync_server.access.proof import Role
from tests.contract_tui.contract.poison import panicking
from tests.contract_tui.session.company import company, read, relay, until, write
from tests.contract_tui.session.fooled import Fooled

SENTENCE = "A change by Pia (parent) could not be read and was set aside"


async def test_three_go_on_writing_when_one_sends_what_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contract_tui.contract.opening.opening.CrdtDocument", Fooled)
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Tom", Role.TEACHER)
        people.invite("Pia", Role.PARENT)
        heidi, tom, pia = [await people.open(name) for name in ("Heidi", "Tom", "Pia")]
        for session in (tom, pia):
            await until(session, lambda session=session: len(session.people) == 3)  # type: ignore[misc]  # bound early
        write(heidi, "goats ")
        write(tom, "hay ")
        await until(pia, lambda: sorted(read(pia).split()) == ["goats", "hay"])
        shown = heidi.contract.text(INTERESTS)
        offset = heidi.size
        write(pia, "ruin ")
        raw = pia.contract.changes_since()[-1]
        with Fooled.by(raw, panicking(raw)):
            write(heidi, "own ")
            await until(heidi, lambda: bool(heidi.set_aside))
            await until(tom, lambda: bool(tom.set_aside))
            write(tom, "later ")
            write(heidi, "more ")
            words = ["goats", "hay", "later", "more", "own"]
            for session in (heidi, tom):
                await until(session, lambda session=session: sorted(read(session).split()) == words)  # type: ignore[misc]  # bound early
                assert session.set_aside == [f"{SENTENCE}. Everything else is here."]
            assert heidi.contract.text(INTERESTS).since(shown.version) is None
            assert heidi.size > offset
            await until(heidi, lambda: heidi.status.kind.value == "shared")
            again = await people.open("Heidi")
            assert sorted(read(again).split()) == words
            assert again.set_aside == heidi.set_aside
