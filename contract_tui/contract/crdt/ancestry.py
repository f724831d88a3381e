"""What was there already when an operation was made, as the graph of changes says.

The number of an operation does not tell: whoever goes on with an old version counts from there.
"""

from collections.abc import Iterable, Mapping

from sync_server.protocol.chunk import Change, parse_changes
from sync_server.protocol.errors import BadChunk
from sync_server.protocol.ids import ChangeHash
from sync_server.protocol.operations import ElementId

Clock = Mapping[bytes, int]
"""Of each actor the number of the last operation."""


def clock_before(operation: ElementId, raws: Iterable[bytes]) -> Clock:
    """Find how far each actor was, among changes whose dependencies come first.

    The operation's own change is among it. Nobody was anywhere where the operation is in none.
    """
    there: dict[ChangeHash, Change] = {}
    try:
        for raw in raws:
            for change in parse_changes([raw]):
                there[change.hash] = change
                if change.actor == operation.actor and operation.counter <= change.max_op:
                    return _clock(change, there)
    except BadChunk:  # then nothing shows that anything was there
        pass
    return {}


def _clock(newest: Change, there: Mapping[ChangeHash, Change]) -> Clock:
    clock: dict[bytes, int] = {}
    seen, open_ = {newest.hash}, [newest]
    while open_:
        change = open_.pop()
        clock[change.actor] = max(change.max_op, clock.get(change.actor, 0))
        news = [one for one in change.deps if one not in seen]
        seen.update(news)
        open_ += [there[one] for one in news]
    return clock
