"""What is said while somebody looks back, in words a child can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from contract_tui.history.walk import Comparison

STATUS = "◂ Looking back: nothing can be changed here"
STATUS_SHORT = "◂ Looking back"
READING = "Reading how this contract came to be…"
CANNOT_TYPE = "This is how it was, so nothing can be written here. F3 goes back to today."
LEAVES_SIGN = "Looking back leaves a small sign: all can see that you did, and when."
ONLY_YOU_KNOW = "You read along: when you looked back is kept on your own computer only."
NOTHING_THEN = "Nothing was written here yet."
NOTHING_AT_ALL = "Nothing has been written in this contract yet. F3 goes back, and you can begin."
NEWER = "Somebody is writing just now: there is something newer. End goes there."
NO_WORD = "There is no word here."
LOOKED_BACK = "Looked back"
NOBODY_LOOKED = "Nobody has looked back before."

KEYS = """\
← →        turn by turn
Page Up    the chapter before
Page Down  the next chapter
Home, End  first words, today
Space      play
Tab        into the text
Enter      there: to its turn
C          compare
B          bring words back
W          one person only
S          one part only
K          keep under a name
M          mark this place
F4         who wrote what
F3         back to today"""

COMPARED: Mapping[Comparison, str] = MappingProxyType(
    {
        Comparison.TURN: "What this turn changed",
        Comparison.SINCE_HERE: "What changed since you were last here",
        Comparison.SINCE_AGREEMENT: "What changed since you last agreed",
        Comparison.FIRST_WORDS: "The first words, and what became of them",
        Comparison.SINCE_MARK: "What changed since the place you marked",
        Comparison.NOTHING: "The words as they were then",
    }
)
SINCE_BEGINNING = "You have not looked back before, so all of it is new to you"
CAME, WENT = "underlined: new", "struck through: taken out"
TURN_BY_TURN = "← → turn by turn"
OFFERED: Mapping[Comparison, tuple[str, str]] = MappingProxyType(
    {
        Comparison.TURN: ("What each turn changed", "one person, at one time, in one part"),
        Comparison.SINCE_HERE: ("Since I was last here", "everything that is new to you"),
        Comparison.SINCE_AGREEMENT: ("Since we last agreed", "what is not covered by it any more"),
        Comparison.SINCE_MARK: ("Since the mark", "the place where you pressed M"),
        Comparison.NOTHING: ("Nothing: only the words", "as they were then, without marks"),
    }
)
COMPARE = "What would you like to see?"
COMPARE_EXPLAINED = "Nothing is changed by it. You can choose again."
BESIDE = "First words beside today’s"
BESIDE_EXPLAINED = "“{heading}”, in two columns"
SINCE_VERSION = "Since a version with a name…"
SINCE_VERSION_EXPLAINED = "a conference, an agreement, or one that somebody kept"
SINCE_VERSION_SAID = "What changed since “{name}”"
NOT_ALL_HERE = "Not all of “{name}” has arrived on this computer yet."
WHICH_VERSION = "Since when?"
KEPT_BY = "kept by {name}"
MARKED = "This place is marked. C compares what you look at with it."

WHO = "Whose words would you like to follow?"
WHO_EXPLAINED = "The timeline goes through their turns only; the words of others are paler then."
EVERYBODY = "Everybody’s words again."
ONLY_PERSON = "Only what {name} wrote. W shows everybody again."
ONLY_PART = "Only “{heading}”. S shows all parts again."
ALL_PARTS = "All parts again."
NOTHING_IN = "Nothing has been written in “{heading}” yet."
NOTHING_OF = "{name} has not written anything yet."

KEEP = "Keep this version under a name"
KEEP_EXPLAINED = (
    "Such as “before the holidays”. Everybody finds it by this name. Nothing stops: "
    "everybody goes on writing."
)
KEEP_LABEL = "What shall it be called?"
KEEP_CONFIRM = "Keep it"
KEEP_HINT = "before the holidays"
KEEP_ANOTHER = "Keep it under another name"
KEPT = "This version is kept as “{name}”."
DROP = "Remove the name “{name}”"
DROP_EXPLAINED = "The version itself stays on the timeline, as all versions do."
DROPPED = "The name “{name}” is removed."

BRING_SECTION = "Bring “{heading}” back as it is shown?"
BRING_SENTENCE = "Bring these words back into “{heading}”?"
BRING_CHOICE = "Choose “{label}” again?"
BRING_OPEN = "Leave the choice open again?"
BRING_EXPLAINED = (
    "They come back as your own new words. Nothing that is there now is lost from the history."
)
BRING_CHOICE_EXPLAINED = "It is a new choice of yours. The one of today stays in the history."
BRING_CONFIRM = "Bring it back"
BROUGHT = "It is back, as your own new words. Ctrl+Z takes it away again."
BROUGHT_GAPS = "It is back, but for what its author covered. Ctrl+Z takes it away again."
CHOSEN_BACK = "It is chosen again."
THERE_ALREADY = "These words are there today already."
LEFT_OPEN = "left open"
WHICH_BACK = "What would you like to bring back?"
THE_SECTION = "All of “{heading}”, as it is shown"
THE_SENTENCE = "The selected words"
THE_CHOICE = "The choice: {label}"

COVER = "Cover these words?"
COVER_EXPLAINED = (
    "“{preview}”\n\nNo screen, page or file for reading shows them any more, at any time of the "
    "past: a grey bar stands there instead, on everybody’s screen. Nobody can uncover them.\n\n"
    "The contract’s own file still holds them, on every computer that has it. To be rid of them "
    "there too, begin a new contract from today’s words: contract-tui renew."
)
COVER_SOME = "\n\nSome of these words are not your own: they stay as they are."
COVER_CONFIRM = "Cover them"
COVER_NONE = "Only your own words can be covered, and none of these are yours."
COVER_SELECT = "Select the words first: hold Shift and use the arrows, or drag with the mouse."
COVERED = "These words are covered."

WROTE = "{name} wrote this, {when}."
TOOK_OUT = " {name} took it out, {when}."
IN_DOUBT = "Somebody in {name}’s name"


def when(at: datetime | None, now: datetime, *, doubted: bool = False) -> str:
    """Return a time as people say it; `doubted` where the author's clock cannot be right."""
    if at is None:
        return "at a time nobody kept"
    local, today = at.astimezone(), now.astimezone()
    day = f"{local.day} {local:%B}" + ("" if local.year == today.year else f" {local.year}")
    return f"{day}, {local:%H:%M}" + (" by their clock" if doubted else "")


def listed(names: Iterable[str]) -> str:
    """Return names as people list them."""
    *rest, last = list(names) or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def preview(text: str, length: int = 60) -> str:
    """Return the beginning of some words, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
