"""What a relay has to say to the people in a contract, in calm words."""

from __future__ import annotations

from collections.abc import Mapping

from contract_tui.language import _, ngettext
from sync_server.protocol.messages import Notice

LASTING = frozenset({"erased", "revoked"})
"""Kinds that are told again when the contract is next opened."""
LONGEST = 400
_CONTESTED = _(
    "The invitation for “{name}” was used a second time at {url}, and refused: ask whether it was "
    "meant."
)
_SEAT_CONTESTED = _(
    "The invitation for one seat was used a second time at {url}, and refused: ask whether it was "
    "meant."
)
_KEPT_BACK = _(
    "The relay at {url} keeps back some changes and what builds on it: it could harm the contract "
    "of others. It is safe here; tell whoever runs the relay."
)
_NOT_TAKEN = _(
    "The relay at {url} did not take some changes: nothing shows who wrote them. They are safe "
    "here, and wait for their author{hope}."
)
_HOPE_IN = _("; {name}, who holds the contract’s key, can vouch for them")
_HOPE = _("; whoever holds the contract’s key can vouch for them")
_HOPE_FOR = _(", or for you: contract-tui vouch {contract} shows them, and asks")
_REVOKED = _(
    "You no longer take part at {url}: ask whoever invited you. Your copy here is untouched."
)
_ERASED = _("The contract was erased at {url} by its holder; your copy here is untouched.")
_LIMITED = _("The relay at {url} takes no more for now: {why}.")
_UNKNOWN = _("The relay at {url} says something that this version does not understand.")
_SILENCE = _(
    "The relay at {url} does not pass on what shows who wrote something: who wrote what is as this "
    "relay says."
)


def sentence(url: str, notice: Notice, hope: str = "") -> str:
    """What a person is told; nothing where the relay only asks for more seals, which follow.

    `hope` is who else can help where an author has to, as `hope_in` or `hope_for` says it.
    """
    fields = notice.fields
    who, why = _plain(fields.get("name", "")), fields.get("reason")
    match notice.kind:
        case "contested":
            words = _CONTESTED if who else _SEAT_CONTESTED
        case "withheld" if why == "too many":
            return ""
        case "withheld" if why == "invalid":
            words = _kept_back(fields.get("changes"))
        case "withheld":
            words = _not_taken(fields.get("changes"))
        case "revoked":
            words = _REVOKED
        case "erased":
            words = _ERASED
        case "limited":
            words = _LIMITED
        case _:
            words = _UNKNOWN
    said = words.format(
        url=url, name=who, why=_plain(why or ""), n=fields.get("changes"), hope=hope
    )
    return said[:LONGEST]


def lasting(kept: Mapping[bytes, bytes]) -> dict[bytes, str]:
    """What is told again of the notices that were kept, each under its kind and its relay.

    In the language of this start: what was kept is in that of the program which heard them. It is
    told as it stands only of what this version does not know.
    """
    said = {}
    for name, text in kept.items():
        kind, _space, url = name.decode("utf-8", "replace").partition(" ")
        form = {"erased": _ERASED, "revoked": _REVOKED}.get(kind)
        said[name] = form.format(url=url)[:LONGEST] if form else text.decode("utf-8", "replace")
    return said


def hope_in(name: str) -> str:
    """What helps where an author never comes back: the holder of the contract's key, by name."""
    return _HOPE_IN.format(name=_plain(name)) if name else _HOPE


def hope_for(contract: str) -> str:
    """What the holder of the key can do about it: a command about this contract."""
    return _HOPE_FOR.format(contract=contract)


def silence(url: str) -> str:
    """What a person is told of a relay that is a program of others."""
    return _SILENCE.format(url=url)


def _kept_back(number: str | int | None) -> str:
    if not isinstance(number, int):
        return _KEPT_BACK
    return ngettext(
        "The relay at {url} keeps back {n} change and what builds on it: it could harm the "
        "contract of others. It is safe here; tell whoever runs the relay.",
        "The relay at {url} keeps back {n} changes and what builds on it: it could harm the "
        "contract of others. It is safe here; tell whoever runs the relay.",
        number,
    )


def _not_taken(number: str | int | None) -> str:
    if not isinstance(number, int):
        return _NOT_TAKEN
    return ngettext(
        "The relay at {url} did not take {n} change: nothing shows who wrote them. They are safe "
        "here, and wait for their author{hope}.",
        "The relay at {url} did not take {n} changes: nothing shows who wrote them. They are safe "
        "here, and wait for their author{hope}.",
        number,
    )


def _plain(said: str | int) -> str:
    """What a relay said, on one line and without anything that a terminal would act on."""
    text = " ".join(str(said).split())
    return "".join(c for c in text if c.isprintable())[:120].rstrip(". ")
