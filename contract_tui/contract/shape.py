"""What belongs where in the document: the places of a contract and what each may hold.

Words that people write are texts; choices are short strings, translated on the screen only; lists
of things are maps of items with a `pos` to sort by, since Automerge's lists cannot move anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Leaf(Enum):
    """A place that holds one value."""

    TEXT = "text"
    STRING = "string"
    YES_NO = "yes-or-no"
    NUMBER = "number"
    ANYTHING = "value"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Record:
    """A map with these keys and no others."""

    fields: "Mapping[str, Shape]"
    optional: frozenset[str] = frozenset()
    """The keys that may be missing without a word."""


@dataclass(frozen=True, slots=True)
class Each:
    """A map of any number of items of one shape, by id."""

    shape: "Shape"


Shape = Leaf | Record | Each

_STEP = Record(
    {
        "what": Leaf.TEXT,
        "by": Leaf.STRING,
        "when": Leaf.ANYTHING,
        "done": Leaf.YES_NO,
        "pos": Leaf.STRING,
        "removed": Leaf.STRING,
    },
    frozenset({"by", "when", "done", "removed"}),
)
_SECTION = Record(
    {"heading": Leaf.TEXT, "body": Leaf.TEXT, "pos": Leaf.STRING, "hidden": Leaf.YES_NO}
)
_SUPPORT_ITEM = Record(
    {
        "what": Leaf.TEXT,
        "when": Leaf.TEXT,
        "offered_by": Leaf.STRING,
        "state": Leaf.STRING,
        "check_on": Leaf.ANYTHING,
        "pos": Leaf.STRING,
        "removed": Leaf.STRING,
    },
    frozenset({"check_on", "removed"}),
)
_GOAL = Record(
    {
        "what": Leaf.TEXT,
        "matters": Leaf.TEXT,
        "success": Leaf.TEXT,
        "evidence": Leaf.TEXT,
        "together_with": Leaf.TEXT,
        "origin": Leaf.STRING,
        "origin_note": Leaf.TEXT,
        "structure_choice": Leaf.STRING,
        "structure_note": Leaf.TEXT,
        "stretch": Leaf.STRING,
        "state": Leaf.STRING,
        "steps": Each(_STEP),
        "pos": Leaf.STRING,
        "removed": Leaf.STRING,
    },
    frozenset({"structure_note", "stretch", "removed"}),
)
_PROMISE = Record(
    {
        "by": Leaf.STRING,
        "to": Leaf.STRING,
        "what": Leaf.TEXT,
        "when": Leaf.ANYTHING,
        "outcome": Each(Leaf.STRING),
        "pos": Leaf.STRING,
        "removed": Leaf.STRING,
    },
    frozenset({"when", "removed"}),
)
_NOTE = Record(
    {
        "kind": Leaf.STRING,
        "by": Leaf.STRING,
        "about": Leaf.STRING,
        "after": Leaf.STRING,
        "text": Leaf.TEXT,
        "answer": Leaf.STRING,
        "answer_text": Leaf.TEXT,
        "became": Leaf.STRING,
        "removed": Leaf.STRING,
    },
    frozenset({"about", "after", "text", "answer", "answer_text", "became", "removed"}),
)
_REFLECTION = Record(
    {"by": Leaf.STRING, "at": Leaf.NUMBER, "text": Leaf.TEXT, "removed": Leaf.STRING},
    frozenset({"removed"}),
)
_AGENDA_ITEM = Record(
    {
        "phase": Leaf.STRING,
        "minutes": Leaf.NUMBER,
        "floor": Leaf.ANYTHING,
        "prompts": Leaf.ANYTHING,
        "pos": Leaf.STRING,
        "removed": Leaf.YES_NO,
    },
    frozenset({"removed"}),
)
_CONFERENCE = Record(
    {
        "number": Leaf.NUMBER,
        "phase": Leaf.STRING,
        "phase_since": Leaf.NUMBER,
        "started_at": Leaf.NUMBER,
        "ended_at": Leaf.NUMBER,
        "opened_heads": Leaf.ANYTHING,
        "closed_heads": Leaf.ANYTHING,
        "moves": Each(Leaf.STRING),
        "people": Each(Leaf.NUMBER),
        "insisted": Each(Leaf.STRING),
        "confirmed": Each(Leaf.ANYTHING),
        "not_mine": Each(Leaf.ANYTHING),
        "standby": Each(Leaf.ANYTHING),
    },
    frozenset(
        {
            *("number", "ended_at", "opened_heads", "closed_heads"),
            *("moves", "people", "insisted", "not_mine", "standby"),
        }
    ),
)
_NAMED_VERSION = Record(
    {"name": Leaf.STRING, "heads": Leaf.STRING, "by": Leaf.STRING, "at": Leaf.NUMBER}
)
_SEAT = Record(
    {"role": Leaf.STRING, "name": Leaf.STRING, "proof": Leaf.STRING, "holds": Leaf.STRING},
    frozenset({"holds"}),
)
CONTRACT = Record(
    {
        "format": Leaf.STRING,
        "contract": Leaf.STRING,
        "title": Leaf.TEXT,
        "sections": Each(_SECTION),
        "structure_choice": Leaf.STRING,
        "support_items": Each(_SUPPORT_ITEM),
        "goals": Each(_GOAL),
        "promises": Each(_PROMISE),
        "notes": Each(_NOTE),
        "reflections": Each(_REFLECTION),
        "seats": Each(_SEAT),
        "seen": Each(Record({"at": Leaf.NUMBER, "heads": Leaf.STRING})),
        "names": Each(_NAMED_VERSION),
        "agreements": Each(Each(Leaf.STRING)),
        "agenda": Each(_AGENDA_ITEM),
        "agenda_form": Leaf.STRING,
        "conferences": Each(_CONFERENCE),
        "revisit": Leaf.ANYTHING,
        "turns": Leaf.LIST,
        "renewed": Leaf.STRING,
    },
    frozenset({"revisit", "renewed", "agenda_form"}),
)

LISTED = {
    "support_items": _SUPPORT_ITEM,
    "goals": _GOAL,
    "steps": _STEP,
    "promises": _PROMISE,
    "notes": _NOTE,
    "reflections": _REFLECTION,
}
"""What each of the things that a contract lists consists of, by the key of the list."""
PEOPLE = frozenset({"by", "to", "offered_by"})
"""Fields of these that name a person: by one of their seats, or by name until they have one."""


def texts_of(kind: str) -> tuple[str, ...]:
    """The fields of a listed thing that are texts."""
    return tuple(key for key, shape in LISTED[kind].fields.items() if shape is Leaf.TEXT)
