from contract_tui.contract.conference import writing as conferring
from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.contract.contract import Contract
from contract_tui.contract.items import paths, writing
from contract_tui.contract.items.rights import students
from contract_tui.contract.items.tokens import NoteAnswer, NoteKind, Outcome
from contract_tui.contract.reading import Foreign, Typed
from contract_tui.contract.schema import INTERESTS, SUPPORTS, TITLE, PartId
from contract_tui.contract.text.splice import Splice
from sync_server.access.proof import Seat
from tests.contract_tui.contract.conference.table import Table, current, do
from tests.contract_tui.contract.people import BEGINNING, MAYA, OKAFOR
from tests.contract_tui.full_contract import DAY, JONAS, KITE, READING_ALOUD, full_contract


def put(contract: Contract, part: PartId, at: int, text: str) -> None:
    contract.splice(part, Splice(at, at, text))


def remove(contract: Contract, person: Seat, kind: str, key: str) -> None:
    found = contract.items.find(paths.item(kind, key))
    assert found is not None
    pupils = students(contract.roster)
    write = writing.remove(found, person.id, pupils, contract.heads, None)
    assert write is not None
    contract.change(write)


def test_everything_is_read_with_who_wrote_it() -> None:
    reading = full_contract().reading()
    kite, aloud = reading.goals
    assert kite.matters.writers == ("Maya",)
    assert [step.what.text for step in kite.steps] == [
        *("Draw the plan", "Find light wood", "Sew the tail", "Try it on the hill")
    ]
    assert [step.by.name if step.by else None for step in kite.steps] == [
        *("Maya", "Jonas", "Maya", None)
    ]
    assert (aloud.what.writers, aloud.success.writers) == (("Ms Okafor",), ("Maya",))
    assert [(one.by.name, one.to.name) for one in reading.promises if one.by and one.to] == [
        ("Maya", "Ms Okafor"),
        ("Ms Okafor", "Maya"),
        ("Jonas", "Maya"),
        ("Maya", "Jonas"),
    ]
    assert [one.outcome for one in reading.promises] == [
        *(Outcome.NOT_SAID, Outcome.KEPT, Outcome.NOT_SAID, Outcome.NOT_SAID)
    ]
    assert [(one.by.name, one.at) for one in reading.reflections] == [
        ("Maya", BEGINNING + 20 * DAY),
        ("Jonas", BEGINNING + 30 * DAY),
    ]
    assert [support.state for support in reading.supports] == ["helps", "trying", "wanted"]
    assert reading.revisit == "2024-03-14"


def test_a_note_is_read_with_its_place_and_its_answer() -> None:
    taken, declined, wondering = full_contract().reading().notes
    assert {one.about for one in (taken, declined, wondering)} == {SUPPORTS}
    assert (taken.quoted, taken.answer, taken.by.name) == ("quiet", NoteAnswer.TOOK, "Ms Okafor")
    assert (declined.answer, declined.answer_text.text) == (
        NoteAnswer.NO,
        "I need it for the plans.",
    )
    assert wondering.kind is NoteKind.WONDERING


def test_where_everybody_stands_is_told_of_today_alone() -> None:
    contract = full_contract()
    heads, reading = contract.heads, contract.reading()
    assert reading.agreement is not None
    told = {one.person.name: one.agrees for one in reading.agreement.standings}
    assert told == {"Maya": True, "Ms Okafor": True, "Jonas": False}
    put(contract, SUPPORTS, 0, "x")
    assert contract.reading(heads).agreement is None


def test_an_older_version_reads_as_it_was() -> None:
    contract = full_contract()
    heads, before = contract.heads, contract.reading()
    put(contract, paths.part_of(KITE, "what"), 0, "I ")
    remove(contract, MAYA, paths.GOALS_LIST, "reading")
    then = contract.reading(heads)
    assert (then.goals, then.promises, then.notes) == (before.goals, before.promises, before.notes)
    assert [one.what.text for one in contract.reading().goals] == ["I Build a kite that flies"]


def test_what_was_taken_away_is_not_read() -> None:
    contract = full_contract()
    remove(contract, MAYA, paths.PROMISES_LIST, "say")
    remove(contract, MAYA, paths.REFLECTIONS_LIST, "first")
    reading = contract.reading()
    assert reading.promises[0].what.text == "I ask on Mondays, and only then."
    assert [one.by.name for one in reading.reflections] == ["Jonas"]


def test_words_in_the_students_own_texts_that_are_not_theirs_are_named() -> None:
    contract = full_contract(JONAS)
    matters = paths.part_of(READING_ALOUD, "matters")
    put(contract, matters, 3, "dear ")
    put(contract, paths.part_of(READING_ALOUD, "what"), 0, "Please: ")
    goal = contract.reading().goals[1]
    assert goal.matters.text == "My dear cousin likes it when I read to her."
    assert goal.matters.foreign == (Foreign("dear ", "Jonas", 3),)
    assert goal.what.foreign == ()


def test_words_put_into_somebodys_reflection_are_named() -> None:
    contract = full_contract(OKAFOR)
    thought = paths.part_of(paths.item(paths.REFLECTIONS_LIST, "first"), "text")
    put(contract, thought, 0, "Good. ")
    assert contract.reading().reflections[0].text.foreign == (Foreign("Good. ", "Ms Okafor", 0),)


def test_covered_words_stay_covered_wherever_they_are_read() -> None:
    contract = full_contract()
    heads, part = contract.heads, paths.part_of(KITE, "together_with")
    noor = contract.text(part).ids[:4]
    assert contract.cover(part, noor, "c", MAYA.id)
    assert contract.reading().goals[0].together_with.text == " from the other class"
    assert contract.reading(heads).goals[0].together_with.text == "▒▒▒▒ from the other class"
    assert [one.kind for one in contract.reading().notes] == [
        *(NoteKind.SUGGESTION, NoteKind.SUGGESTION, NoteKind.WONDERING)
    ]


def test_covered_words_are_covered_where_a_note_quotes_them() -> None:
    contract = full_contract()
    heads, body = contract.heads, contract.text(SUPPORTS)
    at = body.text.index("quiet")
    assert contract.cover(SUPPORTS, body.ids[at : at + 5], "c", MAYA.id)
    assert (contract.reading().notes[0].quoted, contract.reading().notes[0].about) == ("", SUPPORTS)
    assert contract.reading(heads).notes[0].quoted == "▒▒▒▒▒"


def test_whose_words_are_in_doubt_is_said_of_goals_too() -> None:
    contract = full_contract()
    kite = contract.reading(None, {contract.text(SUPPORTS).ids[0].actor: 0}).goals[0]  # type: ignore[dict-item]
    assert (kite.matters.writers, kite.matters.in_doubt) == ((), ("Maya",))
    assert kite.matters.by == ("somebody in Maya’s name",)


def test_what_somebody_was_asked_to_type_is_read_as_it_was_known_at_each_version() -> None:
    table = Table()
    table.begin(table.maya)
    table.maya.splice(INTERESTS, Splice(0, 0, "bees "))
    table.meet()
    jonas, maya = table.jonas, table.maya
    jonas.splice(INTERESTS, Splice(5, 5, "honey"))
    jonas.splice(TITLE, Splice(0, 0, "Our "))
    versions = [jonas.heads]
    for key, part in (("k", INTERESTS), ("t", TITLE)):
        text = jonas.text(part)
        do(jonas, conferring.insist(current(jonas), key, text.object, text.ids))
    versions.append(jonas.heads)
    table.meet()
    text = maya.text(INTERESTS)
    do(maya, conferring.confirm(current(maya), "k", text.object, text.ids[5:]))
    versions.append(maya.heads)
    do(maya, conferring.refuse(current(maya), "k", text.object, text.ids[5:7]))
    told = [typed(maya.reading(one).sections[0].typed) for one in (*versions, None)]
    assert told == [
        [],
        [("honey", 5, Confirmation.NOT_YET)],
        [("honey", 5, Confirmation.CONFIRMED)],
        [("ho", 5, Confirmation.NOT_MINE), ("ney", 7, Confirmation.CONFIRMED)],
    ]
    assert typed(maya.reading().title_typed) == [("Our ", 0, Confirmation.NOT_YET)]
    (title,) = maya.reading().title_typed
    assert title.said == "typed by Jonas, not confirmed yet by Maya"


def typed(passages: tuple[Typed, ...]) -> list[tuple[str, int, Confirmation]]:
    return [(one.text, one.start, one.confirmation) for one in passages]
