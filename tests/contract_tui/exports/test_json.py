import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.contract.reading import Reading, Typed, Written
from contract_tui.contract.schema import INTERESTS, SUPPORTS
from contract_tui.exports import plain
from contract_tui.exports.json import to_json, turns_to_json
from contract_tui.history.history import ToldTurn
from sync_server.access.proof import Role
from sync_server.protocol.ids import ChangeHash, format_document_id
from tests.contract_tui.contract.people import CONTRACT, actor
from tests.contract_tui.exports.readings import (
    DOUBTED,
    EMPTY,
    SAMPLE,
    SECRETS,
    full_reading,
    reading,
    section,
)

SCHEMA = json.loads(files("contract_tui.exports").joinpath("contract.schema.json").read_text())
TURN = ToldTurn(
    number=1,
    actor=actor("a"),
    author="Maya",
    role=Role.STUDENT,
    section=INTERESTS,
    at=datetime(2026, 11, 21, 8, 5, tzinfo=UTC),
    heads=(ChangeHash(b"\x01" * 32), ChangeHash(b"\x02" * 32)),
    added=("I", "like"),
    removed=("hate",),
)


def test_a_contract_is_told_whole() -> None:
    told = json.loads(to_json(SAMPLE))
    sections = told.pop("sections")
    seats = told.pop("seats")
    assert told == {
        "format": "learning-contract/1",
        "id": format_document_id(CONTRACT),
        "heads": ["ab" * 32],
        "title": "Birds and me",
        "title_typed": [],
        "structure_choice": "check-in",
        "goals": [],
        "support_items": [],
        "promises": [],
        "reflections": [],
        "notes": [],
        "revisit": "",
        "agreement": None,
    }
    assert sections[0] == {
        "id": "interests",
        "heading": "Interests",
        "hidden": False,
        "text": "I like birds.\n\nBig ones:\n  eagles",
        "written_by": ["Maya", "Ms Okafor"],
        "in_doubt": [],
        "typed": [],
    }
    assert [(one["id"], one["hidden"]) for one in sections[1:]] == [
        ("supports", False),
        ("structure", False),
        ("secret", True),
    ]
    assert [(seat["name"], seat["role"], seat["proven"]) for seat in seats] == [
        ("Maya", "student", True),
        ("of unknown origin", None, False),
    ]


def test_a_contract_that_does_not_say_whose_it_is_has_no_id() -> None:
    told = json.loads(to_json(replace(EMPTY, contract=None)))
    assert (told["id"], told["title"], told["sections"]) == (None, "", [])


def test_what_somebody_was_asked_to_type_is_told_with_what_the_student_says_of_it() -> None:
    passage = Typed("birds", "Jonas", 7, Confirmation.NOT_MINE, "Maya")
    goal = replace(full_reading().goals[0], what=Written("Kites", ("Jonas",), typed=(passage,)))
    section = replace(full_reading().sections[0], typed=(passage,))
    told = json.loads(to_json(replace(full_reading(), sections=(section,), goals=(goal,))))
    expected = [{"text": "birds", "by": "Jonas", "start": 7, "student": "not-mine"}]
    assert told["sections"][0]["typed"] == told["goals"][0]["what"]["typed"] == expected
    Draft202012Validator(SCHEMA).validate(told)


def test_every_turn_has_every_key() -> None:
    foreign = replace(TURN, number=2, role=None, at=None, added=(), removed=())
    assert json.loads(turns_to_json([TURN, foreign])) == {
        "turns": [
            {
                "turn": 1,
                "author": "Maya",
                "role": "student",
                "section": "interests",
                "at": "2026-11-21T08:05:00Z",
                "heads": ["01" * 32, "02" * 32],
                "added": 2,
                "removed": 1,
            },
            {
                "turn": 2,
                "author": "Maya",
                "role": None,
                "section": "interests",
                "at": None,
                "heads": ["01" * 32, "02" * 32],
                "added": 0,
                "removed": 0,
            },
        ]
    }


def test_letters_are_written_as_they_are() -> None:
    assert "“世界”" in to_json(replace(SAMPLE, title="“世界”"))


def test_no_key_is_shown() -> None:
    assert not [secret for secret in SECRETS if secret in to_json(SAMPLE)]


def test_whoever_is_in_doubt_is_named_as_the_author_of_nothing() -> None:
    told = json.loads(to_json(DOUBTED))
    assert told["sections"][0]["written_by"] == ["Maya"]
    assert told["sections"][0]["in_doubt"] == ["Ms Okafor"]
    (turn,) = json.loads(turns_to_json([replace(TURN, in_doubt=True)]))["turns"]
    assert (turn["author"], turn["role"]) == ("somebody in Maya’s name", None)


def test_what_nobody_named_is_called_the_same_in_every_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plain, "DEFAULT_HEADINGS", {INTERESTS: "Intereses"})
    monkeypatch.setattr(plain, "UNKNOWN_NAME", "de origen desconocido")
    spoken = reading(section(INTERESTS, "Intereses"), section(SUPPORTS, "Ayudas"))
    maya, stranger = spoken.seats
    stranger = replace(stranger, name="de origen desconocido")
    told = json.loads(to_json(replace(spoken, seats=(maya, stranger))))
    assert [one["heading"] for one in told["sections"]] == ["Interests", "Ayudas"]
    assert [one["name"] for one in told["seats"]] == ["Maya", "of unknown origin"]


@pytest.mark.parametrize("contract", [SAMPLE, EMPTY, DOUBTED, full_reading()])
def test_every_contract_is_as_the_schema_says(contract: Reading) -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(to_json(contract)))


def test_the_schema_is_one_and_leaves_nothing_open() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    told = json.loads(to_json(full_reading()))
    told["goals"][0]["score"] = 7
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(told)] == [
        "Additional properties are not allowed ('score' was unexpected)"
    ]


def test_every_key_is_explained_on_the_page_about_exports() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "exports.md").read_text()
    explained = {word for span in re.findall(r"`([^`]+)`", page) for word in span.split()}
    shapes = [SCHEMA, *SCHEMA["$defs"].values()]
    assert {key for one in shapes for key in one.get("properties", {})} <= explained
