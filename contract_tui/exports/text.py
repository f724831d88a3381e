"""A contract as plain text: the same bytes for the same version on every computer."""

from collections.abc import Iterator

from contract_tui.contract.reading import Reading
from contract_tui.exports.blocks import Block, Caution, Choice, Credit, Entry, Heading, Line, Words
from contract_tui.exports.sheet import sheet

_UNDERLINES = {1: "=", 2: "-"}


def to_text(reading: Reading) -> str:
    """Return title, headings and words, with nothing added inside the words and no wrapping."""
    blocks: list[str] = []
    for block in sheet(reading):
        lines = list(_lines(block))
        if isinstance(block, Heading) or not blocks:
            blocks.append("\n".join(lines))
        elif lines:
            blocks[-1] = "\n".join([blocks[-1], *lines])
    return "\n\n".join(blocks) + "\n"


def headed(heading: str, line: str) -> str:
    """Return a heading in one line, underlined."""
    words = " ".join(heading.split("\n"))
    return f"{words}\n{line * len(words)}" if line else words


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield headed(text, _UNDERLINES.get(level, ""))
        case Choice(text) | Line(text) | Caution(text):
            yield f"[{text}]"
        case Words(written, label):
            if label:
                yield f"[{label}]"
            yield written.text
        case Entry(written, facts, label):
            if label:
                yield f"[{label}]"
            yield f"- {written.text}"
            if facts:
                yield f"  [{' · '.join(facts)}]"
        case Credit():
            return
