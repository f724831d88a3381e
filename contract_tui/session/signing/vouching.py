"""What no relay takes from anybody's hands, and how the holder of the contract's key admits it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from contract_tui.contract.opening.aside import Aside
from contract_tui.language import _
from contract_tui.library.custody import Custodian
from contract_tui.library.errors import NotTheHolder, SessionError
from contract_tui.library.foreign import foreign
from contract_tui.library.keepsakes import VOUCHER
from contract_tui.library.library import Entry, Library
from contract_tui.library.quarantine import Quarantine
from contract_tui.session.copies.replica import Replica
from sync_server.access.constants import GENESIS_HASH
from sync_server.access.voucher import MOST_VOUCHERS, vouch
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import HASH_SIZE, Actor, ChangeHash

_MOST_KEPT = _("this contract keeps no more vouchers: begin it anew instead")


class TooMuchToVouchFor(SessionError):
    """More authors never sealed their work than a contract keeps vouchers for."""


class Unsealed(NamedTuple):
    """What an author did that is neither sealed nor vouched for."""

    actor: Actor
    places: tuple[int, ...]
    """The positions of its changes in the graph, ascending."""
    newest: ChangeHash
    """The last of them."""


def unsealed(library: Library, entry: Entry, replica: Replica) -> list[Unsealed]:
    """Everything that relays take from no hand but its author's; raises LibraryError.

    What was written on this computer is left out, as its next start seals it; and what cannot be
    read, as no relay should take that.
    """
    graph = replica.graph
    keepsakes = library.keepsakes(entry.id)
    custodian = Custodian(entry.id, keepsakes, lambda: graph, _nothing)
    custodian.prove(replica.contract.roster.proofs.values())
    own, elsewhere = library.own_seat(entry.id), foreign(keepsakes)
    mine = own.device.prefix if own else None

    def admitted(actor: Actor) -> int:
        number = custodian.admitted(actor)
        if mine is None or not actor.startswith(mine):
            return number
        since = elsewhere.get(actor)
        return graph.last_seq(actor) if since is None else max(number, since - 1)

    return behind(graph, admitted, Quarantine(keepsakes).aside)


def still(before: Sequence[Unsealed], now: Iterable[Unsealed]) -> list[Unsealed]:
    """What of something that was unsealed is so now, without what came since."""
    found = {one.actor: one for one in now}
    left = []
    for one in before:
        later = found.get(one.actor)
        places = tuple(place for place in one.places if later and place in later.places)
        if places:
            left.append(one._replace(places=places))
    return left


def admit(library: Library, entry: Entry, replica: Replica, work: Iterable[Unsealed]) -> None:
    """Vouch for this, as far as it goes and no further; it is shared when relays are next met.

    Raises NotTheHolder, TooMuchToVouchFor or LibraryError.
    """
    key = library.contract_key(entry.id)
    if key is None:
        raise NotTheHolder(_("only whoever holds the key of this contract can vouch for its past"))
    keepsakes = library.keepsakes(entry.id)
    for one in work:
        kept = {name: _split(name) for name in keepsakes.all(VOUCHER)}
        older = [
            name
            for name, (actor, change) in kept.items()
            if actor == one.actor and change in replica.graph
        ]
        if len(kept) - len(older) >= MOST_VOUCHERS:
            raise TooMuchToVouchFor(_MOST_KEPT)
        token = vouch(key, one.actor, one.newest)
        keepsakes.change(VOUCHER, {one.actor + one.newest: token.encode()}, older)


def _split(name: bytes) -> tuple[Actor, ChangeHash]:
    return Actor(name[:-HASH_SIZE]), ChangeHash(name[-HASH_SIZE:])


def behind(graph: Graph, admitted: Callable[[Actor], int], aside: Aside) -> list[Unsealed]:
    """What each author did behind the number up to which it is admitted, but for what is aside."""
    shown = {actor: admitted(actor) for actor in graph.actors}
    late = {actor for actor in shown if shown[actor] < graph.last_seq(actor)}
    found: dict[Actor, list[int]] = {}
    for place in range(len(graph) if late else 0):
        header = graph.header(place)
        deps = [graph.hashes[dep] for dep in graph.deps(place)]
        if aside.takes(header.hash, deps, header.actor) or header.hash == GENESIS_HASH:
            continue
        if header.actor in late and header.seq > shown[header.actor]:
            found.setdefault(header.actor, []).append(place)
    return [Unsealed(one, tuple(some), graph.hashes[some[-1]]) for one, some in found.items()]


def _nothing() -> None:
    """Nobody waits for what is kept here."""
