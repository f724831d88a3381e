"""Documents as typing makes them: one change for each key."""

import random
from functools import cache

from contract_tui.contract.crdt import Branch, CrdtDocument, Kind, Writer
from contract_tui.contract.text.splice import Splice
from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId

_SAID = (
    "what I care about is the tidepools and everything that lives there between two tides crabs"
    " limpets a starfish once which had only four arms I want to know who eats whom and why some"
    " of them stay when water goes maps help me and somebody who asks before they explain reading"
    " aloud does not because then all wait for words to come on Mondays we could go together"
)
_WORDS = _SAID.split()


def _prose(length: int) -> str:
    """Return so many letters in no order that a compressor could guess."""
    chance = random.Random(length)
    return " ".join(chance.choice(_WORDS) for _ in range(length // 2))[:length]


_PROSE = _prose(60_000)


class Typing:
    """One person's keys in one text."""

    def __init__(self, actor: Actor, past: list[Change]) -> None:
        self._crdt = CrdtDocument(actor)
        self._crdt.apply([change.raw for change in past])
        self._text = self._note()

    def keys(self, count: int) -> list[Change]:
        """Press keys at the end of the text; returns a change for each."""
        length = self._crdt.length(self._text)
        raws = [self._key(length + number) for number in range(count)]
        return parse_changes(raws)

    def _key(self, at: int) -> bytes:
        splice = Splice(at, at, _PROSE[at % len(_PROSE)])
        made = self._crdt.transact(lambda writer: writer.splice(self._text, splice))
        assert made is not None
        return made.raw

    def _note(self) -> ElementId:
        found = self._crdt.get(None, "note")
        assert isinstance(found, Branch)
        return found.object


@cache
def beginning() -> tuple[Change, ...]:
    """Return the one change that makes the text."""

    def write(writer: Writer) -> None:
        writer.make(None, "note", Kind.TEXT)

    made = CrdtDocument(Actor(b"the-very-first--")).transact(write)
    assert made is not None
    return tuple(parse_changes([made.raw]))


@cache
def _typed(count: int) -> tuple[Change, ...]:
    return tuple(Typing(Actor(b"typed-long-ago--"), list(beginning())).keys(count))


def history(keys: int) -> list[Change]:
    """Return a document in which so many keys were pressed."""
    return [*beginning(), *_typed(50_000 if keys > 10_000 else 10_000)[:keys]]
