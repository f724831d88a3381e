"""Says what was said of a thing beside its words: from what to what, in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from contract_tui.contract.schema import CHOICE_WORDS, StructureChoice
from contract_tui.contract.seats import SeatEntry
from contract_tui.history.register import Said
from contract_tui.history.sayings import ADDED, Change
from sync_server.access.proof import SeatId

ADDED_SAID, GONE_SAID = "New: {thing}", "Not there yet: {thing}"
FROM_TO = "{thing}, {field}: from {before} to {after}"
SAID, UNSAID = "{thing}, {field}: {after}", "{thing}, {field}: not {before} any more"
MOVED = "{thing}: put in another place"
TAKEN_AWAY, BROUGHT_BACK = "{thing}: taken away", "{thing}: brought back"
NOTHING = ""
YES, NO = "yes", "no"
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "state": "how it is",
        "origin": "where it comes from",
        "stretch": "how it feels",
        "structure_choice": "structure",
        "check_on": "look again",
        "offered_by": "offered by",
        "by": "by whom",
        "to": "to whom",
        "when": "when",
        "at": "of which day",
        "done": "done",
        "outcome": "what became of it",
    }
)
VALUES: Mapping[str, str] = MappingProxyType(
    {
        "wanted": "wanted",
        "trying": "trying it",
        "helps": "it helps",
        "not-now": "not now",
        "mine": "mine",
        "negotiated": "agreed on together",
        "required": "required",
        "too-easy": "too easy",
        "right": "about right",
        "too-much": "too much",
        "idea": "an idea",
        "changed": "changed",
        "reached": "reached",
        "let-go": "let go",
        "kept": "kept",
        "not-yet": "not yet",
        **{choice.value: words.lower() for choice, words in CHOICE_WORDS.items() if words},
    }
)
_PEOPLE = frozenset({"by", "to", "offered_by"})

Person = Callable[[SeatId], SeatEntry]


def say(thing: str, change: Change, person: Person) -> str:
    """Say what changed of a thing that is called so."""
    field = change.field
    if field == ADDED:
        return (GONE_SAID if change.after is None else ADDED_SAID).format(thing=thing)
    if field == "pos":
        return MOVED.format(thing=thing)
    if field == "removed":
        return (BROUGHT_BACK if change.after is None else TAKEN_AWAY).format(thing=thing)
    before, after = (_value(field, one, person) for one in (change.before, change.after))
    sentence = SAID if before == NOTHING else UNSAID if after == NOTHING else FROM_TO
    return sentence.format(thing=thing, field=FIELDS[field], before=before, after=after)


def _value(field: str, said: Said, person: Person) -> str:
    if isinstance(said, bool):
        return YES if said else NO
    if said is None or isinstance(said, bytes) or said == StructureChoice.NOT_CHOSEN:
        return NOTHING
    if field in _PEOPLE:
        return person(SeatId(str(said))).name
    return VALUES.get(str(said), f"“{said}”")
