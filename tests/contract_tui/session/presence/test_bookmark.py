"""A guest's place outlives their program, which dies with the host's."""

from pathlib import Path

from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.keepsakes import BOOKMARK
from sync_server.access.proof import Role
from tests.contract_tui.session.company import company
from tests.contract_tui.session.conference.test_standing_by import as_guest


async def test_a_guest_goes_on_where_they_were_whatever_others_wrote_before_it(
    tmp_path: Path,
) -> None:
    async with company(tmp_path) as people:
        people.invite("Ben", Role.PARENT)
        as_guest(people, "Ben", of="Heidi")
        ben = await people.open("Ben")
        assert ben.bookmark.place(ben.contract) is None
        ben.edit(INTERESTS, Splice(0, 0, "crabs swim"))
        ben.look(INTERESTS, 5, 5)
        await ben.close()

        again = await people.open("Ben")
        again.edit(INTERESTS, Splice(0, 0, "Big "))
        assert again.bookmark.place(again.contract) == (INTERESTS, 9)

        keepsakes = people.library("Ben").keepsakes(people.contract)
        keepsakes.put(BOOKMARK, {b"": b"damaged"})
        assert again.bookmark.place(again.contract) is None


async def test_of_who_has_a_program_of_their_own_no_place_is_kept(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi")
        heidi.edit(INTERESTS, Splice(0, 0, "crabs"))
        heidi.look(INTERESTS, 5, 5)
        await heidi.close()
        assert not people.library("Heidi").keepsakes(people.contract).all(BOOKMARK)
        assert heidi.bookmark.place(heidi.contract) is None
