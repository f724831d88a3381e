"""A contract as it is read aloud: its words in reading order, and who reads needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from contract_tui.contract.reading import Reading
from contract_tui.exports.blocks import THING, Block, Choice, Credit, Entry, Heading, Line, Words
from contract_tui.exports.sheet import sheet


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One thing to read, the same on every screen: by its number, people find each other."""

    kind: str
    """What it looks like: title, part, thing, label, words or aside."""
    text: str


def paragraphs(reading: Reading) -> list[Paragraph]:
    """Return what there is to read, without notes beside the words and without answers."""
    told = replace(reading, notes=(), agreement=None)
    return [one for block in sheet(told) for one in _read(block)]


def _read(block: Block) -> Iterator[Paragraph]:
    match block:
        case Heading(text, level):
            yield Paragraph("title" if level == 1 else "thing" if level == THING else "part", text)
        case Words(written, label):
            if label:
                yield Paragraph("label", label)
            yield from _lines(written.text)
        case Entry(written, facts, label):
            if label:
                yield Paragraph("label", label)
            yield from _lines(written.text)
            if facts:
                yield Paragraph("aside", " · ".join(facts))
        case Choice(text) | Line(text):
            yield Paragraph("aside", text)
        case Credit():
            return
        case _:
            yield Paragraph("aside", block.text)


def _lines(text: str) -> Iterator[Paragraph]:
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph("words", line.strip())
