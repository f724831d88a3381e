"""What the things of a contract and their texts are called: `goals/3f…`, `goals/3f…/matters`."""

from typing import NewType

from contract_tui.contract.schema import ROOT_OBJECTS, PartId

ItemId = NewType("ItemId", str)
"""One thing: the map it is in and its key; of a step, behind those of its goal."""

SUPPORTS_LIST, GOALS_LIST, PROMISES_LIST = "support_items", "goals", "promises"
REFLECTIONS_LIST, NOTES_LIST, STEPS_LIST = "reflections", "notes", "steps"
SECTIONS, BODY = "sections", "body"
LISTS = {
    ROOT_OBJECTS[kind]: kind
    for kind in (SUPPORTS_LIST, GOALS_LIST, PROMISES_LIST, REFLECTIONS_LIST, NOTES_LIST)
}
"""Which list of things each of these objects is; steps are in their goal."""


def item(kind: str, key: str) -> ItemId:
    """Name a thing of one of the contract's lists."""
    return ItemId(f"{kind}/{key}")


def step(goal: ItemId, key: str) -> ItemId:
    """Name a step of a goal."""
    return ItemId(f"{goal}/{STEPS_LIST}/{key}")


def part_of(thing: ItemId, field: str) -> PartId:
    """Name one of a thing's texts."""
    return PartId(f"{thing}/{field}")


def owner(part: PartId) -> ItemId | None:
    """The thing that a text belongs to; None for the title and for the words of a section."""
    thing, slash, _ = part.rpartition("/")
    return ItemId(thing) if slash else None


def field(part: PartId) -> str:
    """Which of its thing's texts this is; the part itself for the title and for a section."""
    return part.rpartition("/")[2]


def key_of(part: PartId) -> str:
    """Under which key of the map of its thing or section a text stands."""
    return field(part) if owner(part) else BODY


def section_of(part: PartId) -> str | None:
    """The section that a heading or the words of one belong to, by key; None for a thing's text."""
    thing = owner(part)
    if thing is None:
        return part
    return key(thing) if kind(thing) == SECTIONS else None


def kind(thing: ItemId) -> str:
    """Which list a thing is in: `steps` for a step."""
    return thing.split("/")[-2]


def key(thing: ItemId) -> str:
    """What a thing is called in its list."""
    return thing.rpartition("/")[2]


def goal_of(thing: ItemId) -> ItemId:
    """The goal that a step belongs to."""
    return ItemId("/".join(thing.split("/")[:2]))


def main_part(thing: ItemId) -> PartId:
    """The text that a change of anything else of a thing counts as an edit of."""
    return part_of(thing, _MAIN.get(kind(thing), "what"))


_MAIN = {REFLECTIONS_LIST: "text", NOTES_LIST: "text"}
