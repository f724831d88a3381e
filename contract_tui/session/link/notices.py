"""What a relay has to say to the people in a contract, in calm words."""

from __future__ import annotations

from sync_server.protocol.messages import Notice

LASTING = frozenset({"erased", "revoked"})
"""Kinds that are told again when the contract is next opened."""
LONGEST = 300


def sentence(url: str, notice: Notice, hope: str = "") -> str:
    """What a person is told; nothing where the relay only asks for more seals, which follow.

    `hope` is who else can help where an author has to, as `hope_in` or `hope_for` says it.
    """
    fields = notice.fields
    who = _plain(fields.get("name", ""))
    match notice.kind:
        case "contested":
            words = f"The invitation for {f'“{who}”' if who else 'one seat'} was used a second time"
            words += f" at {url}, and refused: ask whether it was meant."
        case "withheld" if fields.get("reason") == "too many":
            words = ""
        case "withheld" if fields.get("reason") == "invalid":
            words = f"The relay at {url} keeps back {_count(fields.get('changes'))} and what builds"
            words += " on it: it could harm the contract of others. It is safe here; tell whoever"
            words += " runs the relay."
        case "withheld":
            words = f"The relay at {url} did not take {_count(fields.get('changes'))}: nothing "
            words += f"shows who wrote them. They are safe here, and wait for their author{hope}."
        case "revoked":
            words = f"You no longer take part at {url}: ask whoever invited you."
            words += " Your copy here is untouched."
        case "erased":
            words = f"The contract was erased at {url} by its holder; your copy here is untouched."
        case "limited":
            words = f"The relay at {url} takes no more for now: {_plain(fields.get('reason', ''))}."
        case _:
            words = f"The relay at {url} says something that this version does not understand."
    return words[:LONGEST]


def hope_in(name: str) -> str:
    """What helps where an author never comes back: the holder of the contract's key, by name."""
    who = f"{_plain(name)}, who holds" if name else "whoever holds"
    return f"; {who} the contract’s key{',' if name else ''} can vouch for them"


def hope_for(contract: str) -> str:
    """What the holder of the key can do about it: a command about this contract."""
    return f", or for you: contract-tui vouch {contract} shows them, and asks"


def silence(url: str) -> str:
    """What a person is told of a relay that is a program of others."""
    words = f"The relay at {url} does not pass on what shows who wrote something: who wrote what"
    return f"{words} is as this relay says."


def _count(number: str | int | None) -> str:
    if not isinstance(number, int):
        return "some changes"
    return "1 change" if number == 1 else f"{number} changes"


def _plain(said: str | int) -> str:
    """What a relay said, on one line and without anything that a terminal would act on."""
    text = " ".join(str(said).split())
    return "".join(c for c in text if c.isprintable())[:120].rstrip(". ")
