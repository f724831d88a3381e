from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Item, Kind, Writer
from contract_tui.contract.heads import MOST_HEADS
from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.past.seen import LATEST, Seen
from contract_tui.contract.schema import INTERESTS, SEEN_MAP, TURNS_LIST
from contract_tui.contract.text.splice import Splice
from sync_server.access.devices import Device
from sync_server.access.keys import new_actor
from sync_server.protocol.ids import Actor, ChangeHash
from tests.contract_tui.contract.people import (
    BEGINNING,
    BODY,
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    exchange,
    new_contract,
)
from tests.contract_tui.contract.test_roster import replacement, tablet

VERSION = "ab" * 32


def two() -> tuple[Contract, Contract]:
    """Maya's copy and Ms Okafor's, who has a seat in both."""
    maya = new_contract()
    okafor = copy(maya, actor_of(OKAFOR))
    okafor.add_seat(OKAFOR, OKAFOR_PROOF)
    exchange(maya, okafor)
    return maya, okafor


def claim(contract: Contract, key: str, at: Item, heads: Item) -> None:
    entry: Item = {"at": at, "heads": heads}
    contract.change(lambda writer: writer.put(SEEN_MAP, key, entry))


def test_a_look_is_seen_by_everybody_and_the_latest_counts() -> None:
    maya, okafor = two()
    okafor.mark_seen(OKAFOR.id, BEGINNING)
    maya.splice(INTERESTS, Splice(0, 0, "birds"))
    exchange(maya, okafor)
    heads = okafor.heads
    okafor.mark_seen(OKAFOR.id, BEGINNING + 60)
    exchange(maya, okafor)
    assert maya.seen == okafor.seen == {OKAFOR.id: Seen(BEGINNING + 60, heads)}
    assert maya.set_aside == []


def test_a_look_begins_no_turn_and_is_no_edit() -> None:
    maya, _ = two()
    before = maya._document.length(TURNS_LIST)
    maya.splice(INTERESTS, Splice(0, 0, "birds"))
    maya.mark_seen(MAYA.id, BEGINNING)
    assert maya._document.length(TURNS_LIST) == before
    assert maya.undo(INTERESTS) is not None
    assert maya.text(INTERESTS).text == ""


def test_a_further_computer_of_hers_and_a_later_start_mark_for_her() -> None:
    maya, okafor = two()
    again = copy(maya, actor_of(MAYA, start=1))
    again.mark_seen(MAYA.id, BEGINNING)
    exchange(okafor, again)
    assert okafor.seen[MAYA.id].at == BEGINNING


def test_a_look_on_another_computer_or_before_a_lost_seat_is_the_same_persons() -> None:
    maya, okafor = two()
    device, proof = tablet()
    there = copy(maya, new_actor(device.key, bytes(8)))
    there.add_device(device, proof)
    there.mark_seen(MAYA.id, BEGINNING)
    exchange(okafor, there)
    assert okafor.seen[MAYA.id].at == BEGINNING
    again, proof = replacement(MAYA)
    later = copy(okafor, actor_of(again))
    later.add_device(Device(again, again.key), proof)
    assert later.seen[again.id].at == BEGINNING
    later.mark_seen(again.id, BEGINNING + 1)
    exchange(okafor, later)
    assert {seat: mark.at for seat, mark in okafor.seen.items()} == {again.id: BEGINNING + 1}
    assert okafor.set_aside == []


def test_what_others_claim_of_somebody_is_ignored_and_named() -> None:
    maya, okafor = two()
    claim(okafor, MAYA.id, BEGINNING, VERSION)
    exchange(maya, okafor)
    assert maya.seen == {}
    assert maya.set_aside == [f"“seen / {MAYA.id}” was written by somebody else."]


def test_a_mark_in_which_somebody_changed_a_value_is_theirs_no_more() -> None:
    maya, okafor = two()
    maya.mark_seen(MAYA.id, BEGINNING)
    exchange(maya, okafor)
    record = okafor._document.get(SEEN_MAP, MAYA.id)
    okafor.change(lambda writer: writer.put(record.object, "at", 5))  # type: ignore[union-attr]
    exchange(maya, okafor)
    assert maya.seen == {}


def test_nobody_and_nonsense_are_set_aside() -> None:
    maya, _ = two()
    claim(maya, "f" * 16, BEGINNING, VERSION)
    claim(maya, MAYA.id, BEGINNING, "yesterday")
    assert maya.seen == {}
    assert maya.set_aside == [
        f"“seen / {MAYA.id}” names no time or no version.",
        f"“seen / {'f' * 16}” is about nobody here.",
    ]


def test_wrong_types_are_set_aside() -> None:
    maya, _ = two()
    for at, heads in ((True, VERSION), ("now", VERSION), (-1, VERSION), (LATEST + 1, VERSION)):
        claim(maya, MAYA.id, at, heads)
        assert maya.seen == {}
        assert maya.set_aside
    claim(maya, MAYA.id, LATEST, VERSION)
    assert maya.seen[MAYA.id].heads == (ChangeHash(bytes.fromhex(VERSION)),)


def test_a_mark_of_a_program_that_writes_strings_as_texts_counts() -> None:
    maya, okafor = two()

    def write(writer: Writer) -> None:
        record = writer.make(SEEN_MAP, MAYA.id, Kind.MAP)
        writer.put(record, "at", BEGINNING)
        heads = writer.make(record, "heads", Kind.TEXT)
        writer.splice(heads, Splice(0, 0, VERSION))

    maya.change(write)
    assert maya.seen[MAYA.id].at == BEGINNING
    exchange(maya, okafor)
    record = okafor._document.get(SEEN_MAP, MAYA.id)
    text = okafor._document.get(record.object, "heads")  # type: ignore[union-attr]
    okafor.change(lambda writer: writer.splice(text.object, Splice(0, 1, "b")))  # type: ignore[union-attr]
    assert okafor.seen == {}


def test_more_heads_than_a_mark_can_name_wait_for_the_next_change() -> None:
    maya, _ = two()
    for number in range(MOST_HEADS + 1):
        other = Actor(number.to_bytes(16, "big"))
        maya.apply(wrote_alone(other))
    assert len(maya.heads) == MOST_HEADS + 2
    assert maya.mark_seen(MAYA.id, BEGINNING) is None
    maya.splice(INTERESTS, Splice(0, 0, "birds"))
    assert maya.mark_seen(MAYA.id, BEGINNING) is not None


def wrote_alone(person: Actor) -> list[bytes]:
    """A change that somebody made upon nothing but the first."""
    document = blank_document(person)
    change = document.transact(lambda writer: writer.splice(BODY, Splice(0, 0, "x")))
    assert change is not None
    return [change.raw]
