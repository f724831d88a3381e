from dataclasses import fields, is_dataclass

import pytest

from contract_tui.contract.anew import LARGEST, begin_anew
from contract_tui.contract.conference.agenda import PhaseId
from contract_tui.contract.conference.arranging import add_phase, choose_form
from contract_tui.contract.conference.tokens import Floor, Form
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument, Kind, Writer
from contract_tui.contract.items import writing
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.reading import Written
from contract_tui.contract.schema import (
    HEADING_TEXTS,
    INTERESTS,
    SECTION_MAPS,
    SECTIONS_MAP,
    STRUCTURE,
    SUPPORTS,
    TITLE,
    PartId,
    StructureChoice,
)
from contract_tui.contract.text.splice import Splice
from sync_server.access.keys import SigningKey, contract_id
from sync_server.access.proof import Proof, Seat
from sync_server.protocol.ids import Actor
from tests.contract_tui.contract.people import (
    CONTRACT_KEY,
    MAYA,
    MAYA_PROOF,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
)
from tests.contract_tui.full_contract import JONAS, JONAS_PROOF, full_contract
from tests.contract_tui.history.reading import history

AGENDA_NAME = "A walk"
OLD, NEW = SigningKey(bytes(32)), SigningKey(bytes([1] * 32))
FORMER, RENEWER = Actor(bytes([7] * 16)), Actor(bytes([9] * 16))
TODAY = 1_800_000_000


def old(title: str = "My year") -> Contract:
    return Contract.create(FORMER, OLD.public.text, title, 1_700_000_000)


def anew(contract: Contract) -> Contract:
    return begin_anew(contract, RENEWER, NEW.public.text, TODAY)


def document(contract: Contract) -> CrdtDocument:
    return contract._document


def test_the_words_of_today_go_along_and_their_past_does_not() -> None:
    before = old()
    before.splice(INTERESTS, Splice(0, 0, "goats and 555-1234"))
    before.splice(INTERESTS, Splice(5, 18, ""))
    before.splice(SUPPORTS, Splice(0, 0, "a bench\nin the sun"))
    before.choose_structure(StructureChoice.TOGETHER)
    after = anew(before)
    assert after.id == contract_id(NEW.public)
    assert after.title == "My year"
    assert after.text(INTERESTS).text == "goats"
    assert after.text(SUPPORTS).text == "a bench\nin the sun"
    assert after.structure_choice is StructureChoice.TOGETHER
    assert b"555" not in b"".join(after.changes_since())
    assert {actor for part in after.texts for *_, actor in after.text(part).author_runs()} == {
        RENEWER
    }
    assert after.seats == {}
    assert after.set_aside == []


def test_each_text_is_one_turn_of_today() -> None:
    before = old()
    before.splice(SUPPORTS, Splice(0, 0, "a bench"))
    before.splice(STRUCTURE, Splice(0, 0, "s" * (2 * LARGEST + 1)))
    before.choose_structure(StructureChoice.STEPS)
    after = anew(before)
    turns = history(after).turns
    assert [turn.section for turn in turns] == [TITLE, SUPPORTS, STRUCTURE, STRUCTURE]
    assert {turn.at.timestamp() for turn in turns if turn.at} == {TODAY}
    assert after.text(STRUCTURE).text == before.text(STRUCTURE).text
    assert len(after.changes_since()) == 1 + len(["key", TITLE, SUPPORTS, "s", "s", "s", "choice"])


def test_a_renamed_a_hidden_and_a_moved_section_stay_so() -> None:
    before = old()

    def change(writer: Writer) -> None:
        writer.splice(HEADING_TEXTS[INTERESTS], Splice(0, 0, "What I love"))
        writer.put(SECTION_MAPS[SUPPORTS], "hidden", True)
        writer.put(SECTION_MAPS[STRUCTURE], "pos", "a")

    document(before).transact(change)
    before._read_outline()
    shown = [(s.part, s.heading, s.hidden, s.position) for s in before.sections]
    assert shown[0][0] == STRUCTURE
    assert [(s.part, s.heading, s.hidden, s.position) for s in anew(before).sections] == shown


def test_an_added_section_goes_along_with_its_words() -> None:
    before = old()

    def change(writer: Writer) -> None:
        place = writer.make(SECTIONS_MAP, "dreams", Kind.MAP)
        writer.splice(writer.make(place, "heading", Kind.TEXT), Splice(0, 0, "Dreams"))
        writer.splice(writer.make(place, "body", Kind.TEXT), Splice(0, 0, "the sea"))
        writer.put(place, "pos", "n")
        writer.put(place, "hidden", False)

    document(before).transact(change)
    before._read_outline()
    after = anew(before)
    assert [s.heading for s in after.sections] == [s.heading for s in before.sections]
    assert after.text(PartId("dreams")).text == "the sea"
    assert after.set_aside == []


def test_a_contract_without_a_word_begins_without_a_word() -> None:
    after = anew(old(""))
    assert (after.title, after.text(INTERESTS).text) == ("", "")
    assert len(after.changes_since()) == len(["the first", "the key"])


def renewed_by(person: Seat, proof: Proof) -> Contract:
    """The full contract, begun anew by somebody who sits in it then; the others come in later."""
    after = begin_anew(full_contract(), actor_of(person, 5), CONTRACT_KEY.public.text, TODAY)
    after.add_seat(person, proof)
    return after


@pytest.mark.parametrize("by", [(MAYA, MAYA_PROOF), (OKAFOR, OKAFOR_PROOF)])
def test_goals_promises_and_notes_go_along_as_they_stand(by: tuple[Seat, Proof]) -> None:
    before, after = full_contract().reading(), renewed_by(*by)
    for person, proof in ((MAYA, MAYA_PROOF), (OKAFOR, OKAFOR_PROOF), (JONAS, JONAS_PROOF)):
        after.write_as(actor_of(person, 6))
        after.add_seat(person, proof)
    now = after.reading()
    assert after.set_aside == []
    for kind in ("supports", "goals", "promises"):
        assert [plain(one) for one in getattr(now, kind)] == [
            plain(one) for one in getattr(before, kind)
        ]
    assert now.revisit == before.revisit
    assert [(one.text.text, one.at) for one in now.reflections] == [
        (one.text.text, one.at) for one in before.reflections
    ]
    assert [(one.kind, one.text.text, one.about, one.quoted, one.answer) for one in now.notes] == [
        (one.kind, one.text.text, one.about, one.quoted, one.answer) for one in before.notes
    ]
    assert any(one.quoted for one in before.notes)


def plain(value: object) -> object:
    """What is read of a thing, whoever wrote it."""
    if isinstance(value, Written):
        return value.text
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, SeatEntry):
        return [plain(getattr(value, one.name)) for one in fields(value)]
    return value


def test_agreements_and_what_was_taken_away_stay_behind() -> None:
    before = full_contract()
    goal = before.items.goals[0]
    away = writing.remove(goal, MAYA.id, before.pupils, before.heads, None)
    assert away
    before.change(away)
    after = begin_anew(before, RENEWER, NEW.public.text, TODAY)
    assert [one.id for one in after.items.goals] == [one.id for one in before.items.goals[1:]]
    assert after.agreement.standings == ()
    assert b"agreements" not in b"".join(after.changes_since()[1:])


def test_whoever_promises_is_called_by_name_until_they_come_in() -> None:
    after = renewed_by(MAYA, MAYA_PROOF)
    theirs = [one for one in after.reading().promises if one.by and one.by.name == OKAFOR.name]
    assert theirs
    assert not any(one.by and one.by.proven for one in theirs)
    after.add_seat(OKAFOR, OKAFOR_PROOF)
    assert {one.by for one in after.items.promises} >= {OKAFOR.id}


def test_a_note_stays_with_its_words_where_some_of_them_are_covered() -> None:
    before = full_contract()
    note = next(one for one in before.reading().notes if len(one.quoted) > 2)
    part = PartId(str(note.about))
    text = before.text(part)
    at = text.text.index(note.quoted)
    writer = before.author(text.author_at(at)).id
    assert before.cover(part, text.ids[at : at + 1], "c", writer)
    after = begin_anew(before, RENEWER, NEW.public.text, TODAY)
    (found,) = [one for one in after.reading().notes if one.id == note.id]
    assert (found.about, found.quoted) == (part, note.quoted[1:])


def test_the_agenda_goes_along_and_conferences_stay_behind() -> None:
    before = old()
    assert AGENDA_NAME not in [one.name for one in anew(before).conferences.agenda.phases]
    before.change(choose_form(before.conferences.agenda, Form.OWN) or (lambda _: None))
    agenda = before.conferences.agenda
    walk = add_phase(agenda, PhaseId("w"), AGENDA_NAME, 4, Floor.EVERYBODY, "Z")
    before.change(walk)
    after = anew(before)
    after.add_seat(MAYA, MAYA_PROOF)
    found = after.conferences.agenda
    assert (found.form, found.phases[-1].name) == (Form.OWN, AGENDA_NAME)
    assert [one.name for one in found.phases] == [
        one.name for one in before.conferences.agenda.phases
    ]
    assert after.conferences.all == ()
