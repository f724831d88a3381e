import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.errors import TooMuch
from contract_tui.contract.items.paths import part_of
from contract_tui.contract.schema import INTERESTS, SECTION_LIMIT, SUPPORTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.drafts import BEFORE_CONFERENCE, DraftId
from contract_tui.library.errors import ContractErased, ReadOnlySeat
from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.session.writing.drafting import DraftText, difference
from sync_server.access.proof import Role
from tests.contract_tui.session.company import company, read, relay, until, write
from tests.contract_tui.session.shelf import Shelf
from tests.forgery.recorder import recording

PLACE = DraftId(INTERESTS)
ALONE = World(online=False)
SECRET = "𐌹𐌺𐌰𐌽𐌼𐌰𐌲𐌻𐌴𐍃"
"""Of letters that take four bytes each: no signature holds one by chance."""
TEXTS = st.text(st.sampled_from("ab \n"), max_size=8)


def quiet() -> None:
    """Nothing has to be made safe from a power cut here."""


def two_programs(shelf: Shelf, place: DraftId = PLACE) -> tuple[DraftText, DraftText]:
    """One draft, open in two programs of one person."""
    programs = shelf.library, shelf.programs[1] if shelf.programs[1:] else shelf.another()
    first, second = (one.drafts(shelf.contract) for one in programs)
    return DraftText(first, place, quiet), DraftText(second, place, quiet)


def splice(text: str, start: int, end: int, words: str) -> Splice:
    """A splice that fits a text, of whatever numbers."""
    start, end = sorted((start % (len(text) + 1), end % (len(text) + 1)))
    return Splice(start, end, words)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path)
    yield shelf
    shelf.close()


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Shelf, Iterator[DraftId]]]:
    """A shelf for many examples, and a draft for each that none has used."""
    shelf = Shelf(tmp_path_factory.mktemp("used"))
    yield shelf, (DraftId(str(number)) for number in count())
    shelf.close()


def test_what_is_taken_back_comes_back_word_by_word(shelf: Shelf) -> None:
    draft, _ = two_programs(shelf)
    for letter in "try it":
        draft.edit(Splice(len(draft.text), len(draft.text), letter))
    seen = []
    while draft.undo():
        seen.append(draft.text)
    assert seen == ["try ", "try", ""]
    while draft.redo():
        pass
    assert draft.text == "try it"
    assert not draft.redo()


def test_two_programs_of_one_person_lose_nothing(shelf: Shelf) -> None:
    here, there = two_programs(shelf)
    here.edit(Splice(0, 0, "in the middle"))
    there.edit(Splice(0, 0, "before "))
    here.edit(Splice(13, 13, " after"))
    there.catch_up()
    assert here.text == there.text == "before in the middle after"


@given(
    TEXTS,
    st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.integers(0, 9), TEXTS), max_size=9),
)
def test_an_editor_that_follows_the_splices_shows_what_is_kept(
    used: tuple[Shelf, Iterator[DraftId]],
    begun: str,
    edits: list[tuple[bool, int, int, str]],
) -> None:
    shelf, place = used[0], next(used[1])
    drafts = two_programs(shelf, place)
    shown, seen = ["", ""], [0, 0]
    drafts[0].edit(Splice(0, 0, begun))
    for is_second, start, end, words in edits:
        draft = drafts[is_second]
        draft.edit(splice(draft.text, start, end, words))
        if words:
            assert words in shelf.library.drafts(shelf.contract).read(place).words
    for number, draft in enumerate(drafts):
        draft.catch_up()
        for one in draft.since(seen[number]) or ():
            shown[number] = one.apply(shown[number])
    kept = shelf.library.drafts(shelf.contract).read(place).words
    assert [*shown, *(draft.text for draft in drafts)] == [kept] * 4


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30), TEXTS), max_size=9))
def test_whatever_two_programs_put_in_is_kept(
    used: tuple[Shelf, Iterator[DraftId]], edits: list[tuple[bool, int, str]]
) -> None:
    shelf, place = used[0], next(used[1])
    drafts = two_programs(shelf, place)
    for is_second, at, words in edits:
        draft = drafts[is_second]
        draft.edit(splice(draft.text, at, at, words))
    kept = shelf.library.drafts(shelf.contract).read(place).words
    assert sorted(kept) == sorted("".join(words for *_, words in edits))


@given(TEXTS, TEXTS)
def test_a_difference_makes_one_text_of_another(before: str, after: str) -> None:
    found = difference(before, after)
    assert found.fits(len(before))
    assert found.apply(before) == after
    assert found.is_empty == (before == after)


def test_a_draft_that_was_followed_too_long_ago_is_read_whole(shelf: Shelf) -> None:
    draft, _ = two_programs(shelf)
    for _ in range(1_001):
        draft.edit(Splice(0, 0, "x"))
    assert draft.since(0) is None
    assert draft.since(draft.version) == []
    assert draft.version == 1_001


def test_what_another_program_wrote_is_not_taken_back(shelf: Shelf) -> None:
    here, there = two_programs(shelf)
    here.edit(Splice(0, 0, "mine"))
    there.edit(Splice(0, 0, "also mine, "))
    assert not here.undo()
    assert here.text == "also mine, mine"


async def test_sharing_puts_the_words_at_the_end_and_empties_the_draft(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        write(heidi, "Goats.")
        draft = heidi.drafting.draft(PLACE)
        draft.edit(Splice(0, 0, "\nAnd the sea, \nbut quietly. "))
        assert heidi.drafting.places == {PLACE}
        assert heidi.drafting.share(PLACE, INTERESTS)
        assert read(heidi) == "Goats.\nAnd the sea, \nbut quietly."
        assert (draft.text, heidi.drafting.places) == ("", frozenset())
        assert heidi.undo(INTERESTS)
        assert read(heidi) == "Goats."
        assert draft.undo()
        assert "but quietly" in heidi.drafting.draft(PLACE).text


async def test_an_empty_draft_shares_nothing(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        heidi.drafting.draft(PLACE).edit(Splice(0, 0, " \n "))
        assert not heidi.drafting.share(PLACE, INTERESTS)
        assert read(heidi) == ""


async def test_a_draft_for_one_line_is_shared_in_one(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        part = part_of(heidi.desk.add_goal(), "what")
        heidi.edit(part, Splice(0, 0, "Build"))
        heidi.drafting.draft(DraftId(part)).edit(Splice(0, 0, "a\nkite"))
        assert heidi.drafting.share(DraftId(part), part, single_line=True)
        assert read(heidi, part) == "Build a kite"


async def test_what_has_no_room_stays_in_the_draft(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        write(heidi, "x" * (SECTION_LIMIT - 3))
        heidi.drafting.draft(PLACE).edit(Splice(0, 0, "four"))
        with pytest.raises(TooMuch, match="room"):
            heidi.drafting.share(PLACE, INTERESTS)
        assert heidi.drafting.draft(PLACE).text == "four"
        assert len(read(heidi)) == SECTION_LIMIT - 3


async def test_what_may_not_be_written_stays_in_the_draft(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        people.invite("Dete", Role.OBSERVER)
        dete = await people.open("Dete", ALONE)
        dete.drafting.draft(PLACE).edit(Splice(0, 0, "well"))
        with pytest.raises(ReadOnlySeat):
            dete.drafting.share(PLACE, INTERESTS)
        assert dete.drafting.draft(PLACE).text == "well"


async def test_a_draft_of_an_erased_contract_is_refused_in_a_sentence(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        draft = heidi.drafting.draft(PLACE)
        people.library("Heidi").erase(people.contract)
        with pytest.raises(ContractErased, match="erased"):
            draft.edit(Splice(0, 0, "too late"))


async def test_no_letter_of_a_draft_is_on_the_wire_before_it_is_shared(tmp_path: Path) -> None:
    async with recording() as wire, relay() as server:
        wire.target = int(server.url.rpartition(":")[2])
        async with company(tmp_path, wire.url) as people:
            people.invite("Clara", Role.TEACHER)
            heidi, clara = await people.open("Heidi"), await people.open("Clara")
            for place in (PLACE, BEFORE_CONFERENCE):
                draft = heidi.drafting.draft(place)
                for letter in SECRET:
                    draft.edit(Splice(len(draft.text), len(draft.text), letter))
                    heidi.look(SUPPORTS, typing=True)
            write(heidi, "Goats.")
            await until(clara, lambda: read(clara) == "Goats.")
            before = wire.everything()
            assert b"Goats." in before
            assert not any(letter.encode() in before for letter in SECRET)
            assert heidi.drafting.share(PLACE, INTERESTS)
            await until(clara, lambda: read(clara).endswith(SECRET))
            assert SECRET.encode() in wire.everything()


_WRITE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from contract_tui.library.library import Library
library = Library(Path(sys.argv[1]))
drafts = library.drafts(library.entries()[0].id)
for letter in "kept":
    drafts.edit("interests", lambda stands: stands.words + letter)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_draft_survives_the_death_of_the_program(shelf: Shelf) -> None:
    command = [sys.executable, "-c", _WRITE_AND_DIE, str(shelf.home)]
    ended = subprocess.run(command, check=False, env=dict(os.environ))
    assert ended.returncode == -signal.SIGKILL
    with Library(shelf.home) as library:
        assert library.drafts(shelf.contract).read(PLACE).words == "kept"
