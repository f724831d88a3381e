"""Which turns hold words that their author was asked to type for the student."""

from contract_tui.contract.conference.insisting import Letters
from contract_tui.contract.conference.tokens import Confirmation
from contract_tui.history.history import History
from contract_tui.history.turns import Turn


def asked_in(history: History, turn: Turn, known: Letters) -> tuple[Confirmation, ...]:
    """What the student says of what was asked for in a turn; nothing where nothing was.

    `known` are the letters of the turn's text that somebody was asked to type, as of today.
    """
    if not known or turn.section not in history.past.chronicles:
        return ()
    chronicle, author = history.past.chronicles[turn.section], history.author(turn.actor).id
    put_in = (chronicle.id(place) for at in turn.changes for place in chronicle.born(at))
    said = {known[one][1] for one in put_in if one in known and known[one][0] == author}
    return tuple(one for one in Confirmation if one in said)
