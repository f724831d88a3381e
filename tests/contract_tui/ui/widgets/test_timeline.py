"""The timeline: what it shows, and what keys and the mouse do with it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from textual import events

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import DEFAULT_HEADINGS
from contract_tui.history.walk import Comparison, Walk
from contract_tui.ui.people import Inkwell
from contract_tui.ui.timeline.picture import GUTTER
from contract_tui.ui.widgets.timeline import NAMES, RAIL, SAID, TURNS, Timeline
from tests.contract_tui.contract.people import BEGINNING, MAYA, actor, new_contract
from tests.contract_tui.history.reading import history
from tests.contract_tui.ui.stage import until
from tests.contract_tui.ui.widgets.timeline_app import (
    BACKGROUND,
    DAY,
    FOREGROUND,
    Hasty,
    Kept,
    Recorded,
    Slow,
    is_playing,
    long,
    rows,
    shown,
    table,
    tick,
)


async def test_turns_are_letters_and_where_one_is_is_said_in_words() -> None:
    async with shown(table().maya) as (timeline, pilot, app):
        names, turns, rail, said = rows(timeline)
        assert names.split()[:3] == ["14", "November", "16"]
        assert turns == " ◂ M    P    O    ┊    M    M ▸"
        assert rail == " ▶ " + "─" * 25 + "●"
        assert said.startswith(" Turn 5 of 5, the student, supports needed, ")
        for key, index in (
            *(("left", 3), ("home", 0), ("right", 1), ("pagedown", 3), ("pageup", 0)),
            *(("end", 4), ("shift+left", 3), ("shift+right", 4)),
        ):
            await pilot.press(key)
            assert timeline.walk.index == index
            assert rows(timeline)[RAIL].index("●") == tick(index)
        await until(lambda: len(app.told) == 8)
        assert all(one.control is timeline for one in app.told)
        await pilot.press("right", "right", "end")
        assert len(app.told) == 9


async def test_the_letter_of_the_turn_shown_is_painted_as_its_authors_caret() -> None:
    async with shown(table().maya) as (timeline, _pilot, app):
        inks = Inkwell().mix(app.contract, BACKGROUND, FOREGROUND)
        for index in range(5):
            timeline.walk.go(index)
            ink = inks.of_actor(timeline.walk.turns[index].actor)
            assert ink is not None
            painted = [
                segment for segment in timeline.render_line(TURNS) if segment.text == ink.mark
            ]
            caret = [one for one in painted if one.style and one.style.bgcolor == ink.caret.bgcolor]
            assert len(caret) == 1


async def test_a_turn_in_doubt_has_the_sign_of_it_at_its_letter() -> None:
    async with shown(table().maya) as (timeline, _pilot, app):
        last = timeline.walk.turns[-1].actor
        inks = Inkwell().mix(app.contract, BACKGROUND, FOREGROUND, {last: 0})
        timeline.show(inks, DEFAULT_HEADINGS)
        assert rows(timeline)[TURNS] == " ◂ M?   P    O    ┊    M?   M? ▸"


async def test_the_mouse_goes_where_it_points() -> None:
    async with shown(table().maya) as (timeline, pilot, _):
        walk = timeline.walk
        await pilot.click(timeline, offset=(tick(1), TURNS))
        assert walk.index == 1
        await pilot.click(timeline, offset=(tick(3) + 1, RAIL))
        assert walk.index == 3
        await pilot.click(timeline, offset=(tick(0), NAMES))
        assert walk.index == 0
        await pilot.click(timeline, offset=(tick(2), SAID))
        assert walk.index == 0
        await pilot.click(timeline, offset=(tick(4) + 2, TURNS))
        assert walk.index == 1
        await pilot.click(timeline, offset=(1, TURNS))
        assert walk.index == 0
        await pilot.mouse_down(timeline, offset=(tick(0), TURNS))
        await pilot.hover(timeline, offset=(tick(2), TURNS))
        assert walk.index == 2
        await pilot.hover(timeline, offset=(tick(3), SAID))
        assert walk.index == 3
        await pilot.mouse_up(timeline, offset=(tick(3), SAID))
        await pilot.hover(timeline, offset=(tick(0), TURNS))
        assert walk.index == 3
        for kind, index in ((events.MouseScrollDown, 4), (events.MouseScrollUp, 3)):
            timeline.post_message(kind(timeline, 1, 1, 0, 0, 0, False, False, False))
            await until(lambda wanted=index: walk.index == wanted)  # type: ignore[misc]


async def test_it_plays_through_every_turn_and_begins_again_behind_the_last() -> None:
    async with shown(table().maya, Hasty) as (timeline, pilot, app):
        walk = timeline.walk
        assert isinstance(walk, Recorded)
        await pilot.press("space")
        await until(lambda: not timeline.playing and walk.at_end)
        assert walk.been == (1, 2, 3, 4)
        kinds = [type(one) for one in app.told]
        assert kinds.count(Timeline.Moved) == 5
        assert kinds.count(Timeline.Played) == 2


async def test_any_key_stops_it_and_escape_does_no_more_than_that() -> None:
    async with shown(table().maya, Slow) as (timeline, pilot, app):
        for key, index in (("space", 0), ("escape", 0), ("right", 1), ("x", 0)):
            timeline.walk.first()
            await pilot.press("space")
            assert is_playing(timeline)
            await pilot.press(key)
            assert not is_playing(timeline)
            assert timeline.walk.index == index
        assert not app.left
        await pilot.click(timeline, offset=(1, RAIL))
        assert is_playing(timeline)
        await pilot.click(timeline, offset=(1, RAIL))
        assert not is_playing(timeline)
        timeline.action_play()
        app.set_focus(None)
        await until(lambda: not timeline.playing)


async def test_a_turn_in_which_more_came_is_shown_for_longer_and_so_is_a_chapters_beginning() -> (
    None
):
    contract = table()
    contract.write(contract.maya, 2 * DAY + 800, "word " * 12)
    contract.write(contract.maya, 2 * DAY + 1_200, "word " * 100)
    walk = Walk(history(contract.maya))
    timeline = Timeline(walk)
    pauses = []
    for index in (2, 3, 5, 6):
        walk.go(index)
        pauses.append(timeline.pause)
    one, beginning, more, most = pauses
    assert one < more < most
    assert one < beginning


async def test_of_a_long_past_a_part_is_seen_and_every_step_still_moves_by_one() -> None:
    async with shown(long(400)) as (timeline, pilot, _):
        walk = timeline.walk
        assert "━" in rows(timeline)[RAIL]
        seen = []
        for _ in range(60):
            timeline.action_step(-1)
            seen.append(timeline.track.column(walk.index))
        assert walk.index == 339
        assert all(one != next_ for one, next_ in pairwise(seen))
        await pilot.click(timeline, offset=(GUTTER, RAIL))
        assert walk.index == 0
        await pilot.click(timeline, offset=(80 - GUTTER - 1, RAIL))
        assert walk.at_end


async def test_what_is_kept_agreed_and_compared_with_has_a_sign() -> None:
    contract = table()
    contract.agree(MAYA)
    contract.write(contract.maya, 3 * DAY)
    async with shown(contract.maya) as (timeline, _pilot, _):
        walk = timeline.walk
        assert rows(timeline)[TURNS].count("✓") == 1
        walk.go(1)
        walk.mark()
        walk.last()
        walk.compare(Comparison.SINCE_MARK)
        timeline.look()
        assert rows(timeline)[RAIL].index("◇") == tick(1)
        walk.keep([Kept(walk.history.heads(walk.route.shown(walk.turns[2], None)))])
        assert rows(timeline)[RAIL].index("◆") == tick(2)


async def test_an_agreement_of_today_stands_behind_the_last_turn() -> None:
    contract = table()
    async with shown(contract.maya) as (timeline, pilot, _):
        assert "✓" not in rows(timeline)[TURNS]
        contract.agree(MAYA)
        timeline.walk.follow(history(contract.maya))
        timeline.look()
        assert rows(timeline)[TURNS].endswith("M    M    ✓ ▸")
        assert "Agreement of " in rows(timeline)[NAMES]
        at = rows(timeline)[TURNS].index("✓")
        await pilot.click(timeline, offset=(at, TURNS))
        assert timeline.walk.at_end


async def test_a_conference_in_which_nobody_wrote_stands_there_with_its_people_and_times() -> None:
    contract = table()
    begin = BEGINNING + 2 * DAY
    contract.open(MAYA, started_at=begin, ended_at=begin + 25 * 60)
    async with shown(contract.maya) as (timeline, _pilot, _):
        assert rows(timeline)[TURNS].endswith("M    M    ○ ▸")
        times = [datetime.fromtimestamp(at, UTC).astimezone() for at in (begin, begin + 25 * 60)]
        names = rows(timeline)[NAMES]
        assert "Conference of " in names
        assert names.endswith("Maya, from {:%H:%M} to {:%H:%M}".format(*times))
        contract.agree(MAYA)
        timeline.walk.follow(history(contract.maya))
        timeline.look()
        assert rows(timeline)[TURNS].endswith("M    M    ✓ ▸")
        assert " · Agreement of " in rows(timeline)[NAMES]
        contract.write(contract.maya, 3 * DAY)
        contract.open(MAYA, "d", started_at=begin + DAY, ended_at=begin + DAY)
        contract.write(contract.maya, 4 * DAY)
        timeline.walk.follow(history(contract.maya))
        timeline.look()
        assert rows(timeline)[TURNS].count("○") == 1
        assert not rows(timeline)[TURNS].endswith("○ ▸")


async def test_a_contract_without_turns_has_an_empty_timeline() -> None:
    contract = new_contract().id
    assert contract is not None
    async with shown(Contract.blank(actor("a"), contract)) as (timeline, pilot, app):
        names, turns, _, said = rows(timeline)
        assert (names, turns.split(), said) == ("", ["◂", "▸"], " Nothing has been written yet.")
        await pilot.press("left", "right", "space", "end", "shift+left", "pagedown")
        await pilot.click(timeline, offset=(20, RAIL))
        await pilot.click(timeline, offset=(20, TURNS))
        assert not timeline.playing
        assert not app.told


async def test_what_others_write_meanwhile_is_there_and_the_place_stays() -> None:
    contract = table()
    async with shown(contract.maya) as (timeline, pilot, _):
        await pilot.press("left")
        contract.write(contract.okafor, 2 * DAY + 900)
        timeline.walk.follow(history(contract.maya))
        timeline.look()
        assert rows(timeline)[TURNS].endswith("M    M    O ▸")
        assert rows(timeline)[RAIL].index("●") == tick(3)
        assert rows(timeline)[SAID].startswith(" Turn 4 of 6, ")
