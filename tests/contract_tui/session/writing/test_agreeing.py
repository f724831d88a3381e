from pathlib import Path

import pytest

from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.agreement.words import stands
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.errors import ReadOnlySeat
from contract_tui.library.holding import revoke
from contract_tui.library.keepsakes import HOST
from contract_tui.session.writing.agreeing import NoteMissing, NoteTooLong
from sync_server.access.answer import LONGEST_NOTE
from sync_server.access.proof import Role
from tests.contract_tui.session.company import company, relay, until


async def test_everybody_agrees_and_sees_when_a_word_is_another(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        heidi.edit(INTERESTS, Splice(0, 0, "kites and owls"))
        await until(clara, lambda: clara.contract.text(INTERESTS).text != "")
        await until(heidi, lambda: len(heidi.agreeing.agreement.standings) == 2)
        assert not heidi.agreeing.has_just_come_about()
        assert heidi.agreeing.answer(Answer.AGREE)
        assert not heidi.agreeing.has_just_come_about()
        await until(clara, lambda: any(one.agrees for one in clara.agreeing.agreement.standings))
        assert clara.agreeing.answer(Answer.AGREE, "  only\nif the goats may come ")
        await until(heidi, lambda: heidi.agreeing.agreement.all_agree)
        assert heidi.agreeing.has_just_come_about()
        assert not heidi.agreeing.has_just_come_about()
        assert heidi.agreeing.agreement == clara.agreeing.agreement
        clara.edit(INTERESTS, Splice(10, 14, "goats"))
        await until(heidi, lambda: not heidi.agreeing.agreement.all_agree)
        mine, theirs = heidi.agreeing.agreement.standings
        assert mine.given is not None
        assert not mine.given.is_current
        assert heidi.agreeing.changes_since(mine.given) == ["Interests: “owls” became “goats”."]
        assert theirs.given is not None
        assert (theirs.given.answer, theirs.given.note) == (
            Answer.NOTE,
            "only if the goats may come",
        )


async def test_an_answer_from_a_guests_browser_says_on_whose_computer(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi = await people.open("Heidi")
        assert heidi.me is not None
        host = {b"": bytes.fromhex(heidi.me.id)}
        people.library("Clara").keepsakes(people.contract).put(HOST, host)
        clara = await people.open("Clara")
        await until(clara, lambda: clara.contract.title != "")
        await until(clara, lambda: len(clara.agreeing.agreement.standings) == 2)
        clara.agreeing.answer(Answer.AGREE)
        heidi.agreeing.answer(Answer.AGREE)
        await until(clara, lambda: all(one.agrees for one in clara.agreeing.agreement.standings))
        mine, theirs = clara.agreeing.agreement.standings
        assert "Given on" not in stands(mine, str)
        assert stands(theirs, str).endswith(" Given on Heidi’s computer.")


async def test_an_answer_is_given_once_and_another_takes_its_place(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi")
        assert heidi.agreeing.answer(Answer.AGREE)
        assert not heidi.agreeing.answer(Answer.AGREE)
        assert heidi.agreeing.answer(Answer.NOT_YET, "I want to ask Grandpa")
        mine = heidi.agreeing.mine
        assert mine is not None
        assert mine.given is not None
        assert mine.given.answer is Answer.NOT_YET
        assert not mine.agrees
        assert not heidi.agreeing.agreement.broken


async def test_a_note_is_written_and_no_book(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi")
        with pytest.raises(NoteMissing):
            heidi.agreeing.answer(Answer.NOTE, " \n")
        with pytest.raises(NoteTooLong):
            heidi.agreeing.answer(Answer.NOTE, "n" * (LONGEST_NOTE + 1))
        assert heidi.agreeing.mine is not None
        assert heidi.agreeing.mine.given is None


async def test_who_reads_along_answers_nothing_and_is_asked_nothing(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Grandfather", Role.OBSERVER)
        heidi, grandfather = await people.open("Heidi"), await people.open("Grandfather")
        await until(grandfather, lambda: bool(grandfather.agreeing.agreement.standings))
        with pytest.raises(ReadOnlySeat):
            grandfather.agreeing.answer(Answer.AGREE)
        assert grandfather.agreeing.mine is None
        assert [one.person.name for one in heidi.agreeing.agreement.standings] == ["Heidi"]


async def test_whoever_is_taken_out_counts_no_more(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        await until(clara, lambda: clara.contract.title != "")
        clara.agreeing.answer(Answer.AGREE)
        await until(heidi, lambda: any(one.agrees for one in heidi.agreeing.agreement.standings))
        assert clara.me is not None
        library = people.library("Heidi")
        revoke(library, library.entry(people.contract), [clara.me.id])
        await until(heidi, lambda: not any(one.given for one in heidi.agreeing.agreement.standings))
        assert not heidi.agreeing.agreement.broken
