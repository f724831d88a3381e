"""What a relay is asked for beside keeping a contract: short codes, and to forget it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from contract_tui.language import _
from contract_tui.library.errors import LinkTrouble
from contract_tui.library.world import World
from contract_tui.session.link.link import Link, LinkPhase
from contract_tui.session.link.refusals import RefusalKind
from contract_tui.session.link.talk import Talk
from sync_server.access.audience import audience_of
from sync_server.access.keys import SigningKey, to_base64url
from sync_server.access.order import OrderKind, order

Listen = Callable[[Callable[[], None]], Callable[[], None]]
"""Calls back after every change; returns what ends that."""

PATIENCE = 10.0
"""Seconds for a relay to answer."""


@dataclass(frozen=True, slots=True)
class ShortCode:
    """A code, and the one relay that knows it."""

    code: str
    expires: int
    """Seconds since 1970."""
    relay: str


async def short_code(
    links: Sequence[Link],
    listen: Listen,
    invitation: str,
    lifetime: int,
) -> ShortCode:
    """Let a connected relay keep an invitation under a short code; raises LinkTrouble."""
    link = await _connected(links, listen)
    try:
        async with asyncio.timeout(PATIENCE):
            given = await _talk_of(link).ask_code(invitation, lifetime)
    except TimeoutError as error:
        raise LinkTrouble(
            _("the relay at {url} made no code: send the link").format(url=link.url)
        ) from error
    return ShortCode(given.code, given.expires, link.url)


async def erase(
    links: Sequence[Link],
    listen: Listen,
    key: SigningKey,
    world: World,
) -> list[str]:
    """Order every relay that can be reached to erase the contract; returns which did.

    Raises LinkTrouble where none did.
    """
    await _connected(links, listen)
    done: list[str] = []
    troubles: list[str] = []
    for link in [link for link in links if link.talk]:
        jti = to_base64url(world.entropy(12))
        token = order(key, OrderKind.ERASE, audience_of(link.url), jti, int(world.clock()))
        try:
            async with asyncio.timeout(PATIENCE):
                await _talk_of(link).order(token)
                if await _until(partial(_is_erased, link), listen):
                    done.append(link.url)
        except TimeoutError:
            troubles.append(_("the relay at {url} did not confirm it").format(url=link.url))
        except LinkTrouble as trouble:
            troubles.append(str(trouble))
    if not done:
        raise LinkTrouble("; ".join(troubles) or _("no relay has erased the contract: try again"))
    return done


def _is_erased(link: Link) -> bool:
    return link.state.refusal is RefusalKind.ERASED


async def _connected(links: Sequence[Link], listen: Listen) -> Link:
    """A link that is connected, waiting a while for one; raises LinkTrouble."""
    await _until(lambda: any(link.talk for link in links) or all(map(_is_decided, links)), listen)
    for link in links:
        if link.talk is not None:
            return link
    troubles = "; ".join(link.state.trouble for link in links if link.state.trouble)
    raise LinkTrouble(troubles or _("no relay answers: try again later"))


def _is_decided(link: Link) -> bool:
    """Whether an attempt to reach a relay has come to something, or to nothing."""
    return link.talk is not None or link.state.phase in (LinkPhase.WAITING, LinkPhase.RESTING)


def _talk_of(link: Link) -> Talk:
    if link.talk is None:
        gone = _("the relay at {url} is gone: try again").format(url=link.url)
        raise LinkTrouble(link.state.trouble or gone)
    return link.talk


async def _until(holds: Callable[[], bool], listen: Listen) -> bool:
    woken = asyncio.Event()
    leave = listen(woken.set)
    try:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await woken.wait()
                woken.clear()
    except TimeoutError:
        return False
    finally:
        leave()
    return True
