from functools import partial
from pathlib import Path

from contract_tui.contract.schema import INTERESTS, TURNS_LIST
from contract_tui.library.keepsakes import SEEN
from contract_tui.library.world import World
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from sync_server.protocol.operations import operations
from tests.contract_tui.session.company import Company, company, read, relay, until, write

ALONE = World(online=False)


def since(session: Session) -> set[str]:
    """What somebody else wrote since this person was last here, as far as it still stands."""
    known = session.last_seen
    before = set() if known is None else set(session.contract.text_at(INTERESTS, known))
    return set(read(session)) - before


async def has(session: Session, text: str) -> None:
    await until(session, lambda: set(text) <= set(read(session)))


async def three(people: Company) -> tuple[Session, Session, Session]:
    """Heidi, Clara and an observer, with the contract open and on all their screens."""
    people.invite("Clara", Role.TEACHER)
    people.invite("Opa", Role.OBSERVER)
    heidi, clara, opa = [await people.open(name) for name in ("Heidi", "Clara", "Opa")]
    await until(clara, lambda: clara.contract.title == "My year" and len(clara.contract.seats) > 1)
    await until(opa, lambda: opa.contract.title == "My year")
    await until(heidi, lambda: len(heidi.contract.seats) > 1)
    return heidi, clara, opa


async def test_whoever_comes_for_the_first_time_was_never_here(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, clara, opa = await three(people)
        assert heidi.last_seen is not None  # she made it
        assert (clara.last_seen, opa.last_seen) == (None, None)


async def test_a_look_is_seen_by_everybody_once_a_sitting(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, clara, opa = await three(people)
        teacher = clara.me.id if clara.me else None
        before, heads = len(clara.contract.changes_since()), clara.contract.heads
        for _ in range(3):
            clara.mark_seen()
        assert len(clara.contract.changes_since()) == before + 1
        for session in (heidi, opa):
            await until(session, partial(lambda one: teacher in one.contract.seen, session))
            assert [mark.heads for mark in session.contract.seen.values()] == [heads]
        assert clara.last_seen is None


async def test_since_i_was_last_here_is_what_others_wrote_since_then(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, clara, _ = await three(people)
        write(heidi, "a")
        await has(clara, "a")
        clara.mark_seen()
        await clara.close()
        write(heidi, "b")
        again = await people.open("Clara")
        await has(again, "ab")
        assert since(again) == {"b"}
        again.mark_seen()
        write(again, "c")
        write(heidi, "d")
        await has(again, "abcd")
        assert since(again) == set("bcd")  # as it was when the sitting began


async def test_what_one_wrote_oneself_elsewhere_counts_as_having_been_there(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, clara, _ = await three(people)
        write(heidi, "a")
        await has(clara, "a")
        write(clara, "b")
        await has(heidi, "b")
        write(heidi, "c")
        await has(clara, "c")
        await clara.close()
        again = await people.open("Clara", ALONE)
        assert since(again) == {"c"}


async def test_an_observer_leaves_nothing_in_the_contract_and_is_told_all_the_same(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, _, opa = await three(people)
        write(heidi, "a")
        await has(opa, "a")
        before = len(opa.contract.changes_since())
        opa.mark_seen()
        assert opa.last_seen is None
        await opa.close()
        write(heidi, "b")
        again = await people.open("Opa")
        await has(again, "ab")
        assert since(again) == {"b"}
        assert len(again.contract.changes_since()) == before + 1
        assert opa.me is not None
        assert opa.me.id not in again.contract.seen


async def test_a_damaged_or_foreign_mark_on_ones_own_computer_is_none(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        people.invite("Opa", Role.OBSERVER)
        keepsakes = people.library("Opa").keepsakes(people.contract)
        for mark in (b"\xff", b"", b"5 yesterday", b"5 " + b"ab" * 32):
            keepsakes.put(SEEN, {b"": mark})
            session = await people.open("Opa", ALONE)
            assert session.last_seen is None
            session.mark_seen()  # nothing has arrived: there is nothing to be seen
            assert keepsakes.get(SEEN) == mark


async def test_a_version_that_is_set_aside_was_not_seen(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi", ALONE)
        write(session, "a")
        before = session.contract.heads
        write(session, "b")
        (newest,) = session.contract.heads
        await session.close()
        again = await people.open("Heidi", ALONE)
        assert again.last_seen == (newest,)
        again._replica._quarantine.aside.accuse(newest, session.contract.actor)
        assert again.last_seen == before


async def test_a_look_is_no_edit_and_the_next_word_goes_on_with_the_turn(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        session = await people.open("Heidi", World(clock=lambda: 1_700_000_000.0, online=False))
        write(session, "a")
        before = session.contract.heads
        session.mark_seen()
        write(session, "b", at=1)
        (_, change) = session.contract.changes_since(before)
        assert session.contract.text(INTERESTS).text == "ab"
        assert turns_in(change) == 0


def turns_in(raw: bytes) -> int:
    return sum(one.object == TURNS_LIST for one in operations(raw))
