"""Finds the student's words that somebody else took out, and puts them back.

Nobody's program does that but a changed one. So the past is looked through once after a contract
has been opened in which others write too, and again only when something of that kind arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Writer
from contract_tui.contract.errors import ContractError, NotYours, TooMuch
from contract_tui.contract.items import paths
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.rights import is_students_own, students
from contract_tui.contract.items.vanished import Vanishing, destroys
from contract_tui.contract.items.writing import add_text
from contract_tui.contract.records import Write
from contract_tui.contract.schema import GENESIS_ACTOR, limit
from contract_tui.contract.settled import settling
from contract_tui.contract.splice import Splice
from contract_tui.contract.values import Heads
from contract_tui.contract.voice import Losses, Lost, replaces_texts, takes_words
from contract_tui.library.world import World
from contract_tui.session.pen import Pen
from contract_tui.session.replica import Replica
from contract_tui.session.slices import do_slices
from sync_server.access.proof import Seat, SeatId
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId, operations
from sync_server.protocol.saved import read_saved

_MOST_READ = 256
"""Changes that are looked through one by one at a time; of more the whole past is read again."""
_LOOK = 64
"""Operations between two looks at the clock."""


class Voice:
    """The student's words that are missing, as far as somebody has looked."""

    def __init__(
        self, me: Seat | None, replica: Replica, pen: Pen, world: World, tell: Callable[[], None]
    ) -> None:
        """`tell` is called when there is more or less to be shown."""
        self._me = me
        self._replica = replica
        self._pen = pen
        self._world = world
        self._tell = tell
        self._found: tuple[Lost, ...] = ()
        self._known: Heads = ()

    @property
    def lost(self) -> tuple[Lost, ...]:
        """What is missing and neither put back nor let go."""
        contract = self._replica.contract
        settled, goals = contract.settled, {goal.id for goal in contract.items.goals}
        return tuple(
            one
            for one in self._found
            if paths.owner(one.part) in goals
            and not settled.get(one.object, frozenset()).issuperset(one.elements)
        )

    def put_back(self, lost: Lost) -> bool:
        """Put words back as the student's own change; returns whether they were missing."""
        contract = self._replica.contract
        stands = contract.text(lost.part).text if lost.part in contract.items.texts else ""
        room = limit(lost.part) - len(stands)
        if len(lost.text) > room:
            raise TooMuch("There is no room for this: make something shorter first.")
        return self._settle(lost, lost.text)

    def let_go(self, lost: Lost) -> bool:
        """Say as the student that words need not come back; returns whether they were missing."""
        return self._settle(lost, "")

    async def follow(self) -> None:
        """Look for what is missing, as far as there is anything new to look at."""
        contract = self._replica.contract
        heads = contract.heads
        if self._known == heads:
            return
        is_due = self._is_due(contract)
        self._known = heads
        if is_due:
            await self._look(contract)

    def _is_due(self, contract: Contract) -> bool:
        texts = {obj for part, obj in contract.texts.items() if is_students_own(part)}
        if not self._known:
            return any(self._is_others(actor) for actor in self._replica.graph.actors)
        news = contract.changes_since(self._known)
        if len(news) > _MOST_READ:
            return True
        try:
            return any(self._takes(one, texts) for one in parse_changes(news))
        except BadChunk:
            return True

    def _takes(self, change: Change, texts: set[ElementId]) -> bool:
        if not self._is_others(change.actor):
            return False
        done, items = operations(change.raw), self._replica.contract.items
        if takes_words(done, texts) or replaces_texts(done, items.goals):
            return True
        return destroys(done, items)

    def _is_others(self, actor: Actor) -> bool:
        contract = self._replica.contract
        theirs = contract.author(actor).id in students(contract.roster)
        return actor != GENESIS_ACTOR and not theirs

    async def _look(self, contract: Contract) -> None:
        losses, vanishing = Losses(contract), Vanishing()
        try:
            await do_slices(_read(contract, losses, vanishing))
        except (BadChunk, ContractError):  # what cannot be read shows nothing either
            return
        is_new = contract.remember(vanishing.found())
        if self._found != (found := losses.found()) or is_new:
            self._found = found
            self._tell()

    def _settle(self, lost: Lost, text: str) -> bool:
        if self._me is None or self._me.id not in students(self._replica.contract.roster):
            raise NotYours("Only the student puts these words back, or lets them go.")
        if lost not in self.lost:
            return False
        me, id_ = self._me.id, self._world.entropy(8).hex()
        return self._pen.write(lost.part, lambda at: self._writing(lost, text, id_, me, at))

    def _writing(self, lost: Lost, text: str, id_: str, me: SeatId, turn_at: int | None) -> bytes:
        contract = self._replica.contract
        if not text:
            return contract.change(settling(id_, lost.object, lost.elements, me, turn_at))
        note = settling(id_, lost.object, lost.elements, me)
        if lost.part not in contract.items.texts:
            return contract.change(self._anew(lost, note, turn_at))
        mirror = contract.text(lost.part)
        at = mirror.offset_of(lost.after)
        at = len(mirror.text) if at is None else at
        return contract.rewrite(lost.part, [Splice(at, at, text)], turn_at, note)

    def _anew(self, lost: Lost, note: Write, turn_at: int | None) -> Write:
        """Put words back into a text that is not there any more."""
        goal = self._replica.contract.items.find(paths.owner(lost.part) or ItemId(""))
        assert goal is not None
        add = add_text(goal, paths.field(lost.part), lost.text, turn_at)

        def write(writer: Writer) -> None:
            add(writer)
            note(writer)

        return write


def _read(contract: Contract, losses: Losses, vanishing: Vanishing) -> Iterator[None]:
    """Go through the whole past, in pieces; to save it is the longest."""
    saved = contract.save()
    yield
    for count, one in enumerate(read_saved(saved).operations()):
        losses.take(one)
        vanishing.take(one)
        if count % _LOOK == 0:
            yield
