"""Who is painted how, whatever computers they write on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from contract_tui.contract.contract import Contract
from contract_tui.contract.membership.authorship import Doubted
from contract_tui.contract.schema import GENESIS_ACTOR, INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library import seats
from contract_tui.library.holding import replace_seat
from contract_tui.library.library import Library, OwnSeat
from contract_tui.ui.ink import CUES, STRANGER_MARK, contrast
from contract_tui.ui.people import Inks, Inkwell, Origins
from sync_server.access.devices import Device
from sync_server.access.keys import new_actor
from sync_server.access.proof import Role
from sync_server.protocol.ids import Actor

COLORS = "#1b1f26", "#e3e6ea"


class Table:
    """One contract, written by whoever is given a seat."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = Library(folder / "Heidi")
        self.id = seats.new_contract(self.library, "My year", "Heidi", Role.STUDENT)
        journal = self.library.journal(self.id)
        raws = [change.raw for change in journal.read(journal.stored())]
        self.contract = Contract.open(raws, Actor(bytes(16)), self.id)

    def own(self, folder: str = "Heidi") -> OwnSeat:
        with Library(self.folder / folder) as library:
            own = library.own_seat(self.id)
        assert own is not None
        return own

    def take(self, folder: str, link: str) -> OwnSeat:
        with Library(self.folder / folder) as library:
            seats.join(library, link)
        own = self.own(folder)
        device = Device(own.seat, own.key.public)
        self.contract.add_device(device, own.shown)
        return own

    def write(self, actor: bytes) -> None:
        """Let somebody write a word."""
        other = Contract.open(self.contract.changes_since(), Actor(actor), self.id)
        self.contract.apply([other.splice(INTERESTS, Splice(0, 0, "word "))])

    def inks(self) -> Inks:
        return Inkwell().mix(self.contract, *COLORS)


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path)


def actor_of(own: OwnSeat) -> bytes:
    return new_actor(own.key.public, bytes(8))


def test_one_person_on_two_computers_is_one_person_in_one_colour(table: Table) -> None:
    entry = table.library.entry(table.id)
    further = table.take("laptop", seats.invite_me(table.library, entry).link())
    inks = table.inks()
    assert actor_of(further)[:8] != actor_of(table.own())[:8]
    assert inks.of_actor(actor_of(further)) is inks.of_actor(actor_of(table.own()))
    assert inks.of_seat(table.own().seat.id) is inks.of_actor(actor_of(further))


def test_whoever_was_given_another_seat_keeps_the_colour(table: Table) -> None:
    entry = table.library.entry(table.id)
    link = seats.invite_to(table.library, entry, Role.PARENT, "Sam").link()
    before = table.take("old", link)
    first = table.inks().of_actor(actor_of(before))
    lost = table.contract.seats[before.seat.id]
    after = table.take("new", replace_seat(table.library, entry, lost).link())
    inks = table.inks()
    assert inks.of_actor(actor_of(before)) is inks.of_actor(actor_of(after))
    assert inks.of_actor(actor_of(after)) == first


def test_words_of_unknown_origin_look_like_nobodys(table: Table) -> None:
    inks = table.inks()
    stranger = inks.of_actor(b"\x99" * 16)
    assert stranger is not None
    assert stranger is inks.stranger
    assert stranger.mark == STRANGER_MARK
    assert stranger.cue not in CUES
    assert contrast(Color.parse(stranger.color), Color.parse(COLORS[0])) >= 4.5
    assert inks.of_actor(GENESIS_ACTOR) is None


def test_words_of_unknown_origin_are_found_where_there_are_any(table: Table) -> None:
    inks, origins = table.inks(), Origins()
    table.write(actor_of(table.own()))
    assert not origins.unknown(table.contract, [INTERESTS], inks)
    table.write(b"\x99" * 16)
    assert origins.unknown(table.contract, [INTERESTS], inks)


def test_what_is_not_shown_to_be_somebodys_looks_like_nobodys_under_their_mark(
    table: Table,
) -> None:
    actor, inkwell = Actor(actor_of(table.own())), Inkwell()
    table.write(actor)
    inks = inkwell.mix(table.contract, *COLORS)
    doubtful = {actor: table.contract.text(INTERESTS).ids[0].counter}
    doubting = inkwell.mix(table.contract, *COLORS, doubtful)
    assert doubting.of_actor != inks.of_actor, "so that every editor is painted again"
    ink, real, stranger = (
        doubting.of_actor(Doubted(actor)),
        doubting.of_actor(actor),
        doubting.stranger,
    )
    assert ink
    assert real
    assert stranger
    assert (ink.color, ink.cue, ink.mark) == (stranger.color, stranger.cue, f"{real.mark}?")
    assert real == inks.of_actor(actor)
    assert inkwell.mix(table.contract, *COLORS, dict(doubtful)) is doubting


def test_the_same_people_keep_their_inks_so_that_nothing_is_painted_again(table: Table) -> None:
    inkwell = Inkwell()
    inks = inkwell.mix(table.contract, *COLORS)
    table.write(actor_of(table.own()))
    assert inkwell.mix(table.contract, *COLORS) is inks
