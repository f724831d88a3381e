"""Finds words that somebody took out who had no right to, and puts them back.

And what somebody noted of a conference that another wrote over: that is read again at once.

Nobody's program does that but a changed one. So the past is looked through once after a contract
has been opened in which others write too, and again only when something of that kind arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from contract_tui.contract.conference.noted import Gathered
from contract_tui.contract.contract import Contract
from contract_tui.contract.errors import ContractError, NotYours, TooMuch
from contract_tui.contract.items import paths
from contract_tui.contract.items.paths import ItemId
from contract_tui.contract.items.positions import place
from contract_tui.contract.items.rights import may_arrange, students
from contract_tui.contract.items.vanished import Vanishing
from contract_tui.contract.past.losses import Losses, Lost, attached
from contract_tui.contract.past.restored import section_again, text_again
from contract_tui.contract.past.settled import settling
from contract_tui.contract.past.watch import Watch
from contract_tui.contract.records import Write, in_one
from contract_tui.contract.schema import GENESIS_ACTOR, PartId, limit
from contract_tui.contract.text.splice import Splice
from contract_tui.contract.values import Heads
from contract_tui.library.world import World
from contract_tui.session import words
from contract_tui.session.copies.replica import Replica
from contract_tui.session.slices import do_slices
from contract_tui.session.writing.pen import Pen
from sync_server.access.proof import Seat, SeatId
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import operations
from sync_server.protocol.saved import read_saved

_MOST_READ = 256
"""Changes that are looked through one by one at a time; of more the whole past is read again."""
_LOOK = 64
"""Operations between two looks at the clock."""


class Recovery:
    """The words that are missing, as far as somebody has looked."""

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
        self._watch: Watch | None = None

    @property
    def lost(self) -> tuple[Lost, ...]:
        """What is missing and neither put back nor let go."""
        if not self._found:
            return ()
        contract = self._replica.contract
        things = {one.id for one in contract.items}
        texts = frozenset(attached(contract).values())
        return tuple(one for one in self._found if _is_missing(contract, one, things, texts))

    def may_settle(self, lost: Lost) -> bool:
        """Whether this person says what becomes of some words: the student, and whose they are."""
        contract = self._replica.contract
        if not self._pen.can_write:
            return False
        me, pupils = self._pen.person, contract.pupils
        if lost.with_section and not may_arrange(me, pupils):
            return False
        return me in (lost.authors | pupils) and self._pen.may_write(lost.part)

    def put_back(self, lost: Lost) -> bool:
        """Put words back as a change of one's own; returns whether they were missing."""
        contract = self._replica.contract
        stands = contract.text(lost.part).text if lost.part in attached(contract).values() else ""
        room = limit(lost.part) - len(stands)
        if len(lost.text) > room:
            raise TooMuch(words.NO_ROOM)
        return self._settle(lost, lost.text)

    def let_go(self, lost: Lost) -> bool:
        """Say that words need not come back; returns whether they were missing."""
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
        before = self._watch
        if before is None or before.items is not contract.items:
            self._watch = Watch(contract)
        if before is None or not self._known:
            return any(self._is_others(actor) for actor in self._replica.graph.actors)
        if self._watch is not before and self._watch and before.objects - self._watch.objects:
            return True
        news = contract.changes_since(self._known)
        if len(news) > _MOST_READ:
            return True
        try:
            return any(self._is_suspicious(one) for one in parse_changes(news))
        except BadChunk:
            return True

    def _is_suspicious(self, change: Change) -> bool:
        assert self._watch is not None
        author = self._replica.contract.author(change.actor).id
        lost, made = {one.object for one in self._found}, operations(change.raw)
        conferences = self._replica.contract.conferences
        if any(conferences.are_hidden_by(one, self._known) for one in made):
            return True
        return self._watch.is_suspicious(author, made, lost)

    def _is_others(self, actor: Actor) -> bool:
        contract = self._replica.contract
        theirs = contract.author(actor).id in students(contract.roster)
        return actor != GENESIS_ACTOR and not theirs

    async def _look(self, contract: Contract) -> None:
        losses, vanishing, conferences = Losses(contract), Vanishing(), Gathered()
        try:
            await do_slices(_read(contract, losses, vanishing, conferences))
        except (BadChunk, ContractError):  # what cannot be read shows nothing either
            return
        is_new = contract.remember(vanishing.found())
        is_new |= contract.conferences.remember(conferences)
        if self._found != (found := losses.found()) or is_new:
            self._found = found
            self._tell()

    def _settle(self, lost: Lost, text: str) -> bool:
        if not self.may_settle(lost):
            raise NotYours(words.LOST_WORDS_ARE_THEIRS)
        if lost not in self.lost or self._me is None:
            return False
        me, id_ = self._me.id, self._world.entropy(8).hex()
        return self._pen.write(lost.part, lambda at: self._writing(lost, text, id_, me, at))

    def _writing(self, lost: Lost, text: str, id_: str, me: SeatId, turn_at: int | None) -> bytes:
        contract = self._replica.contract
        together = [lost]
        if lost.with_section:
            together += [one for one in self.lost if one.holder == lost.holder and one != lost]
        notes = [
            settling(f"{id_}{number or ''}", one.object, one.elements, me)
            for number, one in enumerate(together)
        ]
        if not text:
            return contract.change(in_one(turn_at, notes))
        if lost.part not in attached(contract).values():
            again = self._section(together) if lost.with_section else text_again(lost)
            return contract.change(in_one(turn_at, [again, *notes]))
        mirror = contract.text(lost.part)
        at = mirror.offset_of(lost.after)
        at = len(mirror.text) if at is None else at
        return contract.rewrite(lost.part, [Splice(at, at, text)], turn_at, notes[0])

    def _section(self, together: Sequence[Lost]) -> Write:
        """Add a section again behind all others."""
        places = [one.position for one in self._replica.contract.sections]
        position, _ = place(places, len(places), self._world.chance())
        return section_again(together, position)


def _is_missing(
    contract: Contract, lost: Lost, things: Collection[ItemId], texts: Collection[PartId]
) -> bool:
    """Whether words that were found missing are so still."""
    thing = paths.owner(lost.part)
    if thing is not None and paths.kind(thing) != paths.SECTIONS and thing not in things:
        return False
    if contract.settled.get(lost.object, frozenset()).issuperset(lost.elements):
        return False
    if not lost.is_shared or lost.part not in texts:
        return True
    return lost.text.strip() not in contract.text(lost.part).text


def _read(
    contract: Contract, losses: Losses, vanishing: Vanishing, conferences: Gathered
) -> Iterator[None]:
    """Go through the whole past, in pieces; to save it is the longest."""
    saved = contract.save()
    yield
    for count, one in enumerate(read_saved(saved).operations()):
        losses.take(one)
        vanishing.take(one)
        conferences.add(one)
        if count % _LOOK == 0:
            yield
