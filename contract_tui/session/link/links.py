"""All relays of one contract: the links to them, and what they mean together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contract_tui.library.custody import Custodian
from contract_tui.library.library import Entry, Library
from contract_tui.library.settings import is_room, registration_key
from contract_tui.library.world import World
from contract_tui.session.copies.replica import Replica
from contract_tui.session.link import status as statuses
from contract_tui.session.link.credentials import Badge
from contract_tui.session.link.link import Link
from contract_tui.session.link.status import Status
from contract_tui.session.link.talk import Ears
from sync_server.protocol.graph import Heads
from sync_server.protocol.ids import PeerId


class Ways:
    """Makes the links of one contract; to all relays this program is the same peer."""

    def __init__(
        self,
        library: Library,
        entry: Entry,
        replica: Replica,
        custodian: Custodian,
        world: World,
        ears: Ears,
    ) -> None:
        self._library = library
        self._entry = entry
        self._replica = replica
        self._custodian = custodian
        self._world = world
        self._ears = ears
        self._own = library.own_seat(entry.id)
        self._peer = PeerId(f"contract-tui-{world.entropy(8).hex()}")

    def to(self, known: Mapping[str, Heads]) -> list[Link]:
        """Return a link to each known relay, which says who this person is if they have a seat."""
        # A holder's relays are of the holder's own choice; others' may be anybody's.
        key = registration_key() if self._entry.holder else None
        return [self._link(url, heads, key) for url, heads in known.items()]

    def further(self, links: list[Link], url: str) -> list[Link]:
        """Return the links with one to a further relay, which begins at once."""
        found = next((link for link in links if link.url == url), None)
        if found is not None:
            found.reconnect()
            return links
        more = self.to({url: ()})
        if self._world.online:
            more[0].start()
        return [*links, *more]

    def _link(self, url: str, heads: Heads, key: str | None) -> Link:
        own, contract = self._own, self._entry.id
        confirmed = self._library.is_confirmed
        return Link(
            url,
            contract,
            self._replica,
            self._custodian,
            self._peer,
            self._ears,
            badge=Badge(url, own, contract, self._world, confirmed, key) if own else None,
            acknowledged=heads,
            mute=own is not None and not own.seat.role.writes,
        )


def standing(replica: Replica, links: Sequence[Link], *, has_begun: bool) -> Status:
    """What has become of the words written here."""
    if not replica.is_saved:
        return statuses.unsaved(replica.unsaved, replica.trouble)
    if not links:
        return statuses.saved()
    connected = [link for link in links if link.is_connected]
    if connected and not has_begun:
        return statuses.waiting()
    # What a relay had before this connection it may have lost: only what it says now counts.
    if any(link.is_heard and link.shares_all for link in connected):
        return statuses.shared()
    unshared = min(link.unshared() for link in connected or links)
    if connected:
        if unshared and all(link.keeps_back for link in connected):
            return statuses.kept_back(unshared)
        return statuses.sharing(unshared)
    for state in (link.state for link in links):
        if state.refusal:
            return statuses.refused(unshared, state.refusal, state.trouble)
    return statuses.alone(unshared, links[0].state.trouble)


def closed_rooms(links: Sequence[Link]) -> list[str]:
    """What to tell of the rooms that have closed while the contract was open.

    Nothing where it goes on elsewhere, as at the table of whoever took a host's place.
    """
    if any(link.is_heard for link in links):
        return []
    return [link.state.trouble for link in links if link.is_resting]


class Remembered:
    """What each relay was last known to have, as the library keeps it."""

    def __init__(self, library: Library, entry: Entry) -> None:
        self._library = library
        self._contract = entry.id
        self.heads: dict[str, Heads] = library.shared(entry.id)

    def update(self, links: Sequence[Link]) -> None:
        """Keep what has changed; raises LibraryError."""
        for link in links:
            if link.url not in self.heads and link.is_connected:
                self._library.add_relays(self._contract, [link.url])
                self.heads[link.url] = ()
            if self.heads.get(link.url, ()) != link.acknowledged:
                self._library.remember_shared(self._contract, link.url, link.acknowledged)
                self.heads[link.url] = link.acknowledged

    def forget_rooms(self, links: Sequence[Link]) -> None:
        """Forget the rooms that were not to be found; raises LibraryError.

        In another network, another computer may have the address, and nobody should be shown the
        contract for that. Whoever comes into the room again is told the address again.
        """
        for link in links:
            is_gone = bool(link.state.trouble) and not (link.is_connected or link.state.refusal)
            if is_room(link.url) and is_gone:
                self._library.forget_relay(self._contract, link.url)
                self.heads.pop(link.url, None)
