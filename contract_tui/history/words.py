"""The words around chosen letters."""

from collections.abc import Iterable

from contract_tui.history.chronicle import Chronicle
from contract_tui.history.moment import Moment


def words_with(chronicle: Chronicle, chosen: Iterable[int], moment: Moment) -> list[str]:
    """Return the words of a text at a version that hold a letter at one of the chosen places.

    Chosen letters count as there even if they came later: somebody else's, taken out at once.
    """
    marked = frozenset(chosen)
    words: list[str] = []
    done = -1
    for place in sorted(marked):
        if place > done and not chronicle.letters[place].text.isspace():
            begin = _edge(chronicle, place, -1, marked, moment)
            done = _edge(chronicle, place, 1, marked, moment)
            word = _between(chronicle, begin, done, marked, moment)
            words += [word] if word else []
    return words


def _edge(
    chronicle: Chronicle, place: int, step: int, marked: frozenset[int], moment: Moment
) -> int:
    """Walk to the last place before the next gap that is there, or the end of the text."""
    letters = chronicle.letters
    while 0 <= place + step < len(letters):
        there = place + step in marked or chronicle.stands(place + step, moment)
        if there and letters[place + step].text.isspace():
            break
        place += step
    return place


def _between(
    chronicle: Chronicle, begin: int, end: int, marked: frozenset[int], moment: Moment
) -> str:
    return "".join(
        chronicle.letters[place].text
        for place in range(begin, end + 1)
        if place in marked or chronicle.stands(place, moment)
    )
