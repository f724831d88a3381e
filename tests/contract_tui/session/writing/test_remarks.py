from pathlib import Path

import pytest

from contract_tui.contract.errors import ContractError, NotYours, TooMuch
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.tokens import NoteAnswer, NoteKind
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.places import write_place
from contract_tui.contract.text.splice import Splice
from contract_tui.library.world import World
from contract_tui.session.session import Session
from contract_tui.session.writing.remarks import Passage
from sync_server.access.proof import Role
from tests.contract_tui.session.company import Company, company, read, relay, until, write


async def three(people: Company) -> tuple[Session, Session, Session]:
    people.invite("Clara", Role.TEACHER)
    people.invite("Dete", Role.PARENT)
    return await people.open("Heidi"), await people.open("Clara"), await people.open("Dete")


async def test_a_suggestion_is_taken_and_everybody_knows_whose_it_was(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, clara, dete = await three(people)
        write(heidi, "I like cats and mountains.")
        await until(clara, lambda: read(clara).startswith("I like"))
        note = clara.remarks.suggest(INTERESTS, Splice(7, 11, "goats"))
        await until(heidi, lambda: bool(heidi.remarks.notes))
        assert read(heidi) == "I like cats and mountains."
        located = heidi.remarks.located(heidi.remarks.notes[0])
        assert located is not None
        assert (located.part, located.stretches, located.at) == (INTERESTS, ((7, 11),), 7)
        with pytest.raises(NotYours):
            clara.remarks.answer(note, NoteAnswer.TOOK)
        heidi.remarks.answer(note, NoteAnswer.TOOK, seen="goats")
        assert read(heidi) == "I like goats and mountains."
        await until(dete, lambda: read(dete) == "I like goats and mountains.")
        (found,) = dete.remarks.notes
        assert dete.remarks.became(found) == ((7, 12),)
        assert dete.contract.author(dete.contract.text(INTERESTS).author_at(7)).name == "Heidi"
        assert clara.me is not None
        assert (found.added_by, found.answer) == (clara.me.id, NoteAnswer.TOOK)
        assert not dete.remarks.is_open(found)


async def test_a_suggestion_is_declined_with_a_reason_and_later_taken_after_all(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, clara, _ = await three(people)
        write(heidi, "Books.")
        await until(clara, lambda: read(clara) == "Books.")
        note = clara.remarks.suggest(INTERESTS, Splice(5, 5, " and songs"))
        await until(heidi, lambda: bool(heidi.remarks.notes))
        heidi.remarks.answer(note, NoteAnswer.NO, "because I do not sing")
        await until(clara, lambda: clara.remarks.notes[0].answer is NoteAnswer.NO)
        assert clara.remarks.words(clara.remarks.notes[0], "answer_text") == "because I do not sing"
        heidi.remarks.answer(note, NoteAnswer.TOOK)
        heidi.remarks.answer(note, NoteAnswer.TOOK)
        assert read(heidi) == "Books and songs."


async def test_people_wonder_about_words_texts_and_things_and_only_they_withdraw_it(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, clara, dete = await three(people)
        write(heidi, "I like cats.")
        goal = heidi.desk.add_goal()
        await until(clara, lambda: bool(clara.desk.items.goals) and bool(read(clara)))
        clara.remarks.wonder(Passage(INTERESTS, 7, 11), "What about them?")
        note = clara.remarks.dissent(goal, "I see it differently.")
        await until(dete, lambda: len(dete.remarks.notes) == 2)
        wondering, dissent = dete.remarks.notes
        assert (wondering.kind, dissent.kind) == (NoteKind.WONDERING, NoteKind.DISSENT)
        about, thing = dete.remarks.located(wondering), dete.remarks.located(dissent)
        assert about is not None
        assert about.stretches == ((7, 11),)
        assert thing is not None
        assert (thing.part, thing.thing) == (None, goal)
        with pytest.raises(NotYours):
            dete.remarks.withdraw(note)
        await until(heidi, lambda: len(heidi.remarks.notes) == 2)
        with pytest.raises(ContractError):
            heidi.remarks.answer(note, NoteAnswer.TOOK)
        heidi.remarks.answer(note, NoteAnswer.NOT_SAID, "I know.")
        assert not heidi.remarks.is_open(heidi.remarks.notes[1])
        assert clara.remarks.withdraw(note)
        assert len(clara.remarks.notes) == 1


async def test_what_changed_since_it_was_read_is_not_taken(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi")
        write(heidi, "Cats")
        note = heidi.remarks.suggest(INTERESTS, Splice(0, 4, "Goats"))
        with pytest.raises(ContractError, match="changed meanwhile"):
            heidi.remarks.answer(note, NoteAnswer.TOOK, seen="Sheep")
        assert read(heidi) == "Cats"


async def test_a_suggestion_stays_where_it_was_though_the_words_around_it_went_long_ago(
    tmp_path: Path,
) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi")
        write(heidi, "I like cats very much")
        note = heidi.remarks.suggest(INTERESTS, Splice(11, 11, "goats "))
        heidi.edit(INTERESTS, Splice(7, 14, ""))
        assert read(heidi) == "I like ry much"
        heidi.edit(INTERESTS, Splice(7, 9, ""))
        await heidi.close()
        heidi = await people.open("Heidi")
        heidi.remarks.answer(note, NoteAnswer.TOOK)
        assert read(heidi) == "I like goats  much"


async def test_a_suggestion_that_a_changed_program_made_for_anothers_own_words_is_not_taken(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, clara, _ = await three(people)
        write(heidi, "Books.")
        reflection = clara.desk.add_reflection()
        part = paths.part_of(reflection, "text")
        clara.edit(part, Splice(0, 0, "A good day."))
        with pytest.raises(NotYours):
            heidi.remarks.suggest(part, Splice(0, 1, "No"))
        about = write_place(clara.contract.texts[part], clara.contract.text(part).ids[:1])
        said: dict[str, writing.Plain] = {"kind": NoteKind.SUGGESTION.value, "about": about}
        forged = writing.add(paths.NOTES_LIST, "f0", said, {"text": "No"}, turn_at=None)
        clara.pen.write(None, lambda _: clara.contract.change(forged))
        await until(heidi, lambda: bool(heidi.remarks.notes) and bool(read(heidi, part)))
        with pytest.raises(NotYours):
            heidi.remarks.answer(heidi.remarks.notes[0].id, NoteAnswer.TOOK)
        assert read(heidi, part) == "A good day."


async def test_who_is_offline_edits_the_words_that_are_taken_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, clara, dete = await three(people)
        write(heidi, "I like cats a lot.")
        await until(clara, lambda: bool(read(clara)))
        await until(dete, lambda: bool(read(dete)))
        note = clara.remarks.suggest(INTERESTS, Splice(7, 11, "goats"))
        await until(dete, lambda: bool(dete.remarks.notes))
        await until(heidi, lambda: bool(heidi.remarks.notes))
        await dete.close()
        dete = await people.open("Dete", World(online=False))
        write(dete, "small ", 9)
        heidi.remarks.answer(note, NoteAnswer.TOOK)
        await dete.close()
        dete = await people.open("Dete")
        for one in (heidi, clara, dete):
            await until(one, lambda one=one: read(one) == "I like goatssmall  a lot.")  # type: ignore[misc]
        assert dete.remarks.became(dete.remarks.notes[0]) == ((7, 12),)


async def test_what_is_too_long_is_refused_as_a_whole(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi")
        write(heidi, "Cats")
        with pytest.raises(TooMuch, match="10,000 characters"):
            heidi.remarks.wonder(INTERESTS, "?" * 10_001)
        note = heidi.remarks.suggest(INTERESTS, Splice(0, 4, "x" * 10_000))
        with pytest.raises(TooMuch, match="2,000 characters"):
            heidi.remarks.answer(note, NoteAnswer.NO, "n" * 2_001)
        write(heidi, "y")
        with pytest.raises(TooMuch, match="make something shorter"):
            heidi.remarks.answer(note, NoteAnswer.TOOK)
        assert read(heidi) == "yCats"
        assert heidi.remarks.notes[0].answer is NoteAnswer.NOT_SAID


async def test_what_was_taken_away_cannot_be_answered(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi")
        write(heidi, "Cats")
        note = heidi.remarks.suggest(INTERESTS, Splice(0, 4, "Goats"))
        assert heidi.remarks.withdraw(note)
        with pytest.raises(ContractError, match="not in the contract any more"):
            heidi.remarks.answer(note, NoteAnswer.TOOK)
        assert read(heidi) == "Cats"
