import asyncio
import dataclasses
import sqlite3
from pathlib import Path

import pytest

from contract_tui.contract.agreement.values import Agreement, Answer, Given, Standing
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.library.library import Library
from contract_tui.library.summaries import Consent, Summary
from contract_tui.library.world import World
from contract_tui.session.copies.summing import consent_of, rebuild
from contract_tui.session.session import Session
from sync_server.access.proof import Role, SeatId
from tests.contract_tui.session.company import Company, company, relay, until, write

ALONE = World(online=False)


def summary(people: Company, name: str) -> Summary:
    return people.library(name).summaries().all()[people.contract]


def forget(library: Library) -> None:
    """Let the library be as one that an earlier version kept."""
    connection = sqlite3.connect(library.path)
    with connection:
        connection.execute("UPDATE summary SET told = ''")
    connection.close()


async def exchanged(people: Company, *sessions: Session) -> None:
    """Wait until all have the same, then close them."""
    for one in sessions:
        await until(one, lambda: len({each.contract.heads for each in sessions}) == 1)
    for one in sessions:
        await one.close()


async def test_a_contract_is_summed_up_when_it_is_closed(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        write(heidi, "Goats.")
        heidi.desk.set_revisit("2027-03-14")
        await heidi.close()
        found = summary(people, "Heidi")
        assert found.is_of(people.library("Heidi").entry(people.contract))
        assert (found.people, found.is_mine, found.is_news) == ((), True, False)
        assert (found.revisit, found.consent) == ("2027-03-14", Consent.UNASKED)


async def test_it_is_summed_up_in_a_pause_and_not_while_somebody_types(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        replica, summing = heidi._replica, heidi.summing
        await summing.beat(replica)
        first = summary(people, "Heidi")
        for _ in range(20):
            write(heidi, "x")
            await summing.beat(replica)
        assert summary(people, "Heidi") == first
        for _ in range(20):
            await summing.beat(replica)
        assert summary(people, "Heidi").heads == heidi.contract.heads


async def test_whoever_types_again_is_not_summed_up(tmp_path: Path) -> None:
    async with company(tmp_path) as people:
        heidi = await people.open("Heidi", ALONE)
        write(heidi, "Goats.")
        heidi.agreeing.answer(Answer.AGREE)
        await heidi.summing.beat(heidi._replica)
        first = summary(people, "Heidi")
        heidi.summing.watch()
        typing = asyncio.create_task(heidi.summing.beat(heidi._replica))
        write(heidi, "x")
        await typing
        assert summary(people, "Heidi").heads in (first.heads, heidi.contract.heads)
        await heidi.summing.finish(heidi._replica)
        assert summary(people, "Heidi").heads == heidi.contract.heads
        assert summary(people, "Heidi").consent == Consent.BEFORE


async def test_who_else_is_in_it_comes_with_the_student_first(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Alm-Uncle", Role.PARENT)
        people.invite("Clara", Role.TEACHER)
        sessions = [await people.open(name) for name in ("Heidi", "Alm-Uncle", "Clara")]
        for one in sessions:
            await until(one, lambda one=one: len(one.contract.seats) == 3)  # type: ignore[misc]
        await exchanged(people, *sessions)
        assert summary(people, "Clara").people == ("Heidi", "Alm-Uncle")
        assert summary(people, "Heidi").people == ("Clara", "Alm-Uncle")


async def test_others_change_it_after_one_has_looked(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        write(heidi, "Goats.")
        clara.summing.watch()
        await exchanged(people, heidi, clara)
        seen = summary(people, "Clara")
        assert (seen.changed_by, seen.is_mine, seen.is_news) == ("Heidi", False, False)

        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        write(clara, "Mountains. ")
        await exchanged(people, heidi, clara)
        assert not summary(people, "Clara").is_news, "what one wrote oneself is no news"

        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        write(heidi, "Snow. ")
        await exchanged(people, heidi, clara)
        unseen = summary(people, "Clara")
        assert (unseen.changed_by, unseen.is_news) == ("Heidi", True)
        assert not summary(people, "Heidi").is_news

        clara = await people.open("Clara", ALONE)
        clara.summing.watch()
        await clara.close()
        assert not summary(people, "Clara").is_news


async def test_that_somebody_came_or_looked_back_is_no_change_of_theirs(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi = await people.open("Heidi")
        write(heidi, "Goats.")
        heidi.summing.watch()
        await heidi.close()
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        await until(clara, lambda: len(clara.contract.seats) == 2)
        clara.mark_seen()
        await exchanged(people, heidi, clara)
        found = summary(people, "Heidi")
        assert found.people == ("Clara",)
        assert (found.is_mine, found.is_news) == (True, False)


async def test_a_conference_that_only_goes_on_is_no_change_of_theirs(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        heidi = await people.open("Heidi")
        write(heidi, "Goats.")
        people.invite("Clara", Role.TEACHER)
        clara = await people.open("Clara")
        await until(clara, lambda: len(clara.contract.seats) == 2)
        clara.summing.watch()
        await exchanged(people, heidi, clara)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        heidi.conferring.begin()
        heidi.conferring.go_on()
        heidi.conferring.pause()
        heidi.conferring.end()
        await exchanged(people, heidi, clara)
        assert clara.contract.conferences.all
        assert not summary(people, "Clara").is_news

        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        heidi.conferring.begin()
        write(heidi, "Snow. ")
        heidi.conferring.end()
        await exchanged(people, heidi, clara)
        assert summary(people, "Clara").is_news


async def test_what_nobody_summed_up_is_the_same_when_it_is_made_later(tmp_path: Path) -> None:
    async with relay() as server, company(tmp_path, server.url) as people:
        people.invite("Clara", Role.TEACHER)
        heidi, clara = await people.open("Heidi"), await people.open("Clara")
        write(heidi, "Goats.")
        await exchanged(people, heidi, clara)
        for name in ("Heidi", "Clara"):
            before, library = summary(people, name), people.library(name)
            forget(library)
            assert library.summaries().all() == {}
            await rebuild(library, people.contract)
            assert summary(people, name) == before


@pytest.mark.parametrize(
    ("heidi", "clara", "consent", "agree"),
    [
        (None, None, Consent.UNASKED, ()),
        ((Answer.AGREE, True), (Answer.NOTE, True), Consent.EVERYBODY, ()),
        ((Answer.AGREE, True), None, Consent.SOME, ("",)),
        ((Answer.AGREE, False), (Answer.NOTE, True), Consent.SOME, ("Clara",)),
        ((Answer.AGREE, False), (Answer.AGREE, False), Consent.BEFORE, ()),
        ((Answer.NOT_YET, True), (Answer.AGREE, False), Consent.BEFORE, ()),
        ((Answer.NOT_YET, True), None, Consent.NOT_YET, ()),
    ],
)
def test_how_far_people_agree(
    heidi: tuple[Answer, bool] | None,
    clara: tuple[Answer, bool] | None,
    consent: Consent,
    agree: tuple[str, ...],
) -> None:
    standings = []
    for name, given in (("Heidi", heidi), ("Clara", clara)):
        entry = SeatEntry(SeatId(name), name, Role.STUDENT, None)
        said = Given(entry.id, given[0], "", 7, (), b"", given[1]) if given else None
        standings.append(Standing(entry, said))
    everybody = Agreement(tuple(standings))
    settled = dataclasses.replace(everybody, all_agree=all(one.agrees for one in standings))
    assert consent_of(settled, SeatId("Heidi")) == (consent, agree)
