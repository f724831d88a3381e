from pathlib import Path

from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.world import World
from tests.contract_tui.session.company import company

ALONE = World(online=False)


async def test_where_everybody_stands_is_found_out_a_little_at_a_time(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        heidi.agreeing.answer(Answer.AGREE)
        heidi.edit(INTERESTS, Splice(0, 0, "kites"))
        slices = 1
        while not heidi.agreeing.advance(0.0):
            slices += 1
            if slices == 5:
                heidi.edit(INTERESTS, Splice(0, 0, "owls and "))
        assert slices > 5
        mine = heidi.agreeing.mine
        assert mine is not None
        assert mine.given is not None
        assert not mine.given.is_current
        assert heidi.agreeing.advance(0.0), "nothing is left to be done"
