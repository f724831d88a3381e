"""Which lost words somebody has settled: put back, or let go. Nobody is offered them again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from contract_tui.contract.crdt import CrdtDocument, Writer
from contract_tui.contract.items.rights import students
from contract_tui.contract.membership.entries import entries
from contract_tui.contract.membership.seats import Roster, seat_of
from contract_tui.contract.records import Write, begin_turn
from contract_tui.contract.schema import NOTES_MAP
from contract_tui.contract.text.places import BadPlace, read_place, write_place
from contract_tui.contract.values import Item
from sync_server.access.proof import SeatId
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId

KIND = "settled"
Settled = Mapping[ElementId, frozenset[ElementId]]
"""The settled characters of each text, by the object that holds it."""


def settling(
    id_: str, obj: ElementId, elements: Iterable[ElementId], by: SeatId, turn_at: int | None = None
) -> Write:
    """Note that lost words need not be offered any more."""
    entry: Item = {"kind": KIND, "by": by, "about": write_place(obj, elements)}

    def write(writer: Writer) -> None:
        begin_turn(writer, turn_at)
        writer.put(NOTES_MAP, id_, entry)

    return write


def read_settled(document: CrdtDocument, roster: Roster) -> Settled:
    """Read which lost words are settled: by the student, or each letter by whoever wrote it."""
    pupils = students(roster)

    def is_theirs(hand: SeatId, element: ElementId) -> bool:
        return hand in pupils or hand == roster.person(seat_of(Actor(element.actor))).id

    found: dict[ElementId, frozenset[ElementId]] = defaultdict(frozenset)
    for entry in entries(document, NOTES_MAP, ("kind", "by", "about"), roster):
        if entry.strings.get("kind") != KIND or entry.hand is None:
            continue
        try:
            place = read_place(entry.strings.get("about", ""))
        except BadPlace:
            continue
        hand = entry.hand
        found[place.object] |= {one for one in place.elements if is_theirs(hand, one)}
    return found
