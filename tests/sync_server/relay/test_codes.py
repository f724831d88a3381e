"""Short codes, by a clock of the test's own; over HTTP they are in `test_desk`."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.access.code import make_code
from sync_server.access.errors import AccessError, Foreign, LinkError
from sync_server.relay.codes import (
    LONGEST_LIFETIME,
    MOST_OPEN,
    MOST_REMEMBERED,
    REMEMBERED,
    USUAL_LIFETIME,
    Codes,
    Redeemed,
)
from sync_server.relay.guesses import Guesses
from sync_server.relay.pages import Refused
from sync_server.storage.port import StoredRecord
from tests.sync_server.relay.guests import Holder

NOON = 1_900_000_000.0
LATER = 2_000_000_000
HOLDER = Holder()
LINK = HOLDER.invite(expires=LATER).link()
CHANCE = random.Random(1)


def opened(codes: Codes, lifetime: int = 0, now: float = NOON) -> str:
    return codes.open(HOLDER.contract, LINK, CHANCE.randbytes(5), now, lifetime).code


def refused(answer: Redeemed | Refused, status: int, words: str) -> None:
    assert isinstance(answer, Refused)
    assert answer.status == status
    assert words in answer.sentence


def test_a_code_gives_out_its_invitation_once() -> None:
    codes = Codes()
    made = codes.open(HOLDER.contract, LINK, CHANCE.randbytes(5), NOON)
    assert made.expires == NOON + USUAL_LIFETIME
    found = codes.redeem(made.code, "school", NOON + USUAL_LIFETIME - 1)
    assert isinstance(found, Redeemed)
    assert found.link == LINK
    refused(codes.redeem(made.code, "school", NOON), 410, "used already")


def test_how_a_code_is_typed_does_not_matter() -> None:
    codes = Codes()
    code = opened(codes)
    typed = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'L')} "
    assert isinstance(codes.redeem(typed, "school", NOON), Redeemed)


def test_expired_used_and_unknown_codes_are_told_apart_for_a_day() -> None:
    codes = Codes()
    used, expired, unknown = opened(codes), opened(codes), make_code(CHANCE.randbytes(5))
    codes.redeem(used, "school", NOON)
    after = NOON + USUAL_LIFETIME
    refused(codes.redeem(used, "school", after), 410, "used already")
    refused(codes.redeem(expired, "school", after), 410, "has expired")
    refused(codes.redeem(unknown, "school", after), 404, "no such code")
    codes.tidy(after + REMEMBERED - 1)
    refused(codes.redeem(expired, "school", after), 410, "has expired")
    codes.tidy(after + REMEMBERED)
    refused(codes.redeem(used, "school", after), 404, "no such code")
    refused(codes.redeem(expired, "school", after), 404, "no such code")


def test_a_mistyped_code_is_told_without_counting_as_a_guess() -> None:
    codes = Codes()
    code = opened(codes)
    for _ in range(2 * Guesses.PER_NETWORK[0]):
        refused(codes.redeem(code[:-1] + "?", "school", NOON), 404, "read it again")
    assert isinstance(codes.redeem(code, "school", NOON), Redeemed)


def test_no_code_outlives_its_invitation_or_a_day() -> None:
    codes = Codes()
    short = HOLDER.invite(expires=int(NOON) + 60).link()
    assert codes.open(HOLDER.contract, short, bytes(5), NOON).expires == NOON + 60
    long = codes.open(HOLDER.contract, LINK, b"12345", NOON, 10**9)
    assert long.expires == NOON + LONGEST_LIFETIME
    with pytest.raises(AccessError, match="has expired"):
        codes.open(HOLDER.contract, short, b"54321", NOON + 60)


def test_only_invitations_to_the_contract_are_kept() -> None:
    with pytest.raises(Foreign, match="another contract"):
        Codes().open(Holder().contract, LINK, bytes(5), NOON)
    for text in ("", "no link", LINK[:-1], LINK[:-9] + "AAAAAAAAA"):
        with pytest.raises(LinkError):
            Codes().open(HOLDER.contract, text, bytes(5), NOON)


def test_a_contract_has_so_many_codes_and_no_more() -> None:
    codes = Codes()
    written = [opened(codes) for _ in range(MOST_OPEN)]
    with pytest.raises(AccessError, match="too many open codes"):
        opened(codes)
    other = Holder()
    link = other.invite(expires=LATER).link()
    assert codes.open(other.contract, link, CHANCE.randbytes(5), NOON)
    codes.redeem(written[0], "school", NOON)
    opened(codes)
    for now in range(1, MOST_REMEMBERED // MOST_OPEN):
        for _ in range(MOST_OPEN - (now == 1)):
            opened(codes, now=NOON + now * USUAL_LIFETIME)
    with pytest.raises(AccessError, match="too many codes today"):
        opened(codes, now=NOON + 10 * USUAL_LIFETIME)
    codes.forget(HOLDER.contract)
    opened(codes)


def test_what_could_not_be_kept_as_used_can_be_used_again() -> None:
    codes = Codes()
    code = opened(codes)
    found = codes.redeem(code, "school", NOON)
    assert isinstance(found, Redeemed)
    codes.reopen(found)
    assert codes.redeem(code, "school", NOON) == found


# On the disk


def test_codes_are_kept_through_a_restart_and_cannot_be_read_off_the_disk() -> None:
    codes = Codes()
    kept: dict[bytes, StoredRecord] = {}
    made = [codes.open(HOLDER.contract, LINK, CHANCE.randbytes(5), NOON) for _ in range(3)]
    kept.update((one.record.name, one.record) for one in made)
    used = codes.redeem(made[0].code, "school", NOON)
    assert isinstance(used, Redeemed)
    kept[used.record.name] = used.record
    everything = b"".join(record.name + record.data for record in kept.values())
    for one in made:
        for spelling in (one.code, one.code.replace("-", "")):
            assert spelling.encode() not in everything
    assert LINK.encode() not in used.record.data
    again = Codes(kept.values())
    refused(again.redeem(made[0].code, "school", NOON), 410, "used already")
    assert isinstance(again.redeem(made[1].code, "school", NOON), Redeemed)
    refused(again.redeem(made[2].code, "school", NOON + LONGEST_LIFETIME), 410, "has expired")


def test_what_is_over_is_let_go() -> None:
    codes = Codes()
    made = codes.open(HOLDER.contract, LINK, CHANCE.randbytes(5), NOON)
    assert codes.tidy(NOON) == ([], [])
    [emptied], dropped = codes.tidy(made.expires)
    assert (emptied.name, dropped) == (made.record.name, [])
    assert b"learning-contract" not in emptied.data
    assert codes.tidy(made.expires) == ([], [])
    assert codes.tidy(made.expires + REMEMBERED) == ([], [emptied])
    assert codes.tidy(made.expires + REMEMBERED) == ([], [])


@given(st.binary(max_size=40) | st.sampled_from([b"[]", b"{}", b'{"link": 1}', b"null"]))
def test_damaged_records_are_passed_over(data: bytes) -> None:
    codes = Codes([StoredRecord(HOLDER.contract, "code", b"name", data)])
    assert codes.tidy(LATER) == ([], [])


# Guessing


def guess(codes: Codes, tries: int, network: Callable[[int], str], pause: float) -> tuple[int, int]:
    """Try codes by chance; returns how many were looked up, and how many found."""
    chance = random.Random(2)
    looked_up = found = 0
    for number in range(tries):
        answer = codes.redeem(
            make_code(chance.randbytes(5)), network(number), NOON + number * pause
        )
        found += isinstance(answer, Redeemed)
        looked_up += not (isinstance(answer, Refused) and answer.status == 429)
    return looked_up, found


@pytest.mark.parametrize("pause", [0.0, 0.01, 0.1])
def test_ten_thousand_tries_find_none_of_a_hundred_codes(pause: float) -> None:
    codes = Codes()
    for _ in range(100):
        opened(codes, LONGEST_LIFETIME)
    looked_up, found = guess(codes, 10_000, lambda _: "eve", pause)
    most, per_second = Guesses.PER_NETWORK
    assert found == 0
    assert most <= looked_up <= most + 10_000 * pause * per_second + 1


def test_tries_from_everywhere_are_limited_in_all() -> None:
    codes = Codes()
    for _ in range(100):
        opened(codes, LONGEST_LIFETIME)
    looked_up, found = guess(codes, 10_000, lambda number: f"eve {number}", 0.01)
    most, per_second = Guesses.IN_ALL
    assert found == 0
    assert most <= looked_up <= most + 100 * per_second + 1


def test_a_guesser_locks_out_nobody_else_and_is_told_how_long_to_wait() -> None:
    codes = Codes()
    code = opened(codes)
    guess(codes, 200, lambda _: "eve", 0.0)
    answer = codes.redeem(code, "eve", NOON)
    refused(answer, 429, "too many wrong codes")
    assert isinstance(answer, Refused)
    assert answer.wait == 1
    assert isinstance(codes.redeem(code, "school", NOON), Redeemed)


def test_who_waits_as_told_is_answered() -> None:
    codes = Codes()
    code = opened(codes)
    guess(codes, 200, lambda _: "eve", 0.0)
    answer = codes.redeem(code, "eve", NOON)
    assert isinstance(answer, Refused)
    assert isinstance(codes.redeem(code, "eve", NOON + answer.wait), Redeemed)


def test_five_hundred_of_one_school_come_in_though_some_read_their_codes_wrong() -> None:
    codes = Codes()
    written: list[str] = []
    for _ in range(100):
        holder = Holder()
        link = holder.invite(expires=LATER).link()
        written += [
            codes.open(holder.contract, link, CHANCE.randbytes(5), NOON).code for _ in range(5)
        ]
    for number, code in enumerate(written):
        if number % 6 == 0:  # a neighbour's code of yesterday
            answer = codes.redeem(make_code(CHANCE.randbytes(5)), "school", NOON)
            refused(answer, 404, "no such code")
        assert isinstance(codes.redeem(code, "school", NOON), Redeemed)


def test_networks_that_have_been_quiet_are_forgotten() -> None:
    codes = Codes()
    guess(codes, 50, lambda number: f"eve {number}", 0.0)
    codes.tidy(NOON)
    assert len(codes._guesses._networks) == 50
    codes.tidy(NOON + 10)
    assert len(codes._guesses._networks) == 0
