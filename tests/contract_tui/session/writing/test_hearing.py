"""Whoever wrote a note is told once what the student answered."""

from collections.abc import Sequence
from pathlib import Path

from contract_tui.contract.items.tokens import NoteAnswer
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.session.session import Session
from contract_tui.session.writing.hearing import Hearing
from sync_server.access.proof import Role
from tests.contract_tui.session.company import Company, company, read, relay, until, write


def hearing_of(people: Company, name: str, session: Session) -> Hearing:
    keepsakes = people.library(name).keepsakes(session.entry.id)
    return Hearing(session.me, session.remarks, keepsakes)


def told(hearing: Hearing) -> Sequence[str]:
    return [note.answer.value for note in hearing.news]


async def two(people: Company) -> tuple[Session, Session]:
    people.invite("Clara", Role.TEACHER)
    heidi, clara = await people.open("Heidi"), await people.open("Clara")
    write(heidi, "Books.")
    await until(clara, lambda: read(clara) == "Books.")
    return heidi, clara


async def test_an_answer_is_news_until_it_is_read_also_the_next_time(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, clara = await two(people)
        hearing = hearing_of(people, "Clara", clara)
        assert told(hearing) == []
        note = clara.remarks.suggest(INTERESTS, Splice(5, 5, " and songs"))
        assert told(hearing) == []
        await until(heidi, lambda: bool(heidi.remarks.notes))
        heidi.remarks.answer(note, NoteAnswer.NO, "I do not sing")
        await until(clara, lambda: told(hearing) == ["no"])
        again = hearing_of(people, "Clara", clara)
        assert told(again) == ["no"]
        again.read(again.news[0])
        assert told(again) == []
        assert told(hearing_of(people, "Clara", clara)) == []


async def test_another_answer_is_news_again_and_nobody_else_hears_of_it(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, clara = await two(people)
        hearing = hearing_of(people, "Clara", clara)
        assert told(hearing) == told(hearing_of(people, "Heidi", heidi)) == []
        note = clara.remarks.suggest(INTERESTS, Splice(5, 5, " and songs"))
        await until(heidi, lambda: bool(heidi.remarks.notes))
        heidi.remarks.answer(note, NoteAnswer.NO)
        await until(clara, lambda: told(hearing) == ["no"])
        hearing.read(hearing.news[0])
        heidi.remarks.answer(note, NoteAnswer.TOOK)
        await until(clara, lambda: told(hearing) == ["took"])
        assert told(hearing_of(people, "Heidi", heidi)) == []


async def test_what_was_answered_before_the_contract_was_here_is_no_news(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi, clara = await two(people)
        note = clara.remarks.suggest(INTERESTS, Splice(5, 5, " and songs"))
        await until(heidi, lambda: bool(heidi.remarks.notes))
        heidi.remarks.answer(note, NoteAnswer.NO)
        await until(clara, lambda: not clara.remarks.is_open(clara.remarks.notes[0]))
        assert told(hearing_of(people, "Clara", clara)) == []
