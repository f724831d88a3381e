"""What stands of a text at one version after another, quicker than each by itself."""

from contract_tui.history.chronicle import Chronicle
from contract_tui.history.moment import Moment


class Sweep:
    """Goes through versions at each of which all changes before a position are made."""

    def __init__(self, chronicle: Chronicle) -> None:
        self._chronicle = chronicle
        self._end = 0
        self._there = bytearray(len(chronicle.letters))

    def flags(self, end: int, moment: Moment) -> bytes | bytearray:
        """A byte for each letter, 1 where it is there; `moment` is the version before `end`.

        It holds until the next call.
        """
        chronicle, there = self._chronicle, self._there
        if not chronicle.is_followable:
            return chronicle.flags(moment)
        for place in chronicle.moved(min(end, self._end), max(end, self._end)):
            there[place] = chronicle.stands(place, moment)
        self._end = end
        return there
