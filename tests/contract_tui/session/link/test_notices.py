from pathlib import Path

import pytest

from contract_tui.library import seats
from contract_tui.library.keepsakes import NOTICE
from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.session.link.notices import LONGEST, hope_for, hope_in, lasting, sentence
from contract_tui.session.session import Session
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId, PeerId, format_document_id
from sync_server.protocol.messages import Notice

URL = "wss://school.example"


def told(kind: str, **fields: str | int) -> str:
    notice = Notice(PeerId("relay"), PeerId("me"), DocumentId(bytes(16)), kind, fields)
    return sentence(URL, notice)


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("contested", {"name": "Opa"}, "The invitation for “Opa” was used a second time"),
        ("contested", {}, "The invitation for one seat was used a second time"),
        ("withheld", {"changes": 1, "reason": "unsealed"}, "did not take 1 change: nothing shows"),
        ("withheld", {"changes": 7}, "did not take 7 changes: nothing shows"),
        ("withheld", {"changes": 2, "reason": "invalid"}, "keeps back 2 changes and what builds"),
        ("withheld", {"changes": "many"}, "did not take some changes: nothing shows"),
        ("revoked", {"reason": "x"}, "You no longer take part at wss://school.example"),
        ("erased", {}, "your copy here is untouched"),
        (
            "limited",
            {"reason": "the contract is too large."},
            "for now: the contract is too large.",
        ),
        ("sung", {}, "something that this version does not understand"),
    ],
)
def test_each_notice_is_one_calm_sentence(
    kind: str, fields: dict[str, str | int], words: str
) -> None:
    assert words in told(kind, **fields)


def test_that_more_seals_are_needed_is_no_news_to_a_person() -> None:
    assert told("withheld", changes=7, reason="too many") == ""


def test_what_a_relay_says_stays_on_its_line() -> None:
    words = told("contested", name="O\x1b[2Jpa\n\n" + "x" * 500)
    assert words.isprintable()
    assert len(words) <= LONGEST


@pytest.mark.parametrize(
    ("hope", "words"),
    [
        ("", "and wait for their author."),
        (hope_in(""), "author; whoever holds the contract’s key can vouch for them."),
        (hope_in("Ms\x1b Okafor"), "author; Ms Okafor, who holds the contract’s key, can vouch"),
        (hope_for("2QpV"), "author, or for you: contract-tui vouch 2QpV shows them, and asks."),
    ],
)
def test_who_can_help_is_said_where_an_author_has_to(hope: str, words: str) -> None:
    nobody = PeerId("")
    withheld = Notice(nobody, nobody, DocumentId(bytes(16)), "withheld", {"changes": 12345})
    assert words in sentence(URL, withheld, hope)
    others = Notice(nobody, nobody, DocumentId(bytes(16)), "revoked", {})
    assert sentence(URL, others, hope) == sentence(URL, others)


def test_nothing_of_it_is_cut_off_at_a_long_address() -> None:
    contract = format_document_id(DocumentId(b"\xff" * 16))
    url = "wss://contracts.a-school-with-a-long-name.example:8443"
    nobody = PeerId("")
    withheld = Notice(nobody, nobody, DocumentId(bytes(16)), "withheld", {"changes": 12345})
    for hope in (hope_for(contract), hope_in("N" * 60)):
        assert sentence(url, withheld, hope).endswith((" and asks.", " can vouch for them."))


def test_what_was_kept_is_worded_when_it_is_read() -> None:
    kept = {
        f"erased {URL}".encode(): "La persona que tiene la llave borró el contrato.".encode(),
        f"revoked {URL}".encode(): b"\xff",
        f"moved {URL}".encode(): "¡Nos mudamos!".encode(),
    }
    assert list(lasting(kept).values()) == [told("erased"), told("revoked"), "¡Nos mudamos!"]


async def test_whoever_opens_a_contract_is_told_in_the_language_of_now(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        contract = seats.new_contract(library, "Tidepools", "Ana", Role.STUDENT)
        keepsakes = library.keepsakes(contract)
        keepsakes.put(NOTICE, {f"erased {URL}".encode(): b"en otro idioma"})
        session = await Session.open(library, contract, world=World(online=False))
        assert session.notices == [told("erased")]
        await session.close()
