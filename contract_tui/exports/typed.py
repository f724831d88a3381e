"""Who typed what for the student, and what the student says of it, as lines below the words."""

from collections.abc import Iterable, Iterator

from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.contract.reading import Typed
from contract_tui.exports import words
from contract_tui.exports.blocks import Caution, Line

LINE = "{words}: {said}"
_LONGEST, _BEGINNING, _END = 80, 48, 28
"""Characters of a passage that is quoted whole; else how many of its beginning and of its end."""


def typed(passages: Iterable[Typed]) -> Iterator[Line | Caution]:
    """Yield a line for each person and each thing that is said of what they were asked to type."""
    found: dict[tuple[str, Confirmation], list[str]] = {}
    for one in passages:
        quoted = words.QUOTED.format(words=_short(" ".join(one.text.split())))
        found.setdefault((one.said, one.confirmation), []).append(quoted)
    for (said, confirmation), quoted_ones in found.items():
        line = LINE.format(words=", ".join(quoted_ones), said=said)
        yield Caution(line) if confirmation is Confirmation.NOT_MINE else Line(line)


def _short(text: str) -> str:
    """A long passage by where it begins and ends, cut between words where there are any."""
    if len(text) <= _LONGEST:
        return text
    beginning, end = text[:_BEGINNING], text[-_END:]
    return f"{beginning.rpartition(' ')[0] or beginning} … {end.partition(' ')[2] or end}"
