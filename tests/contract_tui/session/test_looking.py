from pathlib import Path

from contract_tui.contract.agreement.values import Answer
from contract_tui.library.holding import revoke
from contract_tui.library.world import World
from contract_tui.session.looking import look, read_here
from sync_server.access.proof import Role
from sync_server.protocol.chunk import parse_changes
from tests.contract_tui.session.company import company, write

ALONE = World(online=False)


async def test_who_looks_at_a_contract_knows_who_was_taken_out(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi", ALONE), await people.open("Clara", ALONE)
        write(heidi, "kites")
        for one, other in ((clara, heidi), (heidi, clara)):
            graph = other._replica.graph
            one._notary.take(parse_changes(graph.raws(range(len(graph)))))
        clara.pen.take_seat()
        clara.agreeing.answer(Answer.AGREE)
        graph = clara._replica.graph
        heidi._notary.take(parse_changes(graph.raws(range(len(graph)))))
        heidi.agreeing.answer(Answer.AGREE)
        heidi.save()
        library = people.library("Heidi")
        entry = library.entry(people.contract)
        before = (await read_here(library, entry)).agreement
        assert before is not None
        assert before.all_agree
        assert clara.me is not None
        revoke(library, entry, [clara.me.id])
        after = (await read_here(library, entry)).agreement
        assert after is not None
        assert not after.all_agree
        assert [one.person.name for one in after.standings if one.given] == ["Heidi"]
        replica = await look(library, entry)
        assert replica.contract.agreement == after
