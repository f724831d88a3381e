from pathlib import Path

import pytest

import sync_server.relay
from contract_tui.language import speech
from contract_tui.session.link.refusals import (
    BUSY_WAIT,
    HOPELESS_WAIT,
    LONGEST_BUSY_WAIT,
    LONGEST_SENTENCE,
    SAID_BY_RELAYS,
    RefusalKind,
    Unconfirmed,
    refused_connection,
    refused_handshake,
)

URL = "wss://school.example"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


class Loud:
    def gettext(self, message: str) -> str:
        return message.upper()


@pytest.mark.parametrize(
    ("status", "kind", "wait"),
    [
        (401, RefusalKind.UNKNOWN, HOPELESS_WAIT),
        (403, RefusalKind.FORBIDDEN, HOPELESS_WAIT),
        (410, RefusalKind.ERASED, HOPELESS_WAIT),
        (429, RefusalKind.BUSY, BUSY_WAIT),
        (503, RefusalKind.BUSY, BUSY_WAIT),
    ],
)
def test_each_status_has_its_meaning_and_its_wait(
    status: int, kind: RefusalKind, wait: float
) -> None:
    refusal = refused_handshake(URL, status, PLAIN, b"Ask your teacher.\nmore")
    assert refusal is not None
    assert (refusal.kind, refusal.wait) == (kind, wait)
    assert str(refusal) == f"the relay at {URL} refuses: Ask your teacher"


def test_what_a_relay_of_ours_says_is_told_in_the_language_of_whoever_reads_it() -> None:
    speech.use(Loud())  # type: ignore[arg-type]  # a catalogue as far as one sentence goes
    try:
        refusal = refused_handshake(URL, 403, PLAIN, SAID_BY_RELAYS[0].encode())
    finally:
        speech.use(None)
    assert refusal is not None
    assert refusal.reason == SAID_BY_RELAYS[0].upper()


def test_a_relay_of_ours_says_it_in_these_words() -> None:
    relay = Path(sync_server.relay.__file__).parent
    sources = "".join(one.read_text() for one in sorted(relay.rglob("*.py")))
    assert [said for said in SAID_BY_RELAYS if f'"{said}"' not in sources] == []


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("contested", RefusalKind.SPENT),
        ("late", RefusalKind.SPENT),
        ("revoked", RefusalKind.REVOKED),
        ("unregistered", RefusalKind.FORBIDDEN),
    ],
)
def test_a_relay_of_ours_says_more_exactly_why(word: str, kind: RefusalKind) -> None:
    refusal = refused_handshake(URL, 403, {**PLAIN, "X-Refused": word}, b"no")
    assert refusal is not None
    assert refusal.kind is kind
    busy = refused_handshake(URL, 503, {**PLAIN, "X-Refused": word}, b"no")
    assert busy is not None
    assert busy.kind is RefusalKind.BUSY


@pytest.mark.parametrize("status", [200, 302, 404, 500])
def test_other_statuses_are_no_relays(status: int) -> None:
    assert refused_handshake(URL, status, PLAIN, b"") is None


def test_a_page_in_place_of_a_sentence_is_not_shown() -> None:
    refusal = refused_handshake(URL, 403, {"Content-Type": "text/html"}, b"<html>")
    assert refusal is not None
    assert str(refusal) == f"the relay at {URL} refuses: you are not let in"


def test_what_a_terminal_would_act_on_is_left_out() -> None:
    refusal = refused_handshake(URL, 403, PLAIN, b"\x1b[2Jred\x07 " + b"x" * 1000)
    assert refusal is not None
    assert refusal.reason == ("[2Jred " + "x" * 1000)[:LONGEST_SENTENCE]


@pytest.mark.parametrize(
    ("said", "wait"),
    [("7", 7.0), ("99999", LONGEST_BUSY_WAIT), ("soon", BUSY_WAIT), ("", BUSY_WAIT)],
)
def test_a_busy_relay_says_when_to_come_back(said: str, wait: float) -> None:
    refusal = refused_handshake(URL, 503, {**PLAIN, "Retry-After": said}, b"later")
    assert refusal is not None
    assert refusal.wait == wait


@pytest.mark.parametrize(
    ("date", "time"),
    [("Thu, 01 Jan 1970 00:01:00 GMT", 60.0), ("yesterday", None), ("", None)],
)
def test_the_relays_clock_is_read(date: str, time: float | None) -> None:
    refusal = refused_handshake(URL, 401, {**PLAIN, "Date": date}, b"no")
    assert refusal is not None
    assert refusal.relay_time == time


def test_the_end_of_a_connection_says_why() -> None:
    revoked = refused_connection(URL, 4403, "this computer may not")
    erased, limited = refused_connection(URL, 4410, "erased"), refused_connection(URL, 4429, "")
    assert revoked is not None
    assert erased is not None
    assert limited is not None
    assert (revoked.kind, revoked.reason) == (RefusalKind.REVOKED, "this computer may not")
    assert erased.reason.startswith("the contract was erased there")
    assert limited.kind is RefusalKind.BUSY
    assert refused_connection(URL, 1008, "a bad frame") is None
    assert refused_connection(URL, None, "") is None


def test_an_unencrypted_way_says_what_to_do() -> None:
    assert "confirm the address" in str(Unconfirmed("ws://192.168.1.5:3030"))
