"""What this program shows a relay to be let in: made anew for each attempt, and for that relay."""

from __future__ import annotations

from collections.abc import Callable

from contract_tui.language import _, told
from contract_tui.library.errors import BadRelayAddress
from contract_tui.library.library import OwnSeat
from contract_tui.library.settings import is_sheltered
from contract_tui.library.world import World
from contract_tui.session.link.refusals import Unconfirmed
from sync_server.access.credential import HEADER_LIFETIME, audience_of, issue_credential
from sync_server.access.errors import BadAddress
from sync_server.access.keys import to_base64url
from sync_server.protocol.ids import DocumentId

REGISTRATION_HEADER = "X-Registration-Key"
CLOCK_MATTERS = 2.0
"""Seconds by which two clocks may differ before it is worth trying again by the other's."""


class Badge:
    """Shows one relay who this person is, without ever letting a key out of this computer."""

    def __init__(
        self,
        url: str,
        own: OwnSeat,
        contract: DocumentId,
        world: World,
        is_confirmed: Callable[[str], bool],
        registration_key: str | None = None,
    ) -> None:
        """Be ready; the `registration_key` is for a relay that knows nothing of the contract."""
        self._url = url
        self._own = own
        self._contract = contract
        self._world = world
        self._is_confirmed = is_confirmed
        self._registration_key = registration_key
        self._ahead = 0.0
        """Seconds by which the relay's clock is ahead of this computer's."""

    @property
    def is_held_back(self) -> bool:
        """Whether a person has to say first that they trust the network on the way."""
        return not is_sheltered(self._url) and not self._is_confirmed(self._url)

    def headers(self) -> dict[str, str]:
        """What goes with one handshake; raises Unconfirmed or BadRelayAddress."""
        if self.is_held_back:
            raise Unconfirmed(self._url)
        headers = {"Authorization": f"Bearer {self._credential()}"}
        if self._registration_key:
            headers[REGISTRATION_HEADER] = self._registration_key
        return headers

    def learn(self, relay_time: float | None) -> bool:
        """Set the clock by a relay's that refused; returns whether that may make a difference."""
        if relay_time is None:
            return False
        before, self._ahead = self._ahead, relay_time - self._world.clock()
        return abs(self._ahead - before) > CLOCK_MATTERS

    def _credential(self) -> str:
        try:
            audience = audience_of(self._url)
        except BadAddress as error:
            said = _("{url} is not the address of a relay: {why}")
            raise BadRelayAddress(said.format(url=self._url, why=told(error))) from error
        return issue_credential(
            self._own.key,
            self._own.shown,
            self._contract,
            audience,
            to_base64url(self._world.entropy(12)),
            int(self._world.clock() + self._ahead),
            HEADER_LIFETIME,
        )
