"""What somebody can make who has a program of their own and keeps to no rule."""

import base64
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.session.session import Session
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor
from sync_server.protocol.messages import Custody, Sync, WireMessage
from sync_server.protocol.sync_message import SyncMessage
from tests.forgery.conference import Conference
from tests.sync_server.relay.client import Client
from tests.sync_server.relay.guests import Person

LIE = "I never said this. "


class Forger(Client):
    """A connection that can say anything, and listens to no exchange that it did not begin."""

    async def sits_in(self, meeting: Conference) -> None:
        """Open the contract, and wait until it has come."""
        copy = await self.open(meeting.contract)
        await self.until(lambda: len(copy.graph))

    async def _take(self, message: WireMessage) -> None:
        if not isinstance(message, Sync) or message.document_id in self.copies:
            await super()._take(message)


@asynccontextmanager
async def enters(meeting: Conference, person: Person, name: str) -> AsyncIterator[Forger]:
    """Connect with somebody's own credential."""
    header = person.header(meeting.url)
    async with Forger.connect(meeting.url, name, speaks=True, additional_headers=header) as client:
        assert isinstance(client, Forger)
        yield client


def past(session: Session) -> list[bytes]:
    """All changes, as somebody with a seat has them."""
    graph = session._replica.graph
    return graph.raws(range(len(graph)))


def lie(raws: Sequence[bytes], actor: bytes, words: str = LIE) -> Change:
    """A well-formed change in the interests under any actor."""
    contract = Contract.open(raws, Actor(actor))
    [change] = parse_changes([contract.splice(INTERESTS, Splice(0, 0, words))])
    return change


async def send(client: Client, meeting: Conference, *changes: Change) -> None:
    """Push changes to the relay, whatever it may think of them."""
    message = SyncMessage(heads=(changes[-1].hash,), changes=tuple(c.raw for c in changes))
    await client.send(Sync(client.name, client.peer, meeting.contract, message.encode()))


async def bring(
    client: Client,
    meeting: Conference,
    proofs: tuple[str, ...] = (),
    seals: tuple[bytes, ...] = (),
    vouchers: tuple[str, ...] = (),
) -> None:
    """Bring what is said to show who wrote what, or that it belongs here."""
    said = Custody(client.name, client.peer, meeting.contract, proofs, seals, vouchers=vouchers)
    await client.send(said)


async def is_withheld(client: Client) -> None:
    """Wait until the relay has said that nothing shows who wrote what was sent."""
    await client.until(lambda: client.notices)
    assert {notice.kind for notice in client.notices} == {"withheld"}
    assert client.notices[0].fields["reason"] == "unsealed"
    assert client.closed is None


async def answer(url: str, token: str) -> tuple[int, str]:
    """The relay's answer to a credential: its status, and the reason in a word."""
    try:
        async with connect(url, additional_headers={"Authorization": f"Bearer {token}"}):
            return 101, ""
    except InvalidStatus as error:
        return error.response.status_code, error.response.headers["X-Refused"]


def edited(token: str, part: int, **fields: object) -> str:
    """A token with other fields in its header (0) or payload (1), under the old signature."""
    parts = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(parts[part] + "=="))
    body = json.dumps(said | fields, separators=(",", ":")).encode()
    parts[part] = base64.urlsafe_b64encode(body).rstrip(b"=").decode()
    return ".".join(parts)
