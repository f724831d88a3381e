"""What a person is told of a contract that was begun anew, before and after they have joined."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contract_tui.library import renewing, seats
from contract_tui.library.library import Library
from contract_tui.library.world import World
from contract_tui.session.session import Session
from contract_tui.session.writing.renewals import Anew, anew, remember_renewal, remembered
from sync_server.access.proof import Role
from sync_server.protocol.ids import DocumentId
from tests.contract_tui.session.company import Company, company

ALONE = World(online=False)
OTHER = DocumentId(bytes([7] * 16))


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Company]:
    async with company(tmp_path) as found:
        found.invite("Opa", Role.PARENT)
        yield found


@pytest.fixture
async def heidi(people: Company) -> Session:
    """Heidi, who has the contract open."""
    return await people.open("Heidi", ALONE)


def told(people: Company, name: str, heidi: Session) -> Anew | None:
    """What somebody is told of what the contract says now."""
    library = people.library(name)
    return anew(library, library.entry(people.contract), heidi.contract)


def begin(people: Company, heidi: Session) -> str:
    """Begin anew, and say so; returns the invitation for Opa."""
    library = people.library("Heidi")
    new = renewing.begin(library, heidi.entry, heidi.contract, ())
    heidi.pen.state_renewed(new)
    return seats.invite_to(library, library.entry(new), Role.PARENT, "Opa").link()


def sentence(found: Anew | None) -> str:
    assert found is not None
    return found.sentence()


async def test_nothing_is_said_of_a_contract_that_goes_on(people: Company, heidi: Session) -> None:
    assert told(people, "Opa", heidi) is None
    assert heidi.notices == []


async def test_everybody_is_asked_to_join_and_then_to_erase(
    people: Company, heidi: Session
) -> None:
    link = begin(people, heidi)
    assert sentence(told(people, "Heidi", heidi)).startswith("You have begun this contract anew")
    assert sentence(told(people, "Opa", heidi)) == (
        "Heidi has begun this contract anew, without its past. Ask for your invitation, join,"
        " then erase this one in the list of contracts."
    )
    seats.join(people.library("Opa"), link)
    assert sentence(told(people, "Opa", heidi)).endswith(
        "you have that one too. Write there, and erase this one in the list of contracts."
    )


async def test_on_ones_other_computer_one_is_told_how_to_get_there(
    people: Company, heidi: Session
) -> None:
    library = people.library("Heidi")
    invitation = seats.invite_me(library, heidi.entry)
    tablet = people.library("tablet")
    seats.join(tablet, invitation.link())
    begin(people, heidi)
    entry = tablet.entry(people.contract)
    here_too = anew(tablet, entry, heidi.contract)
    begun = renewing.begun(library, heidi.entry)
    assert begun is not None
    assert sentence(here_too) == (
        "You have begun this contract anew on another computer of yours, without its past. Make an"
        f" invitation for this computer there, with contract-tui invite {begun.text_id} --me;"
        " join, then erase this one in the list of contracts."
    )
    remember_renewal(tablet, entry, heidi.contract)
    found = remembered(tablet, entry, (entry, entry))
    assert found is not None
    assert found == here_too
    assert found.in_brief.startswith("begun anew on another computer of yours")
    seats.join(tablet, seats.invite_me(library, begun).link())
    assert sentence(anew(tablet, entry, heidi.contract)).startswith(
        "This contract goes on anew, without its past, as you have begun it: you have that one too."
    )


async def test_an_open_contract_says_it_once_it_is_so(people: Company, heidi: Session) -> None:
    begin(people, heidi)
    assert heidi.notices == [sentence(told(people, "Heidi", heidi))]
    assert heidi.notices == [sentence(told(people, "Heidi", heidi))], "and goes on to say it"


async def test_whose_word_did_not_win_is_told_of_both(people: Company, heidi: Session) -> None:
    begin(people, heidi)
    heidi.pen.state_renewed(OTHER)
    assert "begun this contract anew as well" in sentence(told(people, "Heidi", heidi))


async def test_a_list_says_it_without_opening_the_contract(people: Company, heidi: Session) -> None:
    link = begin(people, heidi)
    library = people.library("Opa")

    def line() -> str:
        entries = library.entries()
        found = remembered(library, library.entry(people.contract), entries)
        return found.in_brief if found else ""

    library.add_relays(people.contract, ["wss://a.example"])
    before = line()
    remember_renewal(library, library.entry(people.contract), heidi.contract)
    assert (before, line()) == (
        "",
        "begun anew by Heidi: ask for your invitation, then erase this copy",
    )
    seats.join(library, link)
    assert line() == "goes on anew without its past; this copy can be erased"


async def test_what_is_kept_goes_with_the_contract(people: Company, heidi: Session) -> None:
    begin(people, heidi)
    assert heidi.notices
    library: Library = people.library("Heidi")
    entry = library.entry(people.contract)
    assert remembered(library, entry, library.entries()) is not None
    library.erase(people.contract)
    assert remembered(library, entry, (entry, entry)) is None
