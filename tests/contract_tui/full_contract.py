"""One contract with everything in it: what three people might really sign and put on the fridge.

It is the same to the byte each time, so that what is made of it can be compared with what was.
"""

from collections.abc import Mapping
from functools import cache

from contract_tui.contract.agreement.content import FORMAT
from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.contract import Contract
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.positions import between
from contract_tui.contract.items.rights import students
from contract_tui.contract.items.tokens import (
    GoalState,
    NoteAnswer,
    NoteKind,
    Origin,
    Outcome,
    Stretch,
    SupportState,
)
from contract_tui.contract.items.values import Goal, Item, Promise
from contract_tui.contract.items.writing import Plain
from contract_tui.contract.schema import (
    INTERESTS,
    STRUCTURE,
    SUPPORTS,
    PartId,
    StructureChoice,
)
from contract_tui.contract.shape import LISTED
from contract_tui.contract.text.places import write_place
from contract_tui.contract.text.splice import Splice
from sync_server.access.answer import SignedAnswer, sign_answer
from sync_server.access.keys import SigningKey
from sync_server.access.proof import Role, Seat
from tests.contract_tui.contract.people import (
    BEGINNING,
    CONTRACT,
    CONTRACT_KEY,
    MAYA,
    MAYA_PROOF,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    seat,
)

JONAS, JONAS_PROOF = seat("Jonas", Role.PARENT)
DAY = 86_400
KITE, READING_ALOUD = paths.item("goals", "kite"), paths.item("goals", "reading")


def full_contract(person: Seat = MAYA) -> Contract:
    """The contract as it is on somebody's computer, to be written on."""
    return Contract.open(_changes(), actor_of(person, 1), CONTRACT)


@cache
def _changes() -> tuple[bytes, ...]:
    key = CONTRACT_KEY.public.text
    desk = _Desk(Contract.create(actor_of(MAYA), key, "Maya’s learning contract", BEGINNING))
    desk.contract.add_seat(MAYA, MAYA_PROOF)
    desk.sit(OKAFOR)
    desk.contract.add_seat(OKAFOR, OKAFOR_PROOF)
    desk.sit(JONAS)
    desk.contract.add_seat(JONAS, JONAS_PROOF)
    _sections(desk)
    _supports(desk)
    _goals(desk)
    _promises(desk)
    _reflections(desk)
    _notes(desk)
    _answers(desk)
    return tuple(desk.contract.changes_since())


def answer(contract: Contract, person: Seat, said: Answer, note: str, at: int) -> None:
    """Somebody says what they say to a contract as it stands."""
    key = SigningKey(person.name.encode().ljust(32, b"."))
    signed = SignedAnswer(FORMAT, contract.answers.digest, contract.heads, said, note, at)
    token = sign_answer(key, CONTRACT, signed)
    contract.change(contract.answers.note(person.id, f"{person.name}-{at}", token))


class _Desk:
    """Three people write at one table, a minute after each other."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.person = MAYA
        self.now = BEGINNING

    def sit(self, person: Seat) -> None:
        self.person = person
        self.contract.write_as(actor_of(person))

    def turn(self) -> int:
        self.now += 60
        return self.now

    def write(self, part: PartId, text: str) -> None:
        end = len(self.contract.text(part).text)
        self.contract.splice(part, Splice(end, end, text), self.turn())

    def add(
        self,
        kind: str,
        key: str,
        words: Mapping[str, str],
        said: Mapping[str, Plain],
        goal: ItemId | None = None,
    ) -> ItemId:
        found = self.contract.items.find(goal) if goal else None
        assert found is None or isinstance(found, Goal)
        within = found.steps_map if found else None
        same = found.steps if found else [one for one in self.contract.items if _kind(one) == kind]
        if "pos" in LISTED[kind].fields:
            said = {**said, "pos": between(same[-1].position if same else "", "", 7)}
        write = writing.add(kind, key, said, words, within=within, turn_at=self.turn())
        self.contract.change(write)
        return paths.step(goal, key) if goal else paths.item(kind, key)

    def say(self, thing: ItemId, field: str, value: Plain) -> None:
        found, pupils = self.contract.items.find(thing), students(self.contract.roster)
        assert found is not None
        write = writing.say(found, field, value, self.person.id, pupils, self.turn())
        assert write is not None
        self.contract.change(write)


def _kind(thing: Item) -> str:
    return paths.kind(thing.id)


def _sections(desk: _Desk) -> None:
    desk.sit(MAYA)
    desk.write(INTERESTS, "Kites and everything else that flies.\n\nI am good at knots.")
    desk.write(SUPPORTS, "It works when it is quiet. It gets in the way when I have to hurry.")
    desk.contract.choose_structure(StructureChoice.CHECK_IN, desk.turn())
    desk.write(STRUCTURE, "Ask me on Mondays, not every day.")
    desk.sit(OKAFOR)
    desk.write(INTERESTS, " She explains them well, too.")
    desk.sit(MAYA)
    desk.contract.change(writing.revisit("2024-03-14", desk.turn()))


def _supports(desk: _Desk) -> None:
    desk.sit(OKAFOR)
    desk.add(
        paths.SUPPORTS_LIST,
        "corner",
        {"what": "The corner by the window", "when": "whenever we read"},
        {"offered_by": OKAFOR.id, "state": SupportState.HELPS, "check_on": "2024-01-15"},
    )
    desk.sit(JONAS)
    desk.add(
        paths.SUPPORTS_LIST,
        "radio",
        {"what": "The radio stays off", "when": ""},
        {"offered_by": JONAS.id, "state": SupportState.TRYING},
    )
    desk.sit(MAYA)
    desk.add(
        paths.SUPPORTS_LIST,
        "time",
        {"what": "More time to think"},
        {"offered_by": "", "state": SupportState.WANTED},
    )


def _goals(desk: _Desk) -> None:
    desk.sit(MAYA)
    kite = desk.add(
        paths.GOALS_LIST,
        "kite",
        {
            "what": "Build a kite that flies",
            "matters": "Grandfather built one, and nobody can show me any more how he did it.",
            "success": "It stays up until I want it down.",
            "evidence": "A film of it, and the plan, so that others can build one.",
            "together_with": "Noor from the other class",
            "structure_note": "Show me the knots once, then let me try.",
        },
        {
            "origin": Origin.MINE,
            "structure_choice": StructureChoice.STEPS,
            "stretch": Stretch.RIGHT,
            "state": GoalState.TRYING,
        },
    )
    steps = (
        ("plan", "Draw the plan", MAYA.id, "2023-12-01", True),
        ("wood", "Find light wood", JONAS.id, "before the holidays", False),
        ("tail", "Sew the tail", MAYA.id, "", False),
        ("hill", "Try it on the hill", "", "2024-02-10", False),
    )
    for key, what, by, when, done in steps:
        said: dict[str, Plain] = {"by": by, "when": when, "done": done}
        desk.add(paths.STEPS_LIST, key, {"what": what}, said, kite)
    desk.sit(OKAFOR)
    desk.add(
        paths.GOALS_LIST,
        "reading",
        {"what": "Read aloud to somebody", "origin_note": "The school asks it of everybody."},
        {
            "origin": Origin.REQUIRED,
            "structure_choice": "",
            "state": GoalState.IDEA,
        },
    )
    desk.sit(MAYA)
    desk.write(paths.part_of(READING_ALOUD, "matters"), "My cousin likes it when I read to her.")
    desk.write(paths.part_of(READING_ALOUD, "success"), "She asks for one more page.")


def _promises(desk: _Desk) -> None:
    maya, okafor, jonas = MAYA.id, OKAFOR.id, JONAS.id
    made = (
        (MAYA, "say", "I say so before I am lost.", maya, okafor, ""),
        (OKAFOR, "ask", "I ask on Mondays, and only then.", okafor, maya, ""),
        (JONAS, "hill", "I come along to the hill.", jonas, maya, "2024-02-10"),
        (MAYA, "film", "I show you the film first.", maya, jonas, "when it is done"),
    )
    for person, key, what, by, to, when in made:
        desk.sit(person)
        said = {"by": by, "to": to, **({"when": when} if when else {})}
        desk.add(paths.PROMISES_LIST, key, {"what": what}, said)
    desk.sit(MAYA)
    promise = desk.contract.items.find(paths.item(paths.PROMISES_LIST, "ask"))
    assert isinstance(promise, Promise)
    write = writing.close_promise(promise, MAYA.id, Outcome.KEPT, desk.turn())
    assert write is not None
    desk.contract.change(write)


def _reflections(desk: _Desk) -> None:
    desk.sit(MAYA)
    desk.add(
        paths.REFLECTIONS_LIST,
        "first",
        {"text": "The first plan was too heavy. I know now why."},
        {"by": MAYA.id, "at": BEGINNING + 20 * DAY},
    )
    desk.sit(JONAS)
    desk.add(
        paths.REFLECTIONS_LIST,
        "father",
        {"text": "I have not seen you this patient before."},
        {"by": JONAS.id, "at": BEGINNING + 30 * DAY},
    )


def _notes(desk: _Desk) -> None:
    body = desk.contract.text(SUPPORTS)
    quiet = body.text.index("quiet")
    place = write_place(body.object, body.ids[quiet : quiet + len("quiet")])
    desk.sit(OKAFOR)
    taken = desk.add(
        paths.NOTES_LIST,
        "taken",
        {"text": "quiet around me"},
        {"kind": NoteKind.SUGGESTION, "by": OKAFOR.id, "about": place},
    )
    desk.sit(JONAS)
    declined = desk.add(
        paths.NOTES_LIST,
        "declined",
        {"text": "and when the phone is away"},
        {"kind": NoteKind.SUGGESTION, "by": JONAS.id, "about": place},
    )
    desk.add(
        paths.NOTES_LIST,
        "wondering",
        {"text": "What would Grandfather have said to this?"},
        {"kind": NoteKind.WONDERING, "by": JONAS.id, "about": place},
    )
    desk.sit(MAYA)
    desk.say(taken, "answer", NoteAnswer.TOOK)
    desk.contract.splice(SUPPORTS, Splice(quiet + 5, quiet + 5, " around me"), desk.turn())
    desk.say(declined, "answer", NoteAnswer.NO)
    desk.write(paths.part_of(declined, "answer_text"), "I need it for the plans.")


def _answers(desk: _Desk) -> None:
    """Jonas agrees with what stood before Maya's last words, the others with what stands."""
    desk.sit(JONAS)
    answer(desk.contract, JONAS, Answer.AGREE, "", BEGINNING + 31 * DAY)
    desk.sit(MAYA)
    desk.write(STRUCTURE, " Mornings are best.")
    answer(desk.contract, MAYA, Answer.AGREE, "", BEGINNING + 32 * DAY)
    desk.sit(OKAFOR)
    answer(desk.contract, OKAFOR, Answer.NOTE, "Mondays at eight?", BEGINNING + 33 * DAY)
