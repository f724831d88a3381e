"""The words around chosen letters."""

from collections.abc import Iterable

from contract_tui.history.chronicle import Chronicle


def words_with(chronicle: Chronicle, chosen: Iterable[int], there: bytes | bytearray) -> list[str]:
    """Return the words of a text at a version that hold a letter at one of the chosen places.

    `there` flags the letters of that version. Chosen letters count as there even if they came
    later: somebody else's, taken out at once.
    """
    places = sorted(set(chosen))
    if not places:
        return []
    flags = bytearray(there)
    for place in places:
        flags[place] = 1
    words: list[str] = []
    done = -1
    for place in places:
        if place > done and not chronicle.shown(place).isspace():
            begin, done = _first(chronicle, place, flags), _last(chronicle, place, flags)
            word = chronicle.spelled(flags, begin, done + 1)
            words += [word] if word else []
    return words


def _first(chronicle: Chronicle, place: int, flags: bytearray) -> int:
    """Walk back over the letters that are there, up to a gap or the beginning."""
    while (before := flags.rfind(1, 0, place)) >= 0 and not chronicle.shown(before).isspace():
        place = before
    return place


def _last(chronicle: Chronicle, place: int, flags: bytearray) -> int:
    """Walk on over the letters that are there, up to a gap or the end."""
    while (after := flags.find(1, place + 1)) >= 0 and not chronicle.shown(after).isspace():
        place = after
    return place
