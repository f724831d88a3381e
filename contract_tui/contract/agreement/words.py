"""What is said of answers, in sentences: where people stand, which answers do not count and why.

Also what changed since one, and what one would cover that nobody is shown.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from itertools import takewhile
from types import MappingProxyType

from contract_tui.contract.agreement.values import Standing
from contract_tui.contract.headings import beginning
from contract_tui.language import _

EVERYBODY = _("Everybody agrees with this version.")
_AGREES = _("{name} agrees with this version, signed on {day}.")
_AGREED = _("{name} agreed on {day}; it has changed since.")
_NOT_YET = _("{name} said “not yet” to this version on {day}.")
_NOT_THEN = _("{name} said “not yet” on {day}; it has changed since.")
_SILENT = _("{name} has not answered yet.")
_ELSEWHERE = _("Given on {host}’s computer.")
_NOTE = "“{note}”"
_QUOTED = "“{words}”"
CHANGED = _("Since you answered on {day}:")
SEE_WHAT = _("See what.")
NO_DAY = _("a day in no calendar")


def stands(one: Standing, day: Callable[[int], str]) -> str:
    """Say where a person stands; `day` puts seconds since 1970 into words."""
    given, name = one.given, one.person.name
    if given is None:
        return _SILENT.format(name=name)
    if given.answer.agrees:
        sentence = _AGREES if given.is_current else _AGREED
    else:
        sentence = _NOT_YET if given.is_current else _NOT_THEN
    said = sentence.format(name=name, day=day(given.at))
    return f"{said} {_ELSEWHERE.format(host=given.host)}" if given.host else said


def noted(one: Standing) -> str:
    """What a person said beside their answer; "" for nothing."""
    return _NOTE.format(note=one.given.note) if one.given and one.given.note else ""


class Fault(Enum):
    """Why an answer does not count."""

    NOBODY = "nobody"
    READS_ALONG = "reads-along"
    UNREADABLE = "unreadable"
    FORGED = "forged"
    FOREIGN = "foreign"
    NO_SUCH_VERSION = "no-such-version"
    OTHER_WORDS = "other-words"
    TAKEN_OUT = "taken-out"
    NEWER = "newer"

    @property
    def is_forgery(self) -> bool:
        """Whether somebody must have tampered with something."""
        return self not in (Fault.TAKEN_OUT, Fault.NEWER)


FAULTS: Mapping[Fault, str] = MappingProxyType(
    {
        Fault.NOBODY: _("“{name}”: an answer stands here, and nothing proves whose seat this is."),
        Fault.READS_ALONG: _("{name} reads along: their answer does not count."),
        Fault.UNREADABLE: _("An answer in the name of {name} cannot be read."),
        Fault.FORGED: _(
            "An answer in the name of {name} was not signed by them, or was changed afterwards."
        ),
        Fault.FOREIGN: _(
            "An answer in the name of {name} is about another contract, or is somebody else’s."
        ),
        Fault.NO_SUCH_VERSION: _(
            "An answer of {name} is about a version that this contract never had."
        ),
        Fault.OTHER_WORDS: _("An answer of {name} does not fit the version that it is about."),
        Fault.TAKEN_OUT: _(
            "An answer of {name} was signed on a computer that was taken out of this contract: "
            "it does not count any more."
        ),
        Fault.NEWER: _(
            "An answer of {name} was given with a newer version of the program, "
            "and cannot be checked by this one."
        ),
    }
)


GONE_BY_ANOTHER = _(
    "Something was taken away by somebody who may not do that, and no answer covers it: {place}. "
    "Whoever may take it away can do so, and bring it back."
)
NOT_BELIEVED = _(
    "{thing}: {field} was changed by somebody who may not do that, so nobody is shown it, and no "
    "answer covers it. Whoever may say it can say it anew."
)
NOT_SHOWN = _(
    "{thing}: {field} holds something that no screen shows, and no answer covers it. "
    "Say it anew, and it is gone."
)
HIDDEN_BY_ANOTHER = _(
    "{thing}: somebody who may not do that said whether it is shown, and no answer covers it. "
    "The student can hide or show it anew."
)
OTHER_ORDER = _(
    "{things} stand in another order than the one that counts, as no program of ours would put "
    "them, and no answer covers it. Whoever moves one of them to its place mends it."
)
STILL_COUNTS = _(
    "{thing}: it is taken away on every screen and still counts, as no program of ours would leave "
    "it. Bring it back and take it away once more."
)

NEW = _("New: {name}.")
GONE = _("Not in it any more: {name}.")
_ORDER = _("The order of {things}: from {gone} to {come}.")
_ORDER_ALIKE = _("The order of {things} is another, though it reads the same.")
NAMED = "‘{words}’"
FIELD = "{name}, {field}"
HIDDEN = _("Hidden now: {name}.")
SHOWN = _("Shown again: {name}.")
ANOTHER = _("{name}: {field} is another.")
_BECAME = _("{name}: “{gone}” became “{come}”.")
_ADDED = _("{name}: “{come}” was added.")
_TAKEN_OUT = _("{name}: “{gone}” was taken out.")
_FROM_TO = _("{name}: from {gone} to {come}.")
_SAID_FIRST = "{name}: {come}."
_SAID_NO_MORE = _("{name}: not {gone} any more.")
_SAID_ALIKE = _("{name} is another now, though it reads the same.")
_COVERED = _("{name}: some words are others, which their author covered or which show no letters.")
_LONGEST = 60
"""Characters of what is shown of words that changed."""
_LONGEST_ORDER = 120
"""The same of things that stand in another order."""


def became(name: str, gone: str, come: str) -> str:
    """Say what became of some words."""
    gone, come = _shortened(" ".join(gone.split()), " ".join(come.split()))
    if gone and come and gone != come:
        said = _BECAME.format(name=name, gone=gone, come=come)
        return said[:-1] if come[-1] in ".?!" else said  # words that end a sentence end this one
    if gone and not come:
        return _TAKEN_OUT.format(name=name, gone=gone)
    if come and not gone:
        return _ADDED.format(name=name, come=come)
    return _COVERED.format(name=name)


def said_now(name: str, gone: str, come: str, *, is_quoted: bool = True) -> str:
    """Say from what to what something was changed that is said as a whole; "" is nothing."""
    gone, come = _shortened(" ".join(gone.split()), " ".join(come.split()))
    if gone == come:
        return _SAID_ALIKE.format(name=name)
    sentence = _FROM_TO if gone and come else _SAID_FIRST if come else _SAID_NO_MORE
    said = _QUOTED if is_quoted else "{words}"
    return sentence.format(name=name, gone=said.format(words=gone), come=said.format(words=come))


def in_order(things: str, gone: Iterable[str], come: Iterable[str]) -> str:
    """Say in which order some things stood, and in which they stand."""
    stood, stand = (beginning(", ".join(some), _LONGEST_ORDER) for some in (gone, come))
    said = _ORDER_ALIKE if stood == stand else _ORDER
    return said.format(things=things, gone=stood, come=stand)


def _shortened(gone: str, come: str) -> tuple[str, str]:
    """Cut two texts so that where they begin to differ is still in them."""
    pairs = zip(gone, come, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if gone != come and same > _LONGEST // 2 and max(len(gone), len(come)) > _LONGEST:
        start = same - _LONGEST // 3
        start = gone.find(" ", start, same) + 1 or start
        gone, come = f"…{gone[start:]}", f"…{come[start:]}"
    return beginning(gone, _LONGEST), beginning(come, _LONGEST)
