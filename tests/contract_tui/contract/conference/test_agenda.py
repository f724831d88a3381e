"""What a conference goes through, as the document says it or says nothing."""

from contract_tui.contract.conference.agenda import (
    AGENDA,
    FORM_KEY,
    LONGEST_NAME,
    MOST_MINUTES,
    MOST_PHASES,
    READY,
    Agenda,
)
from contract_tui.contract.conference.arranging import bring_back, choose_form, take_out
from contract_tui.contract.conference.tokens import Floor, Form, ReadyPhase
from contract_tui.contract.crdt import Writer
from contract_tui.contract.values import Item
from sync_server.access.proof import Role
from tests.contract_tui.contract.conference.table import Table, do
from tests.contract_tui.contract.people import actor_of, copy
from tests.contract_tui.full_contract import JONAS


def named(agenda: Agenda) -> list[str]:
    return [one.name for one in agenda.phases]


def entry(**said: Item) -> Item:
    return {
        "phase": "A walk",
        "minutes": 4,
        "floor": "everybody",
        "prompts": {},
        "pos": "X",
        **said,
    }


def test_where_nothing_is_written_it_is_the_one_of_25_minutes() -> None:
    agenda = Table().maya.conferences.agenda
    assert (agenda.form, agenda.minutes) == (Form.FULL, 25)
    assert named(agenda) == list(ReadyPhase)
    assert [one.ready for one in agenda.phases] == list(ReadyPhase)


def test_the_ready_ones_last_as_long_as_they_say_and_in_all_of_them_the_student_begins() -> None:
    for form, phases in READY.items():
        assert sum(one.minutes for one in phases) == int(form)
        assert Floor.EVERYBODY not in {one.floor for one in phases}
    goal = next(one for one in READY[Form.FULL] if one.ready is ReadyPhase.GOAL)
    assert goal.floor is Floor.ADULTS_ASK


def test_only_the_student_says_which_one_is_followed() -> None:
    table = Table()
    table.okafor.change(lambda writer: writer.put(None, FORM_KEY, "15"))
    assert table.okafor.conferences.agenda.form is Form.FULL
    assert table.okafor.set_aside == [
        "“agenda_form” was written by somebody who is not the one to say it."
    ]
    do(table.maya, choose_form(table.maya.conferences.agenda, Form.SHORT))
    assert table.maya.conferences.agenda.minutes == 15


def test_a_form_that_nobody_knows_is_the_one_of_25_minutes() -> None:
    table = Table()
    table.maya.change(lambda writer: writer.put(None, FORM_KEY, "40"))
    assert table.maya.conferences.agenda.form is Form.FULL


def test_an_adult_puts_nothing_into_the_students_agenda() -> None:
    table = Table()
    do(table.maya, choose_form(table.maya.conferences.agenda, Form.OWN))
    table.meet()
    before = table.maya.conferences.agenda
    goal = before.find("goal")
    assert goal is not None
    assert goal.object is not None
    place = goal.object
    table.okafor.change(lambda writer: writer.put(AGENDA, "walk", entry()))
    table.jonas.change(lambda writer: writer.put(place, "floor", "everybody"))
    table.meet()
    after = table.maya.conferences.agenda
    assert named(after) == named(before)
    assert after.find("goal") == goal, "what Jonas wrote over it is not believed"
    assert "“agenda / walk” was written by somebody who is not the one to say it." in (
        table.maya.set_aside
    )


def test_the_students_agenda_stays_whatever_others_write_over_it_or_take_out() -> None:
    table = Table()
    do(table.maya, choose_form(table.maya.conferences.agenda, Form.OWN))
    gone = table.maya.conferences.agenda.find("goal")
    assert gone is not None
    do(table.maya, take_out(table.maya.conferences.agenda, gone))
    table.meet()
    before = table.maya.conferences.agenda
    part = gone.object
    assert part is not None
    table.okafor.change(lambda writer: writer.put(None, FORM_KEY, Form.SHORT.value))
    table.jonas.change(lambda writer: writer.delete(AGENDA, "open"))
    table.jonas.change(lambda writer: writer.delete(part, "removed"))
    table.meet()
    for one in (table.maya, table.okafor, copy(table.jonas, actor_of(JONAS, 90))):
        assert one.conferences.agenda == before
    (gone,) = table.maya.conferences.agenda.taken_out
    do(table.maya, bring_back(gone))
    assert "goal" in named(table.maya.conferences.agenda)


def test_what_no_program_of_ours_writes_is_bounded_and_readable() -> None:
    table = Table()

    def write(writer: Writer) -> None:
        writer.put(AGENDA, "a", entry(phase="x" * 999, minutes=10**9, floor="mine"))
        writer.put(AGENDA, "b", entry(phase="", minutes="soon", prompts={"student": "Why?"}))
        writer.put(AGENDA, "c", entry(phase="C", minutes=-3, prompts="none", pos=7))
        writer.put(AGENDA, "B~", entry())
        writer.put(AGENDA, "d", "a string")
        writer.put(None, FORM_KEY, "own")

    table.maya.change(write)
    a, b, c = table.maya.conferences.agenda.phases
    assert (len(a.name), a.minutes, a.floor) == (LONGEST_NAME, MOST_MINUTES, Floor.STUDENT)
    assert (b.name, b.minutes, b.prompts) == ("b", 1, {Role.STUDENT: "Why?"})
    assert (c.name, c.minutes, c.prompts, c.position) == ("C", 1, {}, "")
    assert "“agenda / B~” has a name that cannot be used." in table.maya.set_aside


def test_no_agenda_has_more_phases_than_anybody_could_go_through() -> None:
    table = Table()

    def write(writer: Writer) -> None:
        for number in range(MOST_PHASES + 5):
            writer.put(AGENDA, f"p{number}", entry())
        writer.put(None, FORM_KEY, "own")

    table.maya.change(write)
    assert len(table.maya.conferences.agenda.phases) == MOST_PHASES
    assert "There are more phases in the agenda than a conference can have." in (
        table.maya.set_aside
    )


def test_where_a_phase_was_taken_out_meanwhile_one_goes_on_behind_the_one_before_it() -> None:
    agenda = Agenda(Form.FULL, tuple(one for one in READY[Form.FULL] if one.id != "helps"))
    following = agenda.following(("open", "me", "helps"))
    assert following is not None
    assert following.id == "goal"
    assert agenda.following(("else",)) == agenda.phases[0]
    assert agenda.preceding("open") is None
    assert agenda.preceding("helps") is None
    assert Agenda(Form.OWN, ()).following(("open",)) is None


def test_a_phase_of_ones_own_that_is_called_as_a_ready_one_is_ones_own() -> None:
    table = Table()
    agenda = table.maya.conferences.agenda
    do(table.maya, choose_form(agenda, Form.OWN))
    table.maya.change(lambda writer: writer.put(AGENDA, "k1", entry(phase="me")))
    phases = {str(one.id): one for one in table.maya.conferences.agenda.phases}
    assert phases["k1"].name == "me"
    assert phases["k1"].ready is None
    assert phases["me"].ready is ReadyPhase.ME
