"""Where notes stand while two people edit around them, and what becomes of a suggestion."""

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.heads import write_heads
from contract_tui.contract.items import notes, paths, writing
from contract_tui.contract.items.notes import Located, Places, Taking, taking
from contract_tui.contract.items.tokens import NoteAnswer, NoteKind
from contract_tui.contract.items.values import Note
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.places import write_character, write_place
from contract_tui.contract.text.splice import Splice
from sync_server.access.proof import Seat
from tests.contract_tui.contract.people import (
    MAYA,
    OKAFOR,
    OKAFOR_PROOF,
    actor_of,
    copy,
    exchange,
    new_contract,
)
from tests.searching import LONG_STORIES

KEY = "aa"
WORDS = "I like cats and mountains."
START, END = 7, 11


def two(words: str = WORDS) -> tuple[Contract, Contract]:
    """Maya's contract with her interests, and her teacher's copy."""
    maya = new_contract()
    maya.add_seat(OKAFOR, OKAFOR_PROOF)
    maya.splice(INTERESTS, Splice(0, 0, words))
    return maya, copy(maya, actor_of(OKAFOR))


def suggest(contract: Contract, by: Seat, splice: Splice, **more: str) -> None:
    text = contract.text(INTERESTS)
    said: dict[str, writing.Plain] = {
        "kind": NoteKind.SUGGESTION.value,
        "by": by.id,
        "about": write_place(text.object, text.ids[splice.start : splice.end]),
        "after": write_character(text.anchor_at(splice.start)),
        **more,
    }
    words = {"text": splice.text}
    contract.change(writing.add(paths.NOTES_LIST, KEY, said, words, turn_at=None))


def note_of(contract: Contract) -> Note:
    (note,) = contract.items.notes
    return note


def places(contract: Contract) -> Places:
    return Places(contract.items, contract.texts, contract.text)


def located(contract: Contract) -> Located:
    found = places(contract).find(note_of(contract))
    assert found is not None
    return found


def take(contract: Contract) -> Taking:
    """Take the suggestion as the student does."""
    note = note_of(contract)
    found = taking(located(contract), contract.text(note.part("text")).text)
    words = (contract.texts[INTERESTS], found.start, found.end)
    noted = notes.answering(note, NoteAnswer.TOOK, words)
    contract.rewrite(INTERESTS, found.splices, None, noted)
    return found


edits = st.lists(
    st.tuples(st.booleans(), st.integers(0, 40), st.integers(0, 5), st.text("xyz ", max_size=3)),
    max_size=8,
)


def write(contract: Contract, at: int, count: int, words: str) -> None:
    text = contract.text(INTERESTS).text
    start = min(at, len(text))
    splice = Splice(start, min(len(text), start + count), words)
    if not splice.is_empty:
        contract.splice(INTERESTS, splice)


@LONG_STORIES
@given(edits)
def test_a_note_stays_at_its_words_whatever_two_people_write_around_them(
    deeds: list[tuple[bool, int, int, str]],
) -> None:
    maya, okafor = two()
    named = maya.text(INTERESTS).ids[START:END]
    suggest(okafor, OKAFOR, Splice(START, END, "goats"))
    for is_mayas, at, count, words in deeds:
        write(maya if is_mayas else okafor, at, count, words)
    exchange(maya, okafor)
    for contract in (maya, okafor, Contract.open(maya.changes_since(), actor_of(MAYA, 9))):
        ids = contract.text(INTERESTS).ids
        found = [one for start, end in located(contract).stretches for one in ids[start:end]]
        assert found == [one for one in ids if one in named]
        assert located(contract).is_gone == (not found)
        assert 0 <= located(contract).at <= len(ids)


@LONG_STORIES
@given(edits)
def test_nothing_that_others_wrote_is_lost_when_a_suggestion_is_taken(
    deeds: list[tuple[bool, int, int, str]],
) -> None:
    maya, okafor = two()
    suggest(okafor, OKAFOR, Splice(START, END, "GOATS"))
    exchange(maya, okafor)
    for is_mayas, at, count, words in deeds:
        if is_mayas:
            write(maya, at, count, words)
    before = maya.text(INTERESTS).text
    gone = {at for start, end in located(maya).stretches for at in range(start, end)}
    found = take(maya)
    now = maya.text(INTERESTS).text
    assert now[found.start : found.end] == "GOATS"
    rest = "".join(one for at, one in enumerate(before) if at not in gone)
    assert now[: found.start] + now[found.end :] == rest
    for is_mayas, at, count, words in deeds:
        if not is_mayas:
            write(okafor, at, count, words)
    theirs = [one for one in okafor.text(INTERESTS).ids if one.actor == okafor.actor]
    exchange(maya, okafor)
    assert maya.text(INTERESTS).text == okafor.text(INTERESTS).text
    assert set(theirs) <= set(maya.text(INTERESTS).ids)
    for contract in (maya, okafor):
        became = places(contract).became(note_of(contract))
        words = "".join(contract.text(INTERESTS).text[start:end] for start, end in became)
        assert words == "GOATS"
        assert note_of(contract).answer is NoteAnswer.TOOK


def test_what_is_taken_is_taken_back_at_once_and_stays_answered() -> None:
    maya, okafor = two()
    suggest(okafor, OKAFOR, Splice(START, END, "goats"))
    exchange(maya, okafor)
    take(maya)
    assert maya.text(INTERESTS).text == "I like goats and mountains."
    maya.undo(INTERESTS)
    assert maya.text(INTERESTS).text == WORDS
    assert note_of(maya).answer is NoteAnswer.TOOK
    assert places(maya).became(note_of(maya)) == ()


def test_words_come_at_the_very_beginning_where_they_were_suggested_there() -> None:
    maya, okafor = two()
    suggest(okafor, OKAFOR, Splice(0, 0, "Well: "))
    exchange(maya, okafor)
    take(maya)
    assert maya.text(INTERESTS).text == f"Well: {WORDS}"


def test_a_place_inside_what_goes_is_found_as_well() -> None:
    found = taking(Located(INTERESTS, None, ((2, 6),), 4), "new")
    text = "abcdefgh"
    for splice in found.splices:
        text = splice.apply(text)
    assert text == "abnewgh"
    assert (found.start, found.end) == (2, 5)


def test_what_is_about_nothing_of_the_contract_has_no_place() -> None:
    for about, after in (
        ("nonsense", ""),
        ("7@" + "ab" * 16, ""),
        (None, "nonsense"),
    ):
        maya, okafor = two()
        more = {"after": after} if about is None else {"about": about, "after": after}
        suggest(okafor, OKAFOR, Splice(0, 1, "x"), **more)
        assert places(okafor).find(note_of(okafor)) is None
        assert maya.items.notes == ()


# What a changed program wrote


def forge(contract: Contract, by: Seat, field: str, value: str, start: int = 5) -> Contract:
    """The contract after somebody wrote a value into the note, whoever may."""
    forged = copy(contract, actor_of(by, start))
    obj = note_of(forged).object
    raw = forged.change(lambda writer: writer.put(obj, field, value))
    return Contract.open([*contract.changes_since(), raw], actor_of(MAYA, start + 50))


def test_only_the_students_answer_counts() -> None:
    _, okafor = two()
    suggest(okafor, OKAFOR, Splice(START, END, "goats"))
    read = forge(okafor, OKAFOR, "answer", NoteAnswer.TOOK)
    assert note_of(read).answer is NoteAnswer.NOT_SAID
    assert any("answer" in sentence for sentence in read.set_aside)
    place = write_place(read.texts[INTERESTS], read.text(INTERESTS).ids[:4])
    assert places(read).became(note_of(forge(okafor, OKAFOR, "became", place))) == ()
    assert note_of(forge(okafor, MAYA, "answer", NoteAnswer.NO)).answer is NoteAnswer.NO


def test_nobody_else_makes_a_note_say_something_else() -> None:
    _, okafor = two()
    suggest(okafor, OKAFOR, Splice(START, END, "goats"))
    about = write_place(okafor.texts[INTERESTS], okafor.text(INTERESTS).ids[:1])
    for field, value in (("kind", NoteKind.DISSENT.value), ("about", about), ("after", "")):
        read = forge(okafor, MAYA, field, value)
        note = note_of(read)
        assert note.string(field) != value or not note.string(field)
        assert note.added_by == OKAFOR.id


def test_nobody_else_withdraws_a_note() -> None:
    _, okafor = two()
    suggest(okafor, OKAFOR, Splice(START, END, "goats"))
    now = write_heads(okafor.heads)
    assert note_of(forge(okafor, MAYA, "removed", now)).removal is None
    assert note_of(forge(okafor, OKAFOR, "removed", now)).removal is not None
