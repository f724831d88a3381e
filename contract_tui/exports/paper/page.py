"""One page: words and blocks as values that a layout draws, and the setting of it by typst."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files

from contract_tui.contract.reading import Foreign, Written
from contract_tui.exports import words
from contract_tui.exports.blocks import THING, Block, Entry, Heading, Line, Words
from contract_tui.exports.errors import NoTypst
from contract_tui.exports.paper.printable import INSTEAD, Printing, breakable

Value = Mapping[str, object]
_WIDE, _NARROW, _SMALL = 26, 18, 60
"""Letters of a word that fit in any line, in a narrow column, and in a line of ours."""
_PAGE, _LINE, _SHORT_LINE = 2_000, 60, 30
"""Characters that surely fit on one page, how many more each line of a group counts as, and how
many a line counts as at least."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A document to be printed."""

    pdf: bytes
    missing: tuple[str, ...]
    """Characters that no font has, which stand in it as �."""


class Page:
    """Turns words and blocks into values that a layout draws."""

    def __init__(self) -> None:
        self._printing = Printing()

    def plain(self, text: str) -> str:
        """Return a text in one line, without any mark."""
        return self._printing.text(" ".join(text.split()))

    def lines(self, written: Written, longest: int = _WIDE) -> list[Value]:
        """Return each line with its direction, cut where words are somebody else's."""
        if written.is_blank:
            return []
        lines: list[Value] = []
        at = 0
        for line in written.text.rstrip().split("\n"):
            runs = self._runs(line, at, written.foreign, longest)
            lines.append({"rtl": _is_rtl(line), "runs": runs})
            at += len(line) + 1
        return lines

    def block(self, block: Block) -> Value:
        """Return one block under the names that the layouts know."""
        value: dict[str, object] = {"kind": type(block).__name__.lower()}
        match block:
            case Words(written, label):
                value |= {"words": self.lines(written), "label": self.lines(Written(label))}
            case Entry(written, facts, label, done):
                facts_ = self.lines(Written(" · ".join(facts)), _NARROW)
                label_ = self.lines(Written(label), _NARROW)
                value |= {"words": self.lines(written), "label": label_}
                value |= {"facts": facts_, "done": done, "long": is_long(written, *facts)}
            case Heading(text, level):
                value |= {"words": self.lines(Written(" ".join(text.split()))), "level": level}
            case Line(text):
                value["words"] = self.lines(Written(text), _SMALL)
            case _:
                value["words"] = self.lines(Written(block.text))
        return value

    def groups(self, blocks: Iterable[Block]) -> list[Value]:
        """Return blocks by heading, and whether they stay together on one page: short goals do."""
        groups: list[list[Block]] = []
        for block in blocks:
            if isinstance(block, Heading) or not groups:
                groups.append([])
            groups[-1].append(block)
        return [
            {"together": _together(some), "blocks": list(map(self.block, some))} for some in groups
        ]

    def printed(self, layout: str, data: Value, *foot: str) -> Printed:
        """Set a page; `foot` are the lines at its bottom."""
        said = [line for line in foot if line]
        lines = [{"text": breakable(self.plain(line), _SMALL)} for line in said]
        missing = tuple(self._printing.missing)
        if missing:
            lines.append({"text": words.REPLACED.format(instead=INSTEAD)})
        language = words.LANGUAGE.partition("-")[0]
        return Printed(_set(layout, {**data, "foot": lines, "language": language}), missing)

    def _runs(self, line: str, at: int, foreign: Sequence[Foreign], longest: int) -> list[Value]:
        runs: list[Value] = []
        done = 0
        for one in foreign:
            start, end = max(one.start - at, 0), min(one.start + len(one.text) - at, len(line))
            if start >= end:
                continue
            runs += [self._run(line[done:start], longest)] if start > done else []
            runs.append(self._run(line[start:end], longest, foreign=True))
            done = end
        return [*runs, self._run(line[done:], longest)]

    def _run(self, text: str, longest: int, *, foreign: bool = False) -> Value:
        return {"text": breakable(self._printing.text(text), longest), "foreign": foreign}


def is_long(written: Written, *facts: str) -> bool:
    """Whether words may need more than a page, and have to go on on the next one."""
    return sum(map(extent, (written.text, *facts))) > _PAGE // 2


def extent(text: str) -> int:
    """Return how much room a text takes: in narrow letters, and no line is nothing."""
    return sum(max(_SHORT_LINE, _width(line)) for line in text.rstrip().split("\n"))


def _width(line: str) -> int:
    return len(line) + sum(1 for one in line if unicodedata.east_asian_width(one) in "WF")


def _is_rtl(line: str) -> bool:
    """Whether a line runs from right to left, by its first letter with a direction."""
    directions = (unicodedata.bidirectional(one) for one in line)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"


def _together(blocks: Sequence[Block]) -> bool:
    first = blocks[0]
    is_goal = isinstance(first, Heading) and first.level == THING
    return is_goal and sum(map(_length, blocks)) < _PAGE


def _length(block: Block) -> int:
    text = block.written.text if isinstance(block, Words | Entry) else block.text
    return sum(len(line) + _LINE for line in text.split("\n"))


def _set(layout: str, data: Value) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise NoTypst(words.GET_TYPST) from error
    with as_file(files("contract_tui.exports.paper")) as folder:
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder / "fonts")],
        )
        compiler = typst.Compiler(str(folder / layout), root=str(folder), font_paths=fonts)
        inputs = {"page": json.dumps(data, ensure_ascii=False)}
        made = compiler.compile(format="pdf", sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made
