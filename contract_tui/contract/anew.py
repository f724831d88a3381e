"""A new contract from the words of another as they stand, without how they came to be."""

from contract_tui.contract.carried import Carrier
from contract_tui.contract.conference.arranging import carry
from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument, Element, Kind, Writer
from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.records import begin_turn, choice
from contract_tui.contract.schema import (
    BODY_TEXTS,
    DEFAULT_HEADINGS,
    HEADING_TEXTS,
    SECTION_MAPS,
    SECTIONS_MAP,
    TITLE,
    TITLE_TEXT,
    PartId,
    StructureChoice,
)
from contract_tui.contract.sections import Section
from contract_tui.contract.text.splice import Splice, clean
from sync_server.access.keys import PublicKey, contract_id
from sync_server.protocol.ids import Actor
from sync_server.protocol.operations import ElementId

LARGEST = 10_000
"""Characters that one change puts in; no relay takes changes without a limit."""


def begin_anew(old: Contract, actor: Actor, public_key: str, turn_at: int) -> Contract:
    """Write today's words of a contract into a new one, governed by a public key in base64url.

    All that stands goes along, by one actor, each text as one turn that begins at `turn_at`
    (seconds since 1970); who wrote it before does not, nor do agreements and what was taken away.
    Raises BadKey.
    """
    contract = contract_id(PublicKey.from_text(public_key))
    document = blank_document(actor)
    document.transact(lambda writer: writer.put(None, "contract", public_key))

    def rewrite(text: ElementId, part: PartId) -> list[ElementId]:
        letters = _letters(old, part)
        words = clean("".join(letter.text for letter in letters))
        _write(document, text, words, turn_at)
        return [letter.id for letter in letters]

    carrier = Carrier(old, document, rewrite)
    carrier.carry_text(TITLE, TITLE_TEXT)
    for section in old.sections:
        carrier.carry_text(section.part, _lay_out(document, section))
    carrier.carry()
    if (agenda := carry(old.conferences.agenda)) is not None:
        document.transact(agenda)
    if old.structure_choice != StructureChoice.NOT_CHOSEN:
        document.transact(choice(old.structure_choice, turn_at))
    return Contract(document, contract)


def _letters(old: Contract, part: PartId) -> list[Element]:
    """What stands in a part, without what its author covered."""
    text, covered = old.text(part), old.covered.get(part, frozenset())
    return [
        Element(character, name)
        for character, name in zip(text.text, text.ids, strict=True)
        if name not in covered
    ]


def _lay_out(document: CrdtDocument, section: Section) -> ElementId:
    """See to it that a section is there, where and as it was; returns the Text for its words."""
    part, bodies = section.part, dict(BODY_TEXTS)
    usual = document.items(SECTION_MAPS[part]) if part in SECTION_MAPS else {}

    def write(writer: Writer) -> None:
        if part in SECTION_MAPS:
            place, heading = SECTION_MAPS[part], HEADING_TEXTS[part]
        else:
            place = writer.make(SECTIONS_MAP, part, Kind.MAP)
            heading = writer.make(place, "heading", Kind.TEXT)
            bodies[part] = writer.make(place, "body", Kind.TEXT)
        if section.heading != DEFAULT_HEADINGS.get(part):
            writer.splice(heading, Splice(0, 0, clean(section.heading)))
        if section.position != usual.get("pos"):
            writer.put(place, "pos", section.position)
        if section.hidden is not usual.get("hidden"):
            writer.put(place, "hidden", section.hidden)

    document.transact(write)
    return bodies[part]


def _write(document: CrdtDocument, text: ElementId, words: str, turn_at: int) -> None:
    """Write a text as one turn, in as many changes as it takes."""
    for start in range(0, len(words), LARGEST):
        splice = Splice(start, start, words[start : start + LARGEST])

        def write(writer: Writer, splice: Splice = splice) -> None:
            begin_turn(writer, turn_at if splice.start == 0 else None)
            writer.splice(text, splice)

        document.transact(write)
