"""A contract as Markdown (CommonMark) that shows the words as they were typed."""

import re
from collections.abc import Iterator

from contract_tui.contract.reading import Reading
from contract_tui.exports.blocks import Block, Caution, Choice, Credit, Entry, Heading, Line, Words
from contract_tui.exports.sheet import sheet

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")


def to_markdown(reading: Reading, exported: str = "") -> str:
    """Return headings, words and who wrote them; `exported` is a date in words for the end."""
    blocks: list[str] = []
    before: Block | None = None
    for block in sheet(reading):
        text = "\n\n".join(_blocks(block))
        if isinstance(block, Entry) and isinstance(before, Entry):
            blocks[-1] += f"\n{text}"
        elif text:
            blocks.append(text)
        before = block
    if exported:
        blocks.append(f"*{_line(exported)}*")
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Escape every character that Markdown would read as a mark inside a line."""
    return _SPECIAL.sub(r"\\\1", text)


def as_line(marked: str) -> str:
    """Return escaped text as a line that begins no list, heading or rule."""
    plain = _NUMBERED.sub(r"\1\\\2", marked.strip())
    return f"\\{plain}" if plain[:1] in {"#", "+", "-", "="} else plain


def _blocks(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {_line(text)}"
        case Choice(text):
            yield f"**{_line(text)}**"
        case Words(written, label):
            if label:
                yield f"**{_line(label)}**"
            if not written.is_blank:
                yield _words(written.text)
        case Entry(written, facts, label):
            yield _entry(written.text, facts, label)
        case Line(text):
            yield _line(text)
        case Credit(text):
            yield f"*{_line(text)}*"
        case Caution(text):
            yield f"> *{_line(text)}*"


def _entry(text: str, facts: tuple[str, ...], label: str) -> str:
    """Return an item of a list; what follows on further lines stays in it."""
    first = f"**{_line(label)}:** " if label else ""
    last = f"\\\n*{_line(' · '.join(facts))}*" if facts else ""
    return f"- {first}{_words(text)}{last}".replace("\n", "\n  ").replace("\n  \n", "\n\n")


def _words(text: str) -> str:
    """Return lines as lines: a backslash keeps a line end where there is no empty line."""
    lines = [_line(line) for line in text.strip("\n").split("\n")]
    joined = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        joined += line + ("\\\n" if line and following else "\n")
    return joined.rstrip("\n")


def _line(text: str) -> str:
    """Return one line with everything escaped that Markdown would read as a mark."""
    return as_line(escaped(" ".join(text.split("\n"))))
