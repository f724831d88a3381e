"""Where everything in a contract lives, and the constant first change that every contract shares.

Two computers that each made a "title" would end with two titles, one of them hidden. So the objects
of a contract are made once, in a change that is part of the program, and are reached by the ids of
that change rather than by key: whoever overwrites a key hides nothing.
"""

from base64 import b64decode
from enum import StrEnum
from hashlib import sha256
from typing import NewType

from contract_tui.language import _, gettext_noop
from sync_server.protocol.ids import Actor, ElementId

PartId = NewType("PartId", str)
"""What can be written in by several at once: "title", a section's key, or a thing's text.

The last are made of names with slashes between them, as `items.paths` does.
"""

FORMAT = "learning-contract/1"
FORMAT_NAME, FORMAT_VERSION = "learning-contract", 1


def format_actor(name: str) -> Actor:
    """Who writes that a contract is of a format: nobody else is believed, and no computer has it.

    Another format needs another actor, as a constant change of its own.
    """
    return Actor(sha256(name.encode()).digest()[:16])


GENESIS_ACTOR = Actor(bytes.fromhex("61de774aeb767669b8ed1e8193517411"))
"""That of this format."""
GENESIS = b64decode(
    "hW9Kgx7/6zoB9wIAEGHed0rrdnZpuO0egZNRdBEBAQAAAAgBBgIQFfEBNAFCGVYVVxZwAgADDwAADQADfwMEBH8D"
    "BAl/AwQOAA1hBmZvcm1hdAV0aXRsZQhzZWN0aW9ucwlpbnRlcmVzdHMHaGVhZGluZwRib2R5A3BvcwZoaWRkZW4I"
    "c3VwcG9ydHMHaGVhZGluZwRib2R5A3BvcwZoaWRkZW4Jc3RydWN0dXJlB2hlYWRpbmcEYm9keQNwb3MGaGlkZGVu"
    "EHN0cnVjdHVyZV9jaG9pY2UNc3VwcG9ydF9pdGVtcwVnb2Fscwhwcm9taXNlcwVub3RlcwtyZWZsZWN0aW9ucwVz"
    "ZWF0cwRzZWVuBW5hbWVzCmFncmVlbWVudHMGYWdlbmRhC2NvbmZlcmVuY2VzBXR1cm5zH34BBAIAAgQCAX8AAgQC"
    "AX8AAgQDAQsAfwJ/tgIFAH4WAQMAfhYBAwB9FgEGDABsZWFybmluZy1jb250cmFjdC8xZm10HwA="
)
"""The first change, as every copy of every contract holds it."""


def _made_by(counter: int) -> ElementId:
    return ElementId(counter, GENESIS_ACTOR)


TITLE = PartId("title")
INTERESTS = PartId("interests")
SUPPORTS = PartId("supports")
STRUCTURE = PartId("structure")
CONSTANT_SECTIONS = (INTERESTS, SUPPORTS, STRUCTURE)

UNTRANSLATED_HEADINGS = {
    # At most 20 columns.
    INTERESTS: gettext_noop("Interests"),
    # At most 20 columns.
    SUPPORTS: gettext_noop("Supports needed"),
    # At most 20 columns.
    STRUCTURE: gettext_noop("Structure wanted"),
}
"""What other programs are told that a section is called which nobody gave a heading."""
DEFAULT_HEADINGS = {part: _(heading) for part, heading in UNTRANSLATED_HEADINGS.items()}
"""What a section is called until somebody gives it another heading."""

TITLE_TEXT = _made_by(2)
SECTIONS_MAP = _made_by(3)
SECTION_MAPS = {INTERESTS: _made_by(4), SUPPORTS: _made_by(9), STRUCTURE: _made_by(14)}
HEADING_TEXTS = {INTERESTS: _made_by(5), SUPPORTS: _made_by(10), STRUCTURE: _made_by(15)}
BODY_TEXTS = {INTERESTS: _made_by(6), SUPPORTS: _made_by(11), STRUCTURE: _made_by(16)}
SUPPORT_ITEMS_MAP = _made_by(20)
GOALS_MAP = _made_by(21)
PROMISES_MAP = _made_by(22)
NOTES_MAP = _made_by(23)
REFLECTIONS_MAP = _made_by(24)
SEATS_MAP = _made_by(25)
SEEN_MAP = _made_by(26)
NAMES_MAP = _made_by(27)
AGREEMENTS_MAP = _made_by(28)
TURNS_LIST = _made_by(31)

ROOT_OBJECTS = {
    "title": TITLE_TEXT,
    "sections": SECTIONS_MAP,
    "support_items": SUPPORT_ITEMS_MAP,
    "goals": GOALS_MAP,
    "promises": PROMISES_MAP,
    "notes": NOTES_MAP,
    "reflections": REFLECTIONS_MAP,
    "seats": SEATS_MAP,
    "seen": SEEN_MAP,
    "names": NAMES_MAP,
    "agreements": AGREEMENTS_MAP,
    "agenda": _made_by(29),
    "conferences": _made_by(30),
    "turns": TURNS_LIST,
}
"""The objects that the first change puts under the root, by key."""

TITLE_LIMIT = 200
SECTION_LIMIT = 10_000
"""How many characters a person may type into a part; what merging makes longer stays whole."""
_LINE, _PASSAGE = 300, 2_000
_FIELD_LIMITS = {
    "heading": 80,
    "what": _LINE,
    "when": _LINE,
    "together_with": _LINE,
    "origin_note": _LINE,
    "matters": _PASSAGE,
    "success": _PASSAGE,
    "evidence": _PASSAGE,
    "structure_note": _PASSAGE,
    "answer_text": _PASSAGE,
}
"""The same for the texts of the things that a contract lists, by field."""


class StructureChoice(StrEnum):
    """How much structure the student wants; none of them is more than another."""

    STEPS = "steps"
    """Show me the steps."""
    TOGETHER = "together"
    """Do it together."""
    CHECK_IN = "check-in"
    """Check in with me."""
    OWN_WAY = "own-way"
    """Leave me to it."""
    OWN_WORDS = "own-words"
    """In my own words, in the section's text."""
    NOT_CHOSEN = ""


def limit(part: PartId) -> int:
    """Return how many characters may be typed into a part."""
    _, of_a_thing, field = part.rpartition("/")
    if of_a_thing:
        return _FIELD_LIMITS.get(field, SECTION_LIMIT)
    return TITLE_LIMIT if part == TITLE else SECTION_LIMIT
