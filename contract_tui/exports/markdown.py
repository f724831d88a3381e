"""A contract as Markdown (CommonMark) that shows the words as they were typed."""

import re

from contract_tui.contract.reading import Reading, ReadSection
from contract_tui.contract.schema import CHOICE_WORDS, STRUCTURE

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")


def to_markdown(reading: Reading, exported: str = "") -> str:
    """Return headings, words and who wrote them; `exported` is a date in words for the end."""
    blocks = [f"# {_line(reading.title)}"] if reading.title else []
    for section in reading.shown:
        blocks += _section(section, reading)
    if exported:
        blocks.append(f"*{_line(exported)}*")
    return "\n\n".join(blocks) + "\n"


def _section(section: ReadSection, reading: Reading) -> list[str]:
    blocks = [f"## {_line(section.heading)}"]
    choice = CHOICE_WORDS[reading.structure_choice] if section.part == STRUCTURE else ""
    if choice:
        blocks.append(f"**{choice}**")
    if section.text.strip():
        blocks.append(_words(section.text))
    if section.by:
        blocks.append(f"*Written by {_line(', '.join(section.by))}*")
    return blocks


def _words(text: str) -> str:
    """Return lines as lines: a backslash keeps a line end where there is no empty line."""
    lines = [_line(line) for line in text.strip("\n").split("\n")]
    joined = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        joined += line + ("\\\n" if line and following else "\n")
    return joined.rstrip("\n")


def escaped(text: str) -> str:
    """Escape every character that Markdown would read as a mark inside a line."""
    return _SPECIAL.sub(r"\\\1", text)


def as_line(marked: str) -> str:
    """Return escaped text as a line that begins no list, heading or rule."""
    plain = _NUMBERED.sub(r"\1\\\2", marked.strip())
    return f"\\{plain}" if plain[:1] in {"#", "+", "-", "="} else plain


def _line(text: str) -> str:
    """Return one line with everything escaped that Markdown would read as a mark."""
    return as_line(escaped(" ".join(text.split("\n"))))
