"""What counts where somebody wrote over what was not theirs to say, or took it out."""

from collections.abc import Callable

import pytest

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.heads import write_heads
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.tokens import GoalState, NoteAnswer, Origin, Stretch
from contract_tui.contract.items.values import Note
from contract_tui.contract.records import Write
from contract_tui.contract.schema import INTERESTS, SECTION_MAPS
from contract_tui.contract.text.splice import Splice
from sync_server.access.proof import Seat
from sync_server.protocol.operations import ElementId
from tests.contract_tui.contract.items.naming import ADULTS, named, thing
from tests.contract_tui.contract.people import MAYA, OKAFOR, actor_of, copy, exchange
from tests.contract_tui.full_contract import KITE, full_contract

LET_GO, TRYING = GoalState.LET_GO.value, GoalState.TRYING.value
REMOVED = "removed"


@pytest.fixture
def maya() -> Contract:
    return full_contract(MAYA)


def do(contract: Contract, write: Write | None) -> None:
    assert write
    contract.change(write)


def say(contract: Contract, field: str, value: str) -> None:
    """Say something of the kite as the student's own program does."""
    kite = thing(contract, KITE)
    do(contract, writing.say(kite, field, value, MAYA.id, contract.pupils, None))


def take_away(contract: Contract) -> None:
    heads = contract.heads
    kite = thing(contract, KITE)
    do(contract, writing.remove(kite, MAYA.id, contract.pupils, heads, None))


def overstep(maya: Contract, adult: Seat, write: Write) -> None:
    """Write as a changed program of an adult does."""
    forged = copy(maya, actor_of(adult, 7))
    maya.apply([forged.change(write)])


def kite(contract: Contract) -> ElementId:
    return thing(contract, KITE).object


def put(obj: ElementId, field: str, value: str) -> Write:
    return lambda writer: writer.put(obj, field, value)


def anew(obj: ElementId, field: str, value: str) -> Write:
    return lambda writer: writing.put_anew(writer, obj, field, value)


def out(obj: ElementId, field: str, _: str) -> Write:
    return lambda writer: writer.delete(obj, field)


def map_there(obj: ElementId, field: str, _: str) -> Write:
    def write(writer: Writer) -> None:
        writer.make(obj, field, Kind.MAP)

    return write


def readers(contract: Contract) -> tuple[Contract, ...]:
    """The contract as it is open, and as it is opened again."""
    return contract, copy(contract, actor_of(MAYA, 90)), copy(contract, actor_of(OKAFOR, 91))


@pytest.mark.parametrize("adult", ADULTS)
@pytest.mark.parametrize("how", [put, anew, out, map_there])
@pytest.mark.parametrize(
    ("field", "own", "other"),
    [
        ("state", LET_GO, TRYING),
        ("stretch", Stretch.TOO_MUCH.value, Stretch.TOO_EASY.value),
        ("origin", Origin.MINE.value, Origin.REQUIRED.value),
    ],
)
def test_what_the_student_said_still_counts_whatever_others_write_over_it(
    maya: Contract,
    adult: Seat,
    how: Callable[[ElementId, str, str], Write],
    field: str,
    own: str,
    other: str,
) -> None:
    if field != "origin":
        say(maya, field, own)
    overstep(maya, adult, how(kite(maya), field, other))
    for reader in readers(maya):
        goal = thing(reader, KITE)
        assert (goal.string(field), goal.hand(field)) == (own, MAYA.id)
        assert goal.overruled == {field}
        assert named(reader, "goals / kite", field)
    say(maya, field, own)
    assert not thing(maya, KITE).overruled, "it can be said once more, so that others see it"
    assert not named(maya, "goals / kite")


def test_a_goal_that_is_let_go_is_taken_up_again_by_the_student(maya: Contract) -> None:
    say(maya, "state", LET_GO)
    overstep(maya, OKAFOR, put(kite(maya), "state", TRYING))
    say(maya, "state", GoalState.REACHED)
    assert thing(maya, KITE).string("state") == GoalState.REACHED
    overstep(maya, OKAFOR, put(kite(maya), "state", TRYING))
    assert thing(maya, KITE).string("state") == TRYING, "anybody may say how it goes"
    assert not thing(maya, KITE).overruled


def test_a_goal_that_is_let_go_stays_so_where_others_had_not_seen_it(maya: Contract) -> None:
    okafor = copy(maya, actor_of(OKAFOR, 7))
    okafor.splice(INTERESTS, Splice(0, 0, "so that what follows has a greater number " * 9))
    okafor.change(lambda writer: writer.put(kite(okafor), "state", GoalState.REACHED.value))
    say(maya, "state", LET_GO)
    exchange(maya, okafor)
    for reader in readers(maya):
        assert thing(reader, KITE).string("state") == LET_GO
        assert thing(reader, KITE).overruled == {"state"}
        assert not named(reader, "goals / kite"), "nobody did what they may not"


@pytest.mark.parametrize("adult", ADULTS)
@pytest.mark.parametrize("how", [put, out, anew, map_there])
def test_a_goal_that_the_student_took_away_is_brought_back_by_them_alone(
    maya: Contract,
    adult: Seat,
    how: Callable[[ElementId, str, str], Write],
) -> None:
    take_away(maya)
    removal = thing(maya, KITE).removal
    overstep(maya, adult, how(kite(maya), REMOVED, write_heads(maya.heads)))
    for reader in readers(maya):
        assert thing(reader, KITE).removal == removal
        assert named(reader, "goals / kite / removed")
    do(maya, writing.bring_back(thing(maya, KITE), None))
    for reader in readers(maya):
        assert thing(reader, KITE).removal is None
        assert not named(reader, "goals / kite")
    take_away(maya)
    assert thing(maya, KITE).removal


def test_an_earlier_version_shows_what_counted_then(maya: Contract) -> None:
    say(maya, "state", LET_GO)
    dropped = maya.heads
    overstep(maya, OKAFOR, put(kite(maya), "state", TRYING))
    forged = maya.heads
    say(maya, "state", GoalState.REACHED)
    found = []
    for heads in (dropped, forged, maya.heads):
        (goal,) = [one for one in maya.reading(heads).goals if one.id == KITE]
        found.append(goal.state)
    assert found == [GoalState.LET_GO, GoalState.LET_GO, GoalState.REACHED]


def test_what_counts_without_its_words_in_the_document_is_agreed_on_by_nobody(
    maya: Contract,
) -> None:
    say(maya, "state", LET_GO)
    overstep(maya, OKAFOR, put(kite(maya), "state", TRYING))
    (told,) = maya.agreement.broken
    assert "still counts" in told
    say(maya, "state", LET_GO)
    assert not maya.agreement.broken


def test_a_note_stays_one_and_keeps_its_answer(maya: Contract) -> None:
    note = next(one for one in maya.items.notes if one.answer is NoteAnswer.NO)
    for field, value in (("kind", "nothing"), ("answer", NoteAnswer.TOOK.value)):
        (other,) = [one for one in ADULTS if one.id != note.added_by]
        overstep(maya, other, put(note.object, field, value))
    now = maya.items.find(note.id)
    assert isinstance(now, Note)
    assert (now.kind, now.answer) == (note.kind, NoteAnswer.NO)
    assert named(maya, "notes", "kind")


def test_who_promised_and_what_became_of_it_stays_the_word_of_each(maya: Contract) -> None:
    promise = next(one for one in maya.items.promises if one.outcome and one.to == MAYA.id)
    outcomes = promise.outcomes_map
    assert outcomes
    overstep(maya, ADULTS[1], out(outcomes, MAYA.id, ""))
    overstep(maya, ADULTS[1], put(promise.object, "by", ADULTS[1].id))
    now = next(one for one in maya.items.promises if one.id == promise.id)
    assert (now.by, now.outcome) == (promise.by, promise.outcome)


def test_a_section_that_the_student_hid_stays_hidden(maya: Contract) -> None:
    place = SECTION_MAPS[INTERESTS]
    maya.change(lambda writer: writer.put(place, "hidden", True))
    for how in (put, out):
        overstep(maya, OKAFOR, how(place, "hidden", "no"))
        for reader in readers(maya):
            (section,) = [one for one in reader.sections if one.part == INTERESTS]
            assert section.hidden
            assert named(reader, "hidden")


def test_a_thing_of_another_list_comes_back_by_anybody(maya: Contract) -> None:
    """Whose words in it went unseen nobody can tell, and it is no goal of the student's."""
    support = maya.items.supports[0]
    do(maya, writing.remove(support, MAYA.id, maya.pupils, maya.heads, None))
    overstep(maya, OKAFOR, out(support.object, REMOVED, ""))
    assert not maya.items.supports[0].removal
    assert paths.kind(support.id) == paths.SUPPORTS_LIST


@pytest.mark.parametrize("how", [put, anew])
def test_nobody_else_lets_a_goal_go_nor_unsays_how_it_goes_with_that(
    maya: Contract, how: Callable[[ElementId, str, str], Write]
) -> None:
    overstep(maya, OKAFOR, put(kite(maya), "state", GoalState.REACHED))
    overstep(maya, OKAFOR, how(kite(maya), "state", LET_GO))
    assert thing(maya, KITE).string("state") == GoalState.REACHED
    assert named(maya, "goals / kite", "state")


@pytest.mark.parametrize("how", [put, anew])
def test_what_the_student_takes_out_takes_along_what_they_had_said_before(
    maya: Contract, how: Callable[[ElementId, str, str], Write]
) -> None:
    say(maya, "state", LET_GO)
    overstep(maya, OKAFOR, how(kite(maya), "state", TRYING))
    maya.change(lambda writer: writer.delete(kite(maya), "state"))
    assert not thing(maya, KITE).string("state")
