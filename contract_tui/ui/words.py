"""What the screens say: labels and times, in words a child can read."""

from __future__ import annotations

import time

from contract_tui.language import _

BEGIN_ANEW = (
    "You can begin this contract anew: a new one with today’s words, without their past, for the"
    " same people. A command does it, in another terminal. It says first what stays behind, and"
    " asks; nothing happens before you say yes.\ncontract-tui renew {contract}"
)
"""What it is, and the command."""

CHOICE_QUESTION = "What would fit? Choose one, or leave it open:"

READING_ALONG = (
    "You are reading along. To write here you need an invitation: ask whoever made this contract."
)
UNKNOWN_ORIGIN = "Of unknown origin"
UNKNOWN_SHORT = "unknown"
UNKNOWN_EXPLAINED = "nothing shows who wrote it"
IN_THEIR_NAME = "In {name}’s name"
IN_THEIR_NAME_EXPLAINED = "not shown to be theirs yet"
VOUCHED_EXPLAINED = "not shown, but vouched for"
IN_YOUR_NAME = "In your name"
IN_DOUBT_SHORT = "in doubt"
IN_YOUR_NAME_EXPLAINED = "not written on this computer"
NOT_HERE, HERE = _("{role}, not here now"), _("{role}, here")
WRITING_IN, IN_PLACE = _("writing in {place}"), _("in {place}")
LOOKING_BACK = "looking back"
LOOKED_BACK = "looked back on {day}"
HOLDS_KEY = "holds the key, can invite"
ONLY_THE_HOLDER = "Only {name}, who holds the key of this contract, can invite."
NOT_YOURS_TO_INVITE = "Only whoever holds the key of this contract can invite to it."
SOMEBODY_ELSE = "whoever made it"
AND = _("{first} and {last}")
"""Two names, or the last of some."""
NO_RELAY_YET = (
    "There is no relay yet through which you can share. In one room, run contract-tui host; "
    "else open the contract once with --relay and its address, and invite again."
)
CODE_FOR = _("The code for {name}, {role}")
CODE_COMING = "Asking the relay for a short code…"
NOBODY_EXPECTED = "Nobody is expected just now. Press A to invite somebody into this room."
CANNOT_INVITE = (
    "Whoever has a seat in this contract can come in. To invite somebody new you need the "
    "contract’s key, which is on another computer."
)
ROOM_IS_OPEN = (
    "What travels between the computers in this room is not encrypted: whoever runs this network "
    "could read along."
)
ROOM_IS_LOCAL = "This room is for programs on this computer only; --address opens it to others."
ERASED_THERE = "whoever holds its key has erased it; your own copy is still here"
TAKEN_OUT = "you no longer take part; your own copy is still here"
FULL = "This part is full: {limit:,} characters. Make something shorter, and there is room again."
NEXT_BY_ENTER = "or Enter: next"
GOES_ON = "Enter begins a new line, Tab goes on."
AUTHORS_SHOWN = "Colours and letters show who wrote what."
AUTHORS_HIDDEN = "Who wrote what is hidden. F4 shows it again."
ALL_HIDDEN = "All sections are hidden just now. Ctrl+G leads to everything else."
HIDDEN_MEANWHILE = "{heading} (hidden just now; what you write in it is kept)"
ALWAYS_SAVED = "It is saved: every letter, as you type it."
THE_SECTIONS = "the sections: name, order, hide"
GO_TO = "Where to?"
A_NEW_GOAL = "a new goal"
MY_NOTES = "my notes for myself"
GOALS_BEHIND = "Goals that were let go or taken away"
CONNECTING = "Trying to reach the others…"
TOO_SMALL = "Please make the window larger."


def sentence(text: str) -> str:
    """Return what went wrong as a whole sentence: a command says the same behind its name."""
    first = text.split(" ", 1)[0]
    start = text[:1].upper() + text[1:] if first.strip(",’'").isalpha() else text
    last = text.rsplit(" ", 1)[-1]
    return start if "/" in last or last[-1:] in ("", *".?!…:") else f"{start}."


def ago(then: float, now: float) -> str:
    """Return how long ago something was; both in seconds since 1970."""
    if not then:
        return "nothing has arrived yet"
    seconds = max(0, now - then)
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), _midnights(then, now)
    if seconds < 60:
        return "changed just now"
    if minutes < 60:
        return f"changed {_count(minutes, 'minute')} ago"
    if days < 1 or hours < 6:
        return f"changed {_count(hours, 'hour')} ago"
    if days == 1:
        return "changed yesterday"
    if days < 14:
        return f"changed {days} days ago"
    return time.strftime("changed on %d %B %Y", time.localtime(then)).replace(" on 0", " on ")


def _midnights(then: float, now: float) -> int:
    """Return how many midnights lie between two times, on this computer's clock."""
    first, last = time.localtime(then), time.localtime(now)
    noon = [time.mktime((*moment[:3], 12, 0, 0, 0, 0, -1)) for moment in (first, last)]
    return round((noon[1] - noon[0]) / 86_400)


def _count(number: int, noun: str) -> str:
    """Return a number of things."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
