"""What the page of agreement looks like; `pytest --snapshot-update` takes the pictures again."""

from __future__ import annotations

import pytest

from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.contract import Contract
from contract_tui.contract.past.milestones import AGREEMENTS
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Item
from contract_tui.library.journal import Appearance
from contract_tui.ui.pages.page import AGREEMENT
from contract_tui.ui.themes import DARK, LIGHT
from sync_server.access.keys import new_actor
from sync_server.access.proof import Role
from sync_server.protocol.chunk import parse_changes
from tests.contract_tui.history.noting import note, signed_by
from tests.contract_tui.ui.pages.test_pages_pictures import LARGE, MIDDLE, SMALL, app, walk
from tests.contract_tui.ui.sitting import NOW, Sitting
from tests.contract_tui.ui.test_snapshots import Compare

DAY = 86_400


def answer(
    sitting: Sitting, *, roles: tuple[Role, ...], then: str = "", at: Role = Role.STUDENT
) -> None:
    """Have people answer in somebody's library, the teacher with a note, and words come then."""
    library = sitting.libraries[at]
    journal, own = library.journal(sitting.contract), library.own_seat(sitting.contract)
    assert own is not None
    raws = [one.raw for one in journal.read(journal.stored())]
    contract = Contract.open(raws, new_actor(own.key.public, b"pictures"), sitting.contract)
    for role in roles:
        their = sitting.libraries[role].own_seat(sitting.contract)
        assert their is not None
        is_teacher = role is Role.TEACHER
        said = Answer.NOTE if is_teacher else Answer.AGREE
        words = "and I come and look at the film with you" if is_teacher else ""
        token = signed_by(their.key, contract, int(NOW) - DAY, said, words)
        seat, entry = their.seat, dict[str, Item]({"a": token})
        note(contract, seat, lambda writer, k=seat.id, e=entry: writer.put(AGREEMENTS, k, e))  # type: ignore[misc]
    if then:
        contract.splice(INTERESTS, Splice(0, 0, then), int(NOW))
    made = parse_changes(contract.changes_since())[len(raws) :]
    journal.append(made, Appearance(contract.title, int(NOW), contract.heads))


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
def test_agreement_of_before(
    snap_compare: Compare, sitting: Sitting, utc: None, size: tuple[int, int], theme: str
) -> None:
    answer(sitting, roles=(Role.STUDENT, Role.TEACHER), then="Owls too! ")
    assert snap_compare(app(sitting, theme), terminal_size=size, run_before=walk(AGREEMENT))


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
def test_what_changed_since_the_answer_of_another(
    snap_compare: Compare, sitting: Sitting, utc: None, size: tuple[int, int], theme: str
) -> None:
    answer(sitting, roles=(Role.STUDENT, Role.TEACHER, Role.PARENT), then="Owls too! ")
    run = walk(AGREEMENT, "tab", "enter")
    assert snap_compare(app(sitting, theme), terminal_size=size, run_before=run)


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
def test_agreement_of_everybody(
    snap_compare: Compare, sitting: Sitting, utc: None, size: tuple[int, int], theme: str
) -> None:
    answer(sitting, roles=(Role.STUDENT, Role.TEACHER, Role.PARENT))
    run = walk(AGREEMENT, "tab")
    assert snap_compare(app(sitting, theme), terminal_size=size, run_before=run)


def test_agreement_that_nobody_was_asked_for(snap_compare: Compare, sitting: Sitting) -> None:
    shown = app(sitting, LIGHT.name, Role.PARENT)
    assert snap_compare(shown, terminal_size=SMALL, run_before=walk(AGREEMENT))
