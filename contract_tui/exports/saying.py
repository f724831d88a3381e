"""Says what was said of a thing beside its words: from what to what, in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from contract_tui.contract.items import paths, terms, writing
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.shape import PEOPLE
from contract_tui.exports import dates, words
from contract_tui.history.register import Said
from contract_tui.history.sayings import ADDED, Change
from contract_tui.language import _
from sync_server.access.proof import SeatId

ADDED_SAID, GONE_SAID = _("New: {thing}"), _("Not there yet: {thing}")
FROM_TO = _("{thing}, {field}: from {before} to {after}")
SAID, UNSAID = "{thing}, {field}: {after}", _("{thing}, {field}: not {before} any more")
MOVED = _("{thing}: put in another place")
TAKEN_AWAY, BROUGHT_BACK = _("{thing}: taken away"), _("{thing}: brought back")
NOTHING = ""

Person = Callable[[SeatId], SeatEntry]


def say(thing: str, change: Change, person: Person) -> str:
    """Say what changed of a thing that is called so."""
    field, kind = change.field, paths.kind(change.thing.id)
    if field == ADDED:
        return (GONE_SAID if change.after is None else ADDED_SAID).format(thing=thing)
    if field == "pos":
        return MOVED.format(thing=thing)
    if field == "removed":
        is_back = change.after in (None, writing.BROUGHT_BACK)
        return (BROUGHT_BACK if is_back else TAKEN_AWAY).format(thing=thing)
    before, after = (_value(kind, field, one, person) for one in (change.before, change.after))
    sentence = SAID if before == NOTHING else UNSAID if after == NOTHING else FROM_TO
    name = terms.FIELDS[kind][field].name
    return sentence.format(thing=thing, field=name, before=before, after=after)


def _value(kind: str, field: str, said: Said, person: Person) -> str:
    if isinstance(said, bool):
        return words.QUOTED.format(words=terms.DONE if said else terms.AHEAD)
    if said is None or isinstance(said, bytes) or said == "":
        return NOTHING
    if field in PEOPLE:
        return person(SeatId(str(said))).name
    known = terms.VALUES.get((kind, field), {})
    return words.QUOTED.format(words=known.get(str(said)) or dates.when(str(said)))
