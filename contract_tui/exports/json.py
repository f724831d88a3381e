"""A contract and its turns as JSON, for other programs.

`contract.schema.json` beside this module is its JSON Schema, and docs/exports.md explains it.
"""

import json
from collections.abc import Sequence

from contract_tui.contract.membership.authorship import in_name_of
from contract_tui.contract.reading import Reading
from contract_tui.contract.schema import FORMAT
from contract_tui.exports import plain
from contract_tui.history.history import ToldTurn
from sync_server.protocol.ids import format_document_id


def to_json(reading: Reading) -> str:
    """Return the whole contract at one version as a JSON object with these keys.

    `format` the format's name; `id` the contract's id in base58check, or null; `heads` the version,
    a list of hashes in hex; `title`, and `title_typed`, what somebody was asked to type of it;
    `structure_choice` one of "steps", "together", "check-in", "own-way", "own-words" and "" for not
    chosen; `sections` a list of objects with `id`, `heading`, `hidden`, `text`, `written_by`
    (names), `in_doubt` (names in which words stand that no seal shows to be theirs) and `typed`
    (what somebody was asked to type for the student, objects with `text`, `by`, `start` and
    `student`: "not-yet", "confirmed" or "not-mine"); `seats` a list of objects with `id`, `name`,
    `role` (null where nothing is proven) and `proven`; `goals`, `support_items`, `promises`,
    `reflections` and `notes`, lists of objects, and `revisit`, a date or words; `agreement`, where
    everybody stands, or null for an earlier version.
    """
    contract = reading.contract
    content: dict[str, object] = {
        "format": FORMAT,
        "id": None if contract is None else format_document_id(contract),
        "heads": [head.hex() for head in reading.heads],
        "title": reading.title,
        "title_typed": plain.typed(reading.title_typed),
        "structure_choice": reading.structure_choice.value,
        "sections": [
            {
                "id": section.part,
                "heading": plain.heading(section),
                "hidden": section.hidden,
                "text": section.text,
                "written_by": list(section.writers),
                "in_doubt": list(section.in_doubt),
                "typed": plain.typed(section.typed),
            }
            for section in reading.sections
        ],
        "seats": [
            {"id": seat.id, "name": plain.name(seat), "role": seat.role, "proven": seat.proven}
            for seat in reading.seats
        ],
        "goals": [plain.goal(one) for one in reading.goals],
        "support_items": [plain.support(one) for one in reading.supports],
        "promises": [plain.promise(one) for one in reading.promises],
        "reflections": [plain.reflection(one) for one in reading.reflections],
        "notes": [plain.note(one) for one in reading.notes],
        "revisit": reading.revisit,
        "agreement": plain.agreement(reading.agreement) if reading.agreement else None,
    }
    return _dump(content)


def turns_to_json(turns: Sequence[ToldTurn]) -> str:
    """Return `{"turns": [...]}`; every turn has all of these keys.

    `turn` its number from 1; `author` a name, or “somebody in …’s name” where no seal shows whose
    it is; `role` or null where nothing is proven; `section` the
    section's id, or "title"; `at` when it began, ISO 8601 in UTC, or null where no time was kept;
    `heads` the version when it ended, a list of hashes in hex; `added` and `removed` the number of
    words written and taken out: a word that was changed counts in both.
    """
    return _dump({"turns": [_turn(turn) for turn in turns]})


def _turn(turn: ToldTurn) -> dict[str, object]:
    return {
        "turn": turn.number,
        "author": in_name_of(turn.author) if turn.in_doubt else turn.author,
        "role": None if turn.in_doubt else turn.role,
        "section": turn.section,
        "at": None if turn.at is None else turn.at.isoformat().replace("+00:00", "Z"),
        "heads": [head.hex() for head in turn.heads],
        "added": len(turn.added),
        "removed": len(turn.removed),
    }


def _dump(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
