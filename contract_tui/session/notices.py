"""What a relay has to say to the people in a contract, in calm words."""

from __future__ import annotations

from collections.abc import Callable

from sync_server.protocol.messages import Notice

LASTING = frozenset({"erased", "revoked"})
"""Kinds that are told again when the contract is next opened."""
LONGEST = 300


def sentence(url: str, notice: Notice, name: Callable[[str], str]) -> str:
    """One sentence for a person; `name` says whose device has a prefix, given in hex."""
    fields = notice.fields
    device = fields.get("device", fields.get("seat", fields.get("prefix", "")))
    who = name(device) if isinstance(device, str) and device else ""
    match notice.kind:
        case "contested":
            words = f"The invitation for {who or 'one seat'} was used a second time at {url}: "
            words += "only the first counts. Ask whoever you invited."
        case "withheld":
            words = f"The relay at {url} did not take some changes: nobody has shown who wrote them"
            words += f" (of {who})." if who else "."
        case "revoked":
            words = f"{who or 'This computer'} was taken out of the contract by its holder."
        case "erased":
            words = f"The contract was erased at {url} by its holder; your copy here is untouched."
        case "limited":
            words = f"The relay at {url} asks to go slower; everything is saved here meanwhile."
        case _:
            words = f"The relay at {url} says something that this version does not understand."
    reason = fields.get("reason", "")
    if isinstance(reason, str) and (shown := _plain(reason)):
        words = f"{words} ({shown})"
    return words[:LONGEST]


def _plain(text: str) -> str:
    return "".join(c for c in " ".join(text.split()) if c.isprintable())[:120].rstrip(".")
