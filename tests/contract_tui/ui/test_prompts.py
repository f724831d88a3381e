"""What stands in empty parts."""

from __future__ import annotations

import pytest

from contract_tui.contract.items import terms
from contract_tui.contract.schema import CONSTANT_SECTIONS, INTERESTS, TITLE, PartId
from contract_tui.contract.shape import LISTED, texts_of
from contract_tui.ui import prompts, prompts_of_lines, prompts_of_others
from contract_tui.ui.prompt import Prompt
from sync_server.access.proof import Role
from tests.contract_tui.contract.people import new_contract

WRITERS = (Role.STUDENT, Role.TEACHER, Role.PARENT)
FIELDS = [(kind, field) for kind in LISTED for field in texts_of(kind)]


def part(kind: str, field: str) -> PartId:
    return PartId(f"goals/1/steps/2/{field}" if kind == "steps" else f"{kind}/1/{field}")


def test_every_text_that_a_contract_can_list_has_its_prompt_and_there_is_no_other() -> None:
    assert set(prompts.ITEMS) == set(FIELDS)
    assert set(prompts.SECTIONS) == set(CONSTANT_SECTIONS)


@pytest.mark.parametrize(
    "asked",
    [
        *(part(*one) for one in FIELDS),
        *CONSTANT_SECTIONS,
        TITLE,
        PartId("more"),
        prompts.AGREEMENT,
        PartId("sections/more/heading"),
    ],
)
def test_everybody_reads_something_of_their_own(asked: PartId) -> None:
    said = [prompts.prompt(asked, role, "Maya") for role in WRITERS]
    assert len(set(said)) == 3
    assert all("{" not in one and "?" in one for one in said)
    assert "?" not in prompts.prompt(asked, Role.OBSERVER, "Maya")
    assert prompts.prompt(asked, None, "Maya") == prompts.prompt(asked, Role.OBSERVER, "Maya")


@pytest.mark.parametrize("asked", prompts_of_others.OF_OTHERS)
def test_nobody_is_asked_in_the_thing_of_another_what_they_want_themselves(
    asked: tuple[str, str],
) -> None:
    said = prompts_of_others.OF_OTHERS[asked]
    own = prompts.ITEMS.get(asked) or prompts_of_lines.DAYS[asked]
    for role in (Role.TEACHER, Role.PARENT):
        assert said.of(role) != own.of(role)
        assert "ould ask" in said.of(role)
    told = {said.said(role, "Maya", "Grandfather") for role in WRITERS}
    assert len(told) == 3
    assert all("?" in one and "{" not in one for one in told)


@pytest.mark.parametrize("shown", [TITLE, INTERESTS, prompts.AGREEMENT, PartId("page/promises")])
def test_a_page_and_a_section_are_no_thing_of_anothers(shown: PartId) -> None:
    assert prompts_of_others.whose(new_contract(), shown, None) is None


def test_what_is_nobodys_yet_is_asked_of_the_student() -> None:
    when = part("support_items", "when")
    assert "Maya" in prompts.prompt(when, Role.TEACHER, "Maya", "")
    assert "ould you offer" in prompts.prompt(when, Role.TEACHER, "Maya")


LINES = [
    prompts_of_lines.NOTE_BESIDE,
    prompts_of_lines.REVISIT,
    *prompts_of_lines.DAYS.values(),
    *prompts_of_lines.EMPTY.values(),
]


@pytest.mark.parametrize("asked", LINES)
def test_lines_and_empty_lists_ask_everybody_something_of_their_own(asked: Prompt) -> None:
    said = [asked.said(role, "Maya") for role in WRITERS]
    assert len(set(said)) == 3
    assert all("{" not in one and "?" in one for one in said)
    assert "?" not in asked.said(Role.OBSERVER, "Maya")


def test_whose_words_are_theirs_alone_is_said_to_the_others() -> None:
    matters = part("goals", "matters")
    assert "Only Maya writes here." in prompts.prompt(matters, Role.PARENT, "Maya")
    assert "Only the student writes here." in prompts.prompt(
        matters, Role.TEACHER, terms.THE_STUDENT
    )
    assert "writes here" not in prompts.prompt(matters, Role.STUDENT, "Maya")


def test_a_sentence_begins_with_a_capital_where_nobody_is_the_student_yet() -> None:
    nameless = prompts.prompt(INTERESTS, Role.TEACHER, terms.THE_STUDENT)
    assert nameless.startswith("The student begins here")
    assert prompts.prompt(INTERESTS, Role.TEACHER, "Maya").startswith("Maya begins here")
    untitled = prompts.prompt(TITLE, Role.TEACHER, terms.THE_STUDENT)
    assert untitled.startswith("You could ask the student: ")


def test_before_they_agree_the_student_is_asked_to_read_it_aloud() -> None:
    begun = prompts.beginnings(prompts.AGREEMENT, Role.STUDENT, "Maya")
    assert begun == (prompts.prompt(prompts.AGREEMENT, Role.STUDENT, "Maya"),)
    assert "read it aloud" in prompts.prompt(prompts.AGREEMENT, Role.PARENT, "Maya")


def test_the_student_is_given_ways_to_begin_and_the_others_a_question() -> None:
    success = part("goals", "success")
    begun = prompts.beginnings(success, Role.STUDENT, "Maya")
    assert "I’ll know I have succeeded when…" in begun
    asked = prompts.prompt(success, Role.TEACHER, "Maya")
    assert prompts.beginnings(success, Role.TEACHER, "Maya") == (asked,)
    promise = part("promises", "what")
    begun = prompts.beginnings(promise, Role.STUDENT, "Maya", "Grandfather")
    assert begun == (prompts.prompt(promise, Role.STUDENT, "Maya", "Grandfather"),)
    more = PartId("more")
    assert prompts.beginnings(more, Role.STUDENT, "") == (prompts.OTHER_SECTION.student,)
