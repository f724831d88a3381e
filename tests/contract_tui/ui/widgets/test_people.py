"""What is said about people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.app import App, ComposeResult
from textual.color import Color

from contract_tui.contract.schema import INTERESTS, PartId
from contract_tui.session.presence.presence import Person
from contract_tui.ui.ink import make_stranger_ink
from contract_tui.ui.people import Company, Inks
from contract_tui.ui.widgets.people import People, what_they_do
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.operations import ElementId

SAM = Person(SeatId("ab"), "Sam", Role.PARENT, None, None, None, typing=False, here=False, me=False)
HEADINGS = {INTERESTS: "Interests"}


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (SAM, "parent, not here now"),
        (replace(SAM, role=Role.OBSERVER), "reads along, not here now"),
        (replace(SAM, role=Role.OBSERVER, here=True), "reading along"),
        (replace(SAM, role=Role.OBSERVER, here=True, part=INTERESTS), "reading along in Interests"),
        (replace(SAM, role=Role.OBSERVER, here=True, me=True), "reads along"),
        (replace(SAM, here=True), "parent, here"),
        (replace(SAM, here=True, part=INTERESTS), "in Interests"),
        (replace(SAM, here=True, part=PartId("gone")), "parent, here"),
        (replace(SAM, here=True, part=INTERESTS, typing=True), "writing in Interests"),
        (replace(SAM, here=True, me=True, part=INTERESTS, typing=True), "parent"),
        (replace(SAM, here=True, part=INTERESTS, looking_back=True), "looking back"),
        (replace(SAM, role=Role.OBSERVER, here=True, looking_back=True), "looking back"),
    ],
)
def test_what_somebody_does_is_said_in_words(person: Person, said: str) -> None:
    assert what_they_do(person, HEADINGS) == said


async def test_when_somebody_looked_back_is_said_quietly() -> None:
    app = Listed()
    async with app.run_test():
        people = app.query_one(People)
        people.show(Company([SAM], Inks({}), looked={SAM.seat: "14 March"}))
        assert "looked back on 14 March" in str(people.content)


async def test_a_long_place_goes_on_where_it_began() -> None:
    app = Listed()
    where = replace(SAM, here=True, part=INTERESTS, typing=True)
    async with app.run_test(size=(24, 12)) as pilot:
        people = app.query_one(People)
        people.show(Company([where], Inks({}), {INTERESTS: "What I care about most"}))
        lines = str(people.content).splitlines()
        assert lines[1:3] == ["     writing in What I", "     care about most"]
        await pilot.resize_terminal(60, 12)
        assert "     writing in What I care about most" in str(people.content)


class Listed(App[None]):
    def compose(self) -> ComposeResult:
        yield People()


async def test_ones_own_keys_do_not_draw_the_list_again() -> None:
    app = Listed()
    me = replace(SAM, me=True, here=True, part=INTERESTS)
    async with app.run_test():
        people = app.query_one(People)
        people.show(Company([me], Inks({}), HEADINGS))
        drawn = people.content
        moved = replace(me, head=ElementId(7, b"me"), typing=True)
        people.show(Company([moved], Inks({}), HEADINGS))
        assert people.content is drawn
        people.show(Company([replace(me, here=False)], Inks({}), HEADINGS))
        assert people.content is not drawn


async def test_whoever_holds_the_key_is_marked() -> None:
    app = Listed()
    async with app.run_test():
        people = app.query_one(People)
        people.show(Company([SAM], Inks({}), HEADINGS))
        assert "holds the key" not in str(people.content)
        people.show(Company([SAM], Inks({}), HEADINGS, holder=SAM.seat))
        assert "holds the key" in str(people.content)


async def test_everybody_of_unknown_origin_is_one_line() -> None:
    app = Listed()
    strangers = [replace(SAM, seat=SeatId(seat), role=None) for seat in ("01", "02")]
    async with app.run_test():
        people = app.query_one(People)
        people.show(Company([SAM, *strangers], Inks({}), HEADINGS))
        assert str(people.content).count("Of unknown origin") == 1
        people.show(Company([SAM], Inks({}), HEADINGS, strangers=True))
        assert str(people.content).count("Of unknown origin") == 1
        people.show(Company([SAM], Inks({}), HEADINGS))
        assert "Of unknown origin" not in str(people.content)


@pytest.mark.parametrize("in_line", [False, True])
async def test_what_only_stands_in_somebodys_name_is_said_beside_them(in_line: bool) -> None:
    background, foreground = Color.parse("#1b1f26"), Color.parse("#e3e6ea")
    ink = make_stranger_ink(background, foreground, "S")
    app = Listed()
    async with app.run_test():
        people = app.query_one(People)
        people._in_line = in_line
        company = Company([SAM], Inks({}), HEADINGS, doubted={SAM.seat: ink})
        people.show(company)
        said = str(people.content)
        assert "S?" in said
        assert ("in doubt" if in_line else "In Sam’s name\n     not shown to be theirs yet") in said
        people.show(replace(company, people=[replace(SAM, me=True)]))
        said = str(people.content)
        assert (
            "in doubt" if in_line else "In your name\n     not written on this computer"
        ) in said
        people.show(replace(company, people=[SAM], vouched=frozenset({SAM.seat})))
        assert ("in doubt" if in_line else "not shown, but vouched for") in str(people.content)
        people.show(replace(company, doubted={}))
        assert "S?" not in str(people.content)


async def test_in_one_line_everybody_in_doubt_is_named_by_their_mark() -> None:
    colors = Color.parse("#1b1f26"), Color.parse("#e3e6ea")
    ida = replace(SAM, seat=SeatId("cd"), name="Ida")
    doubted = {one.seat: make_stranger_ink(*colors, one.name[0]) for one in (SAM, ida)}
    app = Listed()
    async with app.run_test():
        people = app.query_one(People)
        people._in_line = True
        people.show(Company([SAM, ida], Inks({}), HEADINGS, doubted=doubted))
        assert "S?  I?  in doubt" in str(people.content)


async def test_what_is_of_unknown_origin_is_not_at_the_end_of_a_line_that_may_be_cut() -> None:
    app = Listed()
    async with app.run_test():
        people = app.query_one(People)
        people._in_line = True
        me = replace(SAM, name="Mia", me=True, here=True)
        people.show(Company([me, SAM], Inks({}), HEADINGS, strangers=True))
        said = str(people.content)
        assert said.index("Mia") < said.index("unknown") < said.index("Sam")
