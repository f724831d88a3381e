import asyncio

import pytest

from contract_tui.contract.conference.timing import Told
from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS, SUPPORTS
from contract_tui.contract.text.splice import Splice
from contract_tui.session.presence import whispers
from contract_tui.session.presence.people import whereabouts
from contract_tui.session.presence.presence import INTERVAL, Together, Whereabouts, decode, encode
from contract_tui.session.presence.whispers import Whispers
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import PeerId
from tests.contract_tui.contract.people import (
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    exchange,
    new_contract,
)

HEIDI, CLARA = SeatId("00" * 8), SeatId("11" * 8)


class Ear:
    """What is said, and when."""

    def __init__(self) -> None:
        self.heard: list[tuple[float, Whereabouts]] = []
        self.said = asyncio.Event()

    def say(self, data: bytes) -> None:
        self.heard.append((asyncio.get_running_loop().time(), decode(data)))
        self.said.set()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(30):
            while len(self.heard) < count:
                self.said.clear()
                await self.said.wait()


async def test_the_first_word_is_said_at_once_and_a_burst_together() -> None:
    ear = Ear()
    mine = Whispers(HEIDI, ear.say, lambda: None)
    mine.look(Whereabouts(HEIDI, INTERESTS))
    assert len(ear.heard) == 1
    for _ in range(50):
        mine.look(Whereabouts(HEIDI, SUPPORTS, typing=True))
        mine.look(Whereabouts(HEIDI, INTERESTS, typing=True))
    assert len(ear.heard) == 1
    await ear.until(2)
    (first, _), (second, last) = ear.heard
    assert last == Whereabouts(HEIDI, INTERESTS, typing=True)
    assert second - first >= INTERVAL * 0.9


async def test_looking_at_the_same_place_again_says_nothing() -> None:
    ear = Ear()
    mine = Whispers(HEIDI, ear.say, lambda: None)
    mine.look(Whereabouts(HEIDI, INTERESTS))
    mine.look(Whereabouts(HEIDI, INTERESTS))
    mine.pulse()
    assert len(ear.heard) == 1
    assert mine._timer is None


async def test_somebody_new_is_greeted_and_noise_passed_over() -> None:
    ear, woken = Ear(), []
    mine = Whispers(HEIDI, ear.say, lambda: woken.append(1))
    mine.hear(PeerId("noise"), b"\xff")
    assert (ear.heard, woken) == ([], [])
    mine.hear(PeerId("clara"), encode(Whereabouts(CLARA, SUPPORTS)))
    assert len(ear.heard) == len(woken) == 1
    mine.hear(PeerId("clara"), encode(Whereabouts(CLARA, INTERESTS)))
    assert len(ear.heard) == 1
    assert [where.part for where in mine] == [INTERESTS]


async def test_what_was_known_already_wakes_nobody() -> None:
    ear, woken = Ear(), []
    mine = Whispers(HEIDI, ear.say, lambda: woken.append(1))
    there = encode(Whereabouts(CLARA, SUPPORTS))
    mine.hear(PeerId("clara"), there)
    mine.hear(PeerId("clara"), there)
    assert len(woken) == 1
    mine.hear(PeerId("clara"), encode(Whereabouts(CLARA, SUPPORTS, typing=True)))
    assert len(woken) == 2


def writing(contract: Contract, caret: int) -> Whereabouts:
    return whereabouts(contract, MAYA.id, INTERESTS, caret, caret, typing=True)


async def test_nobody_is_told_of_a_caret_that_they_see_behind_the_words() -> None:
    ear, contract = Ear(), new_contract()
    mine = Whispers(MAYA.id, ear.say, lambda: None)
    mine.look(writing(contract, 0))
    for number, letter in enumerate("goat"):
        contract.splice(INTERESTS, Splice(number, number, letter))
        mine.follow(contract)
        mine.look(writing(contract, number + 1))
    assert len(ear.heard) == 1
    assert mine._timer is None
    mine.look(writing(contract, 2))
    await ear.until(2)
    assert ear.heard[-1][1] == writing(contract, 2)


async def test_whoever_wrote_where_their_caret_is_not_says_where_it_is() -> None:
    ear, contract = Ear(), new_contract()
    mine = Whispers(MAYA.id, ear.say, lambda: None)
    mine.look(here := writing(contract, 0))
    mine.pulse()
    assert len(ear.heard) == 1
    contract.splice(INTERESTS, Splice(0, 0, "taken from a note"))
    mine.follow(contract)
    mine.pulse()
    await ear.until(2)
    assert [said for _, said in ear.heard] == [here, here]


async def test_somebody_is_seen_behind_what_they_have_just_written_where_they_are() -> None:
    ear, contract = Ear(), new_contract()
    contract.add_seat(OKAFOR, OKAFOR_PROOF)
    okafor = copy(contract, actor_of(OKAFOR))
    mine = Whispers(MAYA.id, ear.say, lambda: None)
    mine.hear(PeerId("okafor"), encode(Whereabouts(OKAFOR.id, INTERESTS)))
    contract.text(INTERESTS), contract.text(SUPPORTS)  # they are on the screen
    okafor.splice(INTERESTS, Splice(0, 0, "why"))
    okafor.splice(SUPPORTS, Splice(0, 0, "elsewhere"))
    exchange(contract, okafor)
    mine.follow(contract)
    behind = contract.text(INTERESTS).ids[2]
    assert list(mine) == [Whereabouts(OKAFOR.id, INTERESTS, behind, behind)]
    mine.hear(PeerId("okafor"), encode(Whereabouts(OKAFOR.id, SUPPORTS)))
    contract.splice(INTERESTS, Splice(0, 0, "I "))
    mine.follow(contract)
    assert list(mine) == [Whereabouts(OKAFOR.id, SUPPORTS)], "what they wrote before is old"


async def test_typing_fades(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whispers, "TYPING_FADES", 0.0)
    ear = Ear()
    mine = Whispers(HEIDI, ear.say, lambda: None)
    mine.look(Whereabouts(HEIDI, INTERESTS, typing=True))
    mine.pulse()
    await ear.until(2)
    assert [where.typing for _, where in ear.heard] == [True, False]


async def test_the_last_word_is_goodbye() -> None:
    ear = Ear()
    mine = Whispers(HEIDI, ear.say, lambda: None)
    mine.look(Whereabouts(HEIDI, INTERESTS))
    mine.look(Whereabouts(HEIDI, SUPPORTS))
    mine.leave()
    assert [where.here for _, where in ear.heard] == [True, False]


async def test_somebody_without_a_seat_says_nothing() -> None:
    ear = Ear()
    mine = Whispers(None, ear.say, lambda: None)
    mine.look(Whereabouts(HEIDI, INTERESTS))
    mine.hear(PeerId("clara"), encode(Whereabouts(CLARA)))
    mine.pulse()
    mine.leave()
    assert ear.heard == []
    assert mine.mine is None


async def test_a_caret_that_moves_does_not_end_looking_back() -> None:
    ear = Ear()
    mine = Whispers(HEIDI, ear.say, lambda: None)
    mine.look_back(on=True)
    mine.look(Whereabouts(HEIDI, INTERESTS))
    mine.look_back(on=True)
    await ear.until(2)
    assert [where.looking_back for _, where in ear.heard] == [True, True]
    mine.look_back(on=False)
    await ear.until(3)
    assert ear.heard[-1][1] == Whereabouts(HEIDI, INTERESTS)


async def test_somebody_without_a_seat_is_not_seen_to_look_back() -> None:
    ear = Ear()
    mine = Whispers(None, ear.say, lambda: None)
    mine.look_back(on=True)
    assert (ear.heard, mine.mine) == ([], None)


async def test_the_time_of_a_conference_is_told_as_it_is_at_that_moment_and_heard_at_once() -> None:
    ear = Ear()
    heard: list[Told] = []
    mine = Whispers(HEIDI, ear.say, lambda: None)
    mine.time, mine.hear_time = lambda: Told("1:ab", 42.0), heard.append
    mine.be_together(Together(asks="1:ab"))
    mine.look(Whereabouts(HEIDI, INTERESTS))
    await ear.until(2)
    for _, said in ear.heard:
        assert said.together == Together("1:ab", told=Told("1:ab", 42.0))
    mine.hear(PeerId("c"), encode(Whereabouts(CLARA, together=Together(told=Told("1:ab", 50.0)))))
    assert heard == [Told("1:ab", 50.0)]


async def test_who_has_no_seat_says_nothing_in_a_conference_either() -> None:
    ear = Ear()
    nobody = Whispers(None, ear.say, lambda: None)
    nobody.be_together(Together(leads=1))
    assert nobody.together == Together()
    assert ear.heard == []
