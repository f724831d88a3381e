"""Nobody crowds out of a conference what others noted, whatever a program of theirs writes."""

from collections.abc import Iterable

from contract_tui.contract.conference import writing
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument, Heads, Value
from contract_tui.contract.names import ObjectId
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.places import write_place
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Item
from sync_server.protocol.operations import ElementId
from tests.contract_tui.contract.conference.table import (
    PHASES,
    Table,
    current,
    do,
    opened,
    press,
    put,
)
from tests.contract_tui.contract.people import (
    MAYA,
    OKAFOR,
)
from tests.contract_tui.full_contract import JONAS


def crowd(who: Contract, key: str, names: Iterable[str], value: Item = "1 0") -> None:
    """Fill a map of the conference, as a changed program would to crowd out the others."""
    put(who, (current(who).key, key), dict.fromkeys(names, value))


def test_nobody_crowds_out_the_steps_of_others_whatever_they_note() -> None:
    table = opened()
    table.go_on(table.maya)
    table.meet()
    crowd(table.jonas, "moves", (f"!{number}" for number in range(2_000)))
    crowd(table.jonas, "moves", (f"a{number}@{JONAS.id}" for number in range(2_000)))
    table.meet()
    for who in table.all:
        assert current(who).path == (PHASES[0], PHASES[1])
        assert current(who).started_by == OKAFOR.id


def test_nobody_crowds_out_what_others_were_asked_to_write_or_confirmed() -> None:
    table = opened()
    table.okafor.splice(INTERESTS, Splice(0, 0, "bees"))
    text = table.okafor.text(INTERESTS)
    do(table.okafor, writing.insist(current(table.okafor), "k", text.object, text.ids))
    table.meet()
    do(table.maya, writing.confirm(current(table.maya), "k", text.object, text.ids))
    table.meet()
    for key, value in (("insisted", write_place(text.object, text.ids)), ("confirmed", "x")):
        crowd(table.jonas, key, (f"!{number}" for number in range(1_000)), value)
    table.meet()
    assert current(table.maya).insisted["k"].by == OKAFOR.id
    assert current(table.maya).confirmed == {"k": frozenset(text.ids)}


def test_nobody_crowds_out_who_stands_by() -> None:
    table = opened()
    name = f"{OKAFOR.id}@{MAYA.id}"
    do(table.maya, writing.stand_by(current(table.maya), name, "signed"))
    table.meet()
    crowd(table.jonas, "standby", (f"!{number}" for number in range(64)))
    crowd(table.jonas, "standby", (f"{JONAS.id}@{number:016x}" for number in range(64)))
    table.meet()
    assert current(table.okafor).standby[name] == "signed"


def test_so_much_of_each_person_is_read_and_no_more() -> None:
    table = opened()
    do(table.jonas, writing.stand_by(current(table.jonas), f"{JONAS.id}@{0:016x}", "signed"))
    crowd(table.jonas, "standby", (f"{JONAS.id}@{number:016x}" for number in range(1, 64)))
    assert len(current(table.jonas).standby) == 64
    crowd(table.jonas, "standby", (f"{JONAS.id}@{number:016x}" for number in range(64, 70)))
    assert len(current(table.jonas).standby) == 64


def test_nobody_crowds_out_the_entries_of_others() -> None:
    table = Table()
    entry: Item = {"number": 1, "moves": {f"open@{JONAS.id}": "1 0"}}
    for number in range(16):
        put(table.jonas, (), {f"x{number}": entry})
    table.meet()
    do(
        table.maya,
        writing.begin(
            "mine", 1, table.maya.conferences.agenda, MAYA.id, press(table.maya), table.maya.heads
        ),
    )
    table.meet()
    assert MAYA.id in current(table.okafor).people


class Counting(CrdtDocument):
    """A document that counts how often something is looked up in it."""

    reads = 0

    def found(
        self, obj: ObjectId, key: str | int, heads: Heads | None = None
    ) -> tuple[Value, ElementId | None]:
        self.reads += 1
        return super().found(obj, key, heads)


def counted(who: Contract) -> tuple[Contract, Counting]:
    """The same contract, opened once more where it is counted what is read."""
    document = Counting(who.actor)
    document.apply(who.changes_since())
    return Contract(document, who.id), document


def test_what_somebody_floods_the_conferences_with_is_read_once_and_not_with_every_key() -> None:
    table = opened()
    table.go_on(table.maya)
    table.end(table.maya)
    table.begin(table.maya)
    table.meet()
    entries: list[Item] = [{"number": 1}, {"number": 900}, {"number": "x"}, {}]
    for kind, entry in enumerate(entries):
        put(table.jonas, (), {f"!{kind}-{number}": entry for number in range(250)})
    put(table.jonas, ("c1", "moves"), {f"x{number}@{MAYA.id}": "1 0" for number in range(1_000)})
    table.meet()
    maya, document = counted(table.maya)
    before = maya.conferences.all
    assert [one.number for one in before] == [1, 2]
    assert before[0].path == (PHASES[0], PHASES[1])
    document.reads = 0
    maya.splice(INTERESTS, Splice(0, 0, "bees"))
    assert maya.conferences.all is before
    assert document.reads == 0
    table.go_on(maya)
    assert current(maya).path == (PHASES[0], PHASES[1])
    assert maya.conferences.all[0] is before[0]
    assert document.reads < 200, "nothing that somebody floods it with is read again"
