"""What the screens say: labels and times, in words a child can read."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date

from contract_tui.language import _, ngettext
from contract_tui.language.days import in_words
from contract_tui.language.lists import both

BEGIN_ANEW = _(
    "You can begin this contract anew: a new one with today’s words, without their past, for the"
    " same people. A command does it, in another terminal. It says first what stays behind, and"
    " asks; nothing happens before you say yes.\ncontract-tui renew {contract}"
)
"""What it is, and the command."""

CHOICE_QUESTION = _("What would fit? Choose one, or leave it open:")

READING_ALONG = _(
    "You are reading along. To write here you need an invitation: ask whoever made this contract."
)
UNKNOWN_ORIGIN = _("Of unknown origin")
# At most 12 columns.
UNKNOWN_SHORT = _("unknown")
UNKNOWN_EXPLAINED = _("nothing shows who wrote it")
IN_THEIR_NAME = _("In {name}’s name")
IN_THEIR_NAME_EXPLAINED = _("not shown to be theirs yet")
VOUCHED_EXPLAINED = _("not shown, but vouched for")
IN_YOUR_NAME = _("In your name")
# At most 12 columns.
IN_DOUBT_SHORT = _("in doubt")
IN_YOUR_NAME_EXPLAINED = _("not written on this computer")
NOT_HERE, HERE = _("{role}, not here now"), _("{role}, here")
WRITING_IN, IN_PLACE = _("writing in {place}"), _("in {place}")
LOOKING_BACK = _("looking back")
LOOKED_BACK = _("looked back on {day}")
HOLDS_KEY = _("holds the key, can invite")
ONLY_THE_HOLDER = _("Only {name}, who holds the key of this contract, can invite.")
NOT_YOURS_TO_INVITE = _("Only whoever holds the key of this contract can invite to it.")
SOMEBODY_ELSE = _("whoever made it")
BETWEEN = _(", ")
"""Between names, all but the last two."""
YOU = _("{name} (you)")
NO_RELAY_YET = _(
    "There is no relay yet through which you can share. In one room, run contract-tui host; "
    "else open the contract once with --relay and its address, and invite again."
)
CODE_FOR = _("The code for {name}, {role}")
CODE_COMING = _("Asking the relay for a short code…")
NOBODY_EXPECTED = _("Nobody is expected just now. Press A to invite somebody into this room.")
CANNOT_INVITE = _(
    "Whoever has a seat in this contract can come in. To invite somebody new you need the "
    "contract’s key, which is on another computer."
)
ROOM_IS_OPEN = _(
    "What travels between the computers in this room is not encrypted: whoever runs this network "
    "could read along."
)
ROOM_IS_LOCAL = _("This room is for programs on this computer only; --address opens it to others.")
ERASED_THERE = _("whoever holds its key has erased it; your own copy is still here")
TAKEN_OUT = _("you no longer take part; your own copy is still here")
FULL = _(
    "This part is full: {limit:,} characters. Make something shorter, and there is room again."
)
# At most 20 columns.
NEXT_BY_ENTER = _("or Enter: next")
# At most 64 columns.
GOES_ON = _("Enter begins a new line, Tab goes on.")
# At most 76 columns.
AUTHORS_SHOWN = _("Colours and letters show who wrote what.")
# At most 76 columns.
AUTHORS_HIDDEN = _("Who wrote what is hidden. F4 shows it again.")
# At most 76 columns.
ALL_HIDDEN = _("All sections are hidden just now. Ctrl+G leads to everything else.")
HIDDEN_MEANWHILE = _("{heading} (hidden just now; what you write in it is kept)")
# At most 76 columns.
ALWAYS_SAVED = _("It is saved: every letter, as you type it.")
THE_SECTIONS = _("the sections: name, order, hide")
GO_TO = _("Where to?")
A_NEW_GOAL = _("a new goal")
MY_NOTES = _("my notes for myself")
GOALS_BEHIND = _("Goals that were let go or taken away")
# At most 76 columns.
CONNECTING = _("Trying to reach the others…")
COPIED = _("Copied.")
# At most 35 columns.
TOO_SMALL = _("Please make the window larger.")


def listed(names: Sequence[str]) -> str:
    """Return names in one phrase."""
    if len(names) < 2:
        return "".join(names)
    return both(BETWEEN.join(names[:-1]), names[-1])


def sentence(text: str) -> str:
    """Return what went wrong as a whole sentence: a command says the same behind its name."""
    first = text.split(" ", 1)[0]
    start = text[:1].upper() + text[1:] if first.strip(",’'").isalpha() else text
    last = text.rsplit(" ", 1)[-1]
    return start if "/" in last or last[-1:] in ("", *".?!…:") else f"{start}."


def ago(then: float, now: float) -> str:
    """Return how long ago something was; both in seconds since 1970."""
    seconds = max(0, now - then)
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), _midnights(then, now)
    if seconds < 60:
        return _("just now")
    if minutes < 60:
        return ngettext("{n} minute ago", "{n} minutes ago", minutes).format(n=minutes)
    if days < 1 or hours < 6:
        return ngettext("{n} hour ago", "{n} hours ago", hours).format(n=hours)
    if days == 1:
        return _("yesterday")
    if days < 14:
        return ngettext("{n} day ago", "{n} days ago", days).format(n=days)
    return in_words(date(*time.localtime(then)[:3]), with_year=True)


def _midnights(then: float, now: float) -> int:
    """Return how many midnights lie between two times, on this computer's clock."""
    first, last = time.localtime(then), time.localtime(now)
    noon = [time.mktime((*moment[:3], 12, 0, 0, 0, 0, -1)) for moment in (first, last)]
    return round((noon[1] - noon[0]) / 86_400)
