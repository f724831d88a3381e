"""What is on the screen of words that only stand in somebody's name."""

from __future__ import annotations

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.library.coverage import PATIENCE
from contract_tui.library.parcels import Parcel
from contract_tui.session.session import Session
from contract_tui.ui.ink import STRANGER_CUE
from contract_tui.ui.screens.workshop import WorkshopScreen
from contract_tui.ui.widgets.editor import Editor
from sync_server.access.proof import Role
from sync_server.access.voucher import vouch
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor
from tests.contract_tui.ui.sitting import Sitting
from tests.contract_tui.ui.stage import paint, until

LATE = 1e9
LIE = "I never said this. "


def forge(session: Session, prefix: bytes) -> Change:
    """Let a relay bring words in somebody's name, and their seal not come."""
    graph = session._replica.graph
    raws = graph.raws(range(len(graph)))
    forger = Contract.open(raws, Actor(prefix + b"somebody"))
    [change] = parse_changes([forger.splice(INTERESTS, Splice(0, 0, LIE))])
    session._notary.take([change])
    session._notary.look(LATE)
    session._notary.look(LATE + PATIENCE)
    return change


def prefix_of(sitting: Sitting, role: Role) -> bytes:
    own = sitting.libraries[role].own_seat(sitting.contract)
    assert own is not None
    return own.device.prefix


def interests(screen: WorkshopScreen) -> Editor:
    return next(editor for part, editor in screen.editors() if part == INTERESTS)


async def test_what_is_not_shown_to_be_somebodys_is_painted_as_nobodys_and_listed(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(Role.TEACHER) as (screen, _):
        editor = interests(screen)
        assert "name" not in str(screen.people[0].content)
        forge(screen.session, prefix_of(sitting, Role.STUDENT))
        await until(lambda: "In Heidi’s name" in str(screen.people[0].content))
        assert "in doubt" in str(screen.people[1].content)
        await until(lambda: editor.text.startswith(LIE))
        row = paint(editor, 0)
        assert row.text.startswith("H? ")
        styles = [segment.style for segment in row.crop(3, 3 + len(LIE) - 1)]
        assert all(style and style.italic and style.underline2 for style in styles)
        (honest,) = row.crop(3 + len(LIE) + 1, 3 + len(LIE) + 2)
        assert honest.style
        assert honest.style + STRANGER_CUE != honest.style
        assert not screen.session.notices


async def test_who_is_spoken_for_reads_it_on_their_own_screen(sitting: Sitting) -> None:
    async with sitting.workshop(Role.STUDENT) as (screen, _):
        forge(screen.session, prefix_of(sitting, Role.STUDENT))
        await until(lambda: "Words stand in your name" in str(screen.notice.content))
        await until(lambda: "In your name" in str(screen.people[0].content))
        screen.notice.put_away()
        assert "Words stand in your name" not in str(screen.notice.content)


async def test_what_the_holder_vouched_for_stays_in_doubt_and_is_said_to_be_vouched_for(
    sitting: Sitting,
) -> None:
    async with sitting.workshop(Role.TEACHER) as (screen, _):
        session = screen.session
        change = forge(session, prefix_of(sitting, Role.STUDENT))
        await until(lambda: "not shown to be theirs yet" in str(screen.people[0].content))
        key = sitting.libraries[Role.STUDENT].contract_key(sitting.contract)
        assert key is not None
        token = vouch(key, change.actor, change.hash)
        session._notary.custodian.hear(Parcel(vouchers=(token,)))
        session._listeners.wake()
        await until(lambda: "not shown, but vouched for" in str(screen.people[0].content))
        assert "In Heidi’s name" in str(screen.people[0].content)
        assert change.actor in session.doubtful
