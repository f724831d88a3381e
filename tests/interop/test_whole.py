"""A contract with everything in it goes through JavaScript, which writes in it, and stays whole."""

import json
import subprocess
from pathlib import Path

from automerge.core import Document

from contract_tui.contract.contract import Contract
from contract_tui.contract.items.notes import Located, Places
from contract_tui.contract.items.tokens import GoalState
from contract_tui.contract.text.splice import Splice
from tests.contract_tui.contract.people import CONTRACT, MAYA, actor_of
from tests.contract_tui.full_contract import KITE, full_contract
from tests.interop import npm

KEY = KITE.rpartition("/")[2]
TOUCHED = {"what", "state", "steps"}


def written(contract: Contract, folder: Path, text: str, state: str) -> tuple[object, Contract]:
    """What JavaScript reads in a contract's goal, and the contract after it wrote there."""
    file, saved = folder / "contract.automerge", folder / "saved.automerge"
    file.write_bytes(contract.save())
    command = [*npm.NODE, str(npm.script("whole.mjs")), str(file), str(saved), KEY, text, state]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    raws = [one.raw_bytes for one in Document.load(saved.read_bytes()).get_changes([])]
    return json.loads(done.stdout), Contract.open(raws, actor_of(MAYA, 2), CONTRACT)


def places(contract: Contract) -> dict[str, Located | None]:
    found = Places(contract.items, contract.texts, contract.text)
    return {note.id: found.find(note) for note in contract.items.notes}


def others(contract: Contract) -> dict[str, object]:
    """All that JavaScript did not write in."""
    items = contract.items
    return {
        "goals": [goal for goal in items.goals if goal.id != KITE],
        "lists": (items.supports, items.promises, items.reflections, items.notes, items.revisit),
        "sections": contract.sections,
        "texts": {
            part: contract.text(part).text
            for part in contract.texts
            if not part.startswith(f"{KITE}/what") and "/js" not in part
        },
        "people": contract.roster.proofs,
        "set aside": contract.set_aside,
        "choice": contract.structure_choice,
        "covered": contract.covered,
    }


def test_javascript_writes_in_a_goal_and_all_else_stays_as_it_was(tmp_path: Path) -> None:
    before = full_contract()
    what = before.text(before.items.goals[0].part("what")).text
    read, after = written(before, tmp_path, "😀 ", "reached")
    assert isinstance(read, dict)
    assert read["goal"]["what"] == what
    assert len(read["promises"]) == len(before.items.promises)
    assert len(read["notes"]) >= len(before.items.notes)
    assert others(after) == others(before)
    goal = next(one for one in after.items.goals if one.id == KITE)
    assert after.text(goal.part("what")).text == f"😀 {what}"
    assert goal.state is GoalState.REACHED
    assert after.text(goal.steps[-1].part("what")).text == "😀 one more"
    assert [place is None for place in places(after).values()] == [
        place is None for place in places(before).values()
    ]


def test_what_people_agreed_to_is_still_theirs_and_about_the_version_before(tmp_path: Path) -> None:
    before = full_contract()
    _, after = written(before, tmp_path, "x", "trying")
    assert after.agreement.broken == before.agreement.broken
    for was, now in zip(before.agreement.standings, after.agreement.standings, strict=True):
        assert (was.given is None) == (now.given is None)
        if was.given and now.given:
            assert (now.given.digest, now.given.is_current) == (was.given.digest, False)


def test_what_both_write_one_after_the_other_stands(tmp_path: Path) -> None:
    _, first = written(full_contract(), tmp_path, "a", "trying")
    part = first.items.goals[0].part("what")
    first.splice(part, Splice(1, 1, "b"))
    read, second = written(first, tmp_path, "c", "changed")
    assert isinstance(read, dict)
    assert (read["goal"]["what"][:2], read["goal"]["state"]) == ("ab", "trying")
    assert second.text(part).text.startswith("cab")
    assert second.items.goals[0].state is GoalState.CHANGED
    assert second.set_aside == []
