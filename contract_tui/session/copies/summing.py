"""Sums up a contract for the list, while it is open and when a list finds that nobody has."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress

from contract_tui.contract.agreement.values import Agreement
from contract_tui.contract.conference.noted import CONFERENCES
from contract_tui.contract.contract import Contract
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.schema import SEATS_MAP, SEEN_MAP
from contract_tui.library.errors import LibraryError
from contract_tui.library.files import READER
from contract_tui.library.keepsakes import PROOF
from contract_tui.library.library import Library
from contract_tui.library.summaries import Consent, Summary
from contract_tui.session.copies.opening import load
from contract_tui.session.copies.replica import Replica
from contract_tui.session.slices import do_slices
from sync_server.access.constants import GENESIS_HASH
from sync_server.access.proof import Role, SeatId
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import ChangeHash, DocumentId
from sync_server.protocol.operations import Action, ElementId, operations

CALM = 10
"""Looks at the clock for which nothing may have changed, so that nobody who types is held up."""
PATIENCE = 0.3
"""Seconds that closing may take for it: what is missing then, the list makes for itself."""
FARTHEST = 500
"""Changes that are looked through for the last one that changed what people read."""
_QUIET = frozenset({SEATS_MAP, SEEN_MAP, CONFERENCES})
_MAKES = frozenset({Action.MAKE_MAP, Action.MAKE_LIST, Action.MAKE_TEXT})
_ORDER = {Role.STUDENT: 0, Role.TEACHER: 1, Role.PARENT: 2}


class Summing:
    """Keeps the summary of an open contract true: soon after opening, in pauses, at the end."""

    def __init__(
        self,
        library: Library,
        contract: DocumentId,
        me: SeatId | None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._clock = clock
        self._summaries = library.summaries()
        self._contract = contract
        self._me = me
        self._is_watched = False
        self._size = -1
        """How many changes there were at the last look."""
        self._calm = CALM
        self._kept: Summary | None = None

    def watch(self) -> None:
        """A person has the contract in front of them from now on."""
        self._is_watched = True
        self._size = -1

    async def beat(self, replica: Replica) -> None:
        """Sum up in a pause; called at every look at the clock."""
        if len(replica.graph) != self._size:
            first = self._size < 0
            self._size = len(replica.graph)
            self._calm = CALM if first else 0
        if self._calm == CALM:
            await self._sum_up(replica, lambda: len(replica.graph) == self._size)
        self._calm += 1

    async def finish(self, replica: Replica) -> None:
        """Sum up at the end, unless that takes too long; the screen stays alive."""
        until = self._clock() + PATIENCE
        await self._sum_up(replica, lambda: self._clock() < until)

    async def _sum_up(self, replica: Replica, is_wanted: Callable[[], bool]) -> None:
        """Sum up, unless nobody wants it any more before it is known what there is to say."""
        answers = replica.contract.answers
        if not answers.noted or await do_slices(answers.working_out(), is_wanted):
            self.keep(replica)

    def keep(self, replica: Replica) -> None:
        """Sum up now; what the library does not take is made again from the contract."""
        if not replica.has_begun:
            return
        with suppress(LibraryError):
            if self._is_watched:
                self._summaries.look(self._contract, replica.graph.heads)
            looked = self._summaries.looked(self._contract)
            summary = sum_up(replica, self._me, looked)
            if summary != self._kept:
                self._summaries.keep(self._contract, summary)
                self._kept = summary


async def rebuild(library: Library, contract: DocumentId) -> None:
    """Sum up a contract that nobody has open, in slices; raises LibraryError or ContractError."""
    own = library.own_seat(contract)
    replica = await load(library.journal(contract), contract, READER)
    proofs = library.keepsakes(contract).all(PROOF).values()
    replica.contract.vouch(text.decode("utf-8", "replace") for text in proofs)
    if own is not None:
        replica.contract.vouch([own.shown.text])
    if replica.contract.answers.noted:
        await do_slices(replica.contract.answers.working_out())
    looked = library.summaries().looked(contract)
    summary = sum_up(replica, own.seat.id if own else None, looked)
    library.summaries().keep(contract, summary)


def sum_up(
    replica: Replica, me: SeatId | None, looked: Sequence[ChangeHash] | None = None
) -> Summary:
    """What the list says of a contract as it stands, to a person who looked at a version."""
    contract, graph = replica.contract, replica.graph
    mine = contract.roster.person(me).id if me else None
    last, is_news = _changes(graph, contract, mine, _seen(graph, looked))
    # To look for answers that somebody took out again, all changes would have to be read.
    agreement = contract.agreement if contract.answers.noted else Agreement()
    consent, agree = consent_of(agreement, mine)
    is_mine = last is not None and last.id == mine
    return Summary(
        graph.heads,
        tuple(one.name for one in _people(contract, mine)),
        last.name if last and last.proven and not is_mine else "",
        is_mine,
        is_news,
        consent,
        agree,
        contract.items.revisit,
    )


def _people(contract: Contract, mine: SeatId | None) -> list[SeatEntry]:
    """Everybody else who is known, the student first."""
    people = [one for one in contract.seats.values() if one.proven and not one.replaced_by]
    others = [one for one in people if one.id != mine]
    return sorted(others, key=lambda one: _ORDER.get(one.role or Role.OBSERVER, 3))


def _seen(graph: Graph, looked: Sequence[ChangeHash] | None) -> int:
    """How many changes came before this person looked last; all where that is not known."""
    if looked is None:
        return len(graph)
    return max((graph.positions[head] + 1 for head in looked if head in graph), default=0)


def _changes(
    graph: Graph, contract: Contract, mine: SeatId | None, seen: int
) -> tuple[SeatEntry | None, bool]:
    """Who made the last change that people read, and whether another made one since a look."""
    last: SeatEntry | None = None
    quiet = _QUIET | contract.conferences.maps
    for position in reversed(range(max(1, len(graph) - FARTHEST), len(graph))):
        author = contract.author(graph.header(position).actor)
        if last and (position < seen or author.id == mine):
            if position < seen:
                break
            continue
        if not _is_quiet(graph, position, quiet):
            last = last or author
            if position >= seen and author.id != mine:
                return last, True
    return last, False


def _is_quiet(graph: Graph, position: int, among: Collection[ElementId]) -> bool:
    """Whether a change only enters somebody, says that they looked back, or moves a conference.

    `among` are the objects in which all that stands which nobody would open a contract to read.
    """
    if graph.hashes[position] == GENESIS_HASH:
        return True
    quiet = set(among)
    try:
        made = [one for raw in graph.raws([position]) for one in operations(raw)]
    except BadChunk:
        return True
    for one in made:
        if one.object not in quiet:
            return False
        if one.action in _MAKES:
            quiet.add(one.id)
    return True


def consent_of(agreement: Agreement, mine: SeatId | None) -> tuple[Consent, tuple[str, ...]]:
    """How far people agree, and who does where it is not everybody; "" is this person."""
    given = [one.given for one in agreement.standings if one.given]
    agree = [one.person for one in agreement.standings if one.agrees]
    if not given or agreement.all_agree:
        return Consent.EVERYBODY if agreement.all_agree else Consent.UNASKED, ()
    if agree:
        return Consent.SOME, tuple("" if one.id == mine else one.name for one in agree)
    return Consent.BEFORE if any(one.answer.agrees for one in given) else Consent.NOT_YET, ()
