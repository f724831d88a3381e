"""What a person finds in a contract in which a program of others wrote whatever it liked."""

import json
from collections.abc import Iterator, Mapping
from functools import cache

from contract_tui.contract.agreement.differences import differences
from contract_tui.contract.conference.insisting import asked, letters
from contract_tui.contract.conference.moves import LONGEST, write_path
from contract_tui.contract.conference.writing import Press, come_back, take_break
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.errors import ContractError
from contract_tui.contract.items.notes import Places, answering, is_open, taking
from contract_tui.contract.items.tokens import NoteAnswer
from contract_tui.contract.schema import ROOT_OBJECTS
from contract_tui.contract.text.splice import Splice, clean
from contract_tui.contract.text.voice import not_theirs
from contract_tui.exports import dates
from contract_tui.library import summaries
from sync_server.protocol.operations import ElementId
from tests.contract_tui.contract.people import CONTRACT, MAYA, OKAFOR, actor_of, copy
from tests.contract_tui.full_contract import full_contract
from tests.simulation.ledger import everything

_LARGEST = 1 << 53


class BadSummary(Exception):
    """What is stored is no summary."""


def contract(data: bytes) -> None:
    """Write what JSON says into a whole contract: a list of strings is a text, all else itself."""
    said = _json(data)
    heads, mine = full_contract().heads, Contract.open(_past(), actor_of(OKAFOR, 7), CONTRACT)
    everything(mine)  # so that only what changes is read again
    raws = [mine.change(lambda writer: _write(writer, said))] if said else []
    read = full_contract()
    read.apply(raws)
    assert everything(read) == everything(mine) == everything(copy(mine, actor_of(MAYA, 8)))
    places = Places(read.items, read.texts, read.text)
    for note in read.items.notes:
        located = places.find(note)
        places.became(note)
        is_open(note, "")
        if located and located.part:
            taken = taking(located, "kites").splices
            read.rewrite(located.part, taken, note=answering(note, NoteAnswer.TOOK))
    for part in read.texts:
        not_theirs(read, part)
    confer(read, mine)
    read.reading()
    differences(read, heads, dates.when)


def confer(read: Contract, mine: Contract) -> None:
    """Look at the conferences and at the agenda, and go on with whatever goes on."""
    assert read.conferences.all == mine.conferences.all
    assert read.conferences.agenda == mine.conferences.agenda
    typed = letters(read.conferences.all)
    for part, obj in read.texts.items():
        asked(typed.get(obj, {}), part, read.text(part))
    current, press = read.conferences.current, Press(MAYA.id, 7)
    if current is not None and len(write_path(current.path)) < LONGEST // 2:
        current.spent(current.place.phase)
        step = come_back if current.place.on_break else take_break
        read.change(step(current, press) or (lambda writer: writer.put(None, "revisit", "x")))
        after = read.conferences.current
        assert after is not None
        assert after.place.on_break is not current.place.on_break


def summary(data: bytes) -> None:
    found = summaries._read(data.decode("utf-8", "replace"))
    if found is None:
        raise BadSummary
    assert summaries._read(summaries._written(found)) == found


@cache
def _past() -> tuple[bytes, ...]:
    return tuple(full_contract().changes_since())


def _json(data: bytes) -> Mapping[str, object]:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ContractError("this is no JSON") from error
    if not isinstance(said, dict):
        raise ContractError("this is no map")
    return said


def _write(writer: Writer, said: Mapping[str, object]) -> None:
    writer.append(ROOT_OBJECTS["turns"], 7)  # so that there is something in every case
    for key, value in _usable(said):
        if isinstance(value, dict) and key in ROOT_OBJECTS.keys() - {"title", "turns"}:
            for name, one in _usable(value):
                _put(writer, ROOT_OBJECTS[key], name, one)
        else:
            _put(writer, None, key, value)


def _put(writer: Writer, obj: ElementId | None, key: str, value: object) -> None:
    match value:
        case dict():
            inner = writer.make(obj, key, Kind.MAP)
            for name, one in _usable(value):
                _put(writer, inner, name, one)
        case list():
            text = writer.make(obj, key, Kind.TEXT)
            words = clean("".join(one for one in value if isinstance(one, str)))
            writer.splice(text, Splice(0, 0, _plain(words)))
        case str():
            writer.put(obj, key, _plain(value))
        case int() if abs(value) < _LARGEST:
            writer.put(obj, key, value)


def _usable(said: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The keys that can be written."""
    return ((key, value) for key, value in said.items() if key and _plain(key) == key)


def _plain(text: str) -> str:
    """A text without halves of characters."""
    return text.encode("utf-8", "ignore").decode()
