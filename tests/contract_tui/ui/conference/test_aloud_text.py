"""What is read aloud of a contract, and in which order."""

from __future__ import annotations

from contract_tui.session.session import Session
from contract_tui.ui.conference.aloud_text import paragraphs
from tests.contract_tui.ui.conference.sitting_together import STUDENT
from tests.contract_tui.ui.sitting import ALONE, Sitting


async def test_the_students_words_come_first_and_no_note_and_no_answer_is_read(
    sitting: Sitting,
) -> None:
    library = sitting.libraries[STUDENT]
    session = await Session.open(library, sitting.contract, world=ALONE)
    reading = session.contract.reading(answers=False)
    assert reading.agreement is None
    assert reading.notes
    read = paragraphs(reading)
    assert read[0].kind == "title"
    assert [one.text for one in read if one.kind == "part"][:3] == [
        "Interests",
        "Supports needed",
        "Structure wanted",
    ]
    assert "Promises" in [one.text for one in read if one.kind == "part"]
    assert "Agreement" not in [one.text for one in read]
    said = {note.text.text.strip() for note in reading.notes}
    assert not said & {one.text for one in read}
    assert read == paragraphs(session.contract.reading())
    await session.close()


async def test_every_line_of_a_text_is_a_paragraph_and_labels_say_what_comes(
    sitting: Sitting,
) -> None:
    library = sitting.libraries[STUDENT]
    session = await Session.open(library, sitting.contract, world=ALONE)
    read = paragraphs(session.contract.reading(answers=False))
    assert not any("\n" in one.text for one in read if one.kind == "words")
    assert all(one.text for one in read)
    at = next(n for n, one in enumerate(read) if one.text == "How I’ll know I have succeeded")
    assert (read[at].kind, read[at + 1].kind) == ("label", "words")
    await session.close()
