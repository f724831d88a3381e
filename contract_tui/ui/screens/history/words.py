"""What is said while somebody looks back, in words a child can read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from contract_tui.history.walk import Comparison
from contract_tui.language import _
from contract_tui.language.days import in_words as day_in_words

# At most 45 columns.
STATUS = _("◂ Looking back: nothing can be changed here")
# At most 30 columns.
STATUS_SHORT = _("◂ Looking back")
# At most 40 columns.
READING = _("Reading how this contract came to be…")
# At most 76 columns.
CANNOT_TYPE = _("This is how it was, so nothing can be written here. Esc goes back to today.")
LEAVES_SIGN = _("Looking back leaves a small sign: all can see that you did, and when.")
# At most 76 columns.
ONLY_YOU_KNOW = _("You read along: when you looked back is kept on your own computer only.")
NOTHING_THEN = _("Nothing was written here yet.")
NOTHING_AT_ALL = _(
    "Nothing has been written in this contract yet. Esc goes back, and you can begin."
)
# At most 76 columns.
NEWER = _("Somebody is writing just now: there is something newer. End goes there.")
# At most 76 columns.
NO_WORD = _("There is no word here.")
LOOKED_BACK = _("Looked back: {people}.")
WHO_WHEN = _("{name}, {when}")
"""Who did it, and when."""
# At most 76 columns.
NOBODY_LOOKED = _("Nobody has looked back before.")

# At most 35 columns.
KEYS_LABEL = _("Keys")
# At most 35 columns.
KEYS = _("""\
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
F3         back to today""")

COMPARED: Mapping[Comparison, str] = MappingProxyType(
    {
        Comparison.TURN: _("What this turn changed"),
        Comparison.SINCE_HERE: _("What changed since you were last here"),
        Comparison.SINCE_AGREEMENT: _("What changed since you last agreed"),
        Comparison.FIRST_WORDS: _("The first words, and what became of them"),
        Comparison.SINCE_MARK: _("What changed since the place you marked"),
        Comparison.NOTHING: _("The words as they were then"),
    }
)
SINCE_BEGINNING = _("You have not looked back before, so all of it is new to you")
CAME, WENT = _("underlined: new"), _("struck through: taken out")
# At most 30 columns.
TURN_BY_TURN = _("← → turn by turn")
OFFERED: Mapping[Comparison, tuple[str, str]] = MappingProxyType(
    {
        Comparison.TURN: (_("What each turn changed"), _("one person, at one time, in one part")),
        Comparison.SINCE_HERE: (_("Since I was last here"), _("everything that is new to you")),
        Comparison.SINCE_AGREEMENT: (
            _("Since we last agreed"),
            _("what is not covered by it any more"),
        ),
        Comparison.SINCE_MARK: (_("Since the mark"), _("the place where you pressed M")),
        Comparison.NOTHING: (_("Nothing: only the words"), _("as they were then, without marks")),
    }
)
COMPARE = _("What would you like to see?")
COMPARE_EXPLAINED = _("Nothing is changed by it. You can choose again.")
BESIDE = _("First words beside today’s")
BESIDE_EXPLAINED = _("“{heading}”, in two columns")
SINCE_VERSION = _("Since a version with a name…")
SINCE_VERSION_EXPLAINED = _("a conference, an agreement, or one that somebody kept")
SINCE_VERSION_SAID = _("What changed since “{name}”")
NOT_ALL_HERE = _("Not all of “{name}” has arrived on this computer yet.")
WHICH_VERSION = _("Since when?")
KEPT_BY = _("kept by {name}")
# At most 76 columns.
MARKED = _("This place is marked. C compares what you look at with it.")

WHO = _("Whose words would you like to follow?")
WHO_EXPLAINED = _("The timeline goes through their turns only; the words of others are paler then.")
# At most 76 columns.
EVERYBODY = _("Everybody’s words again.")
# At most 76 columns.
ONLY_PERSON = _("Only what {name} wrote. W shows everybody again.")
# At most 76 columns.
ONLY_PART = _("Only “{heading}”. S shows all parts again.")
# At most 76 columns.
ALL_PARTS = _("All parts again.")
NOTHING_IN = _("Nothing has been written in “{heading}” yet.")
NOTHING_OF = _("{name} has not written anything yet.")

KEEP = _("Keep this version under a name")
KEEP_EXPLAINED = _(
    "Such as “before the holidays”. Everybody finds it by this name. Nothing stops: "
    "everybody goes on writing."
)
KEEP_LABEL = _("What shall it be called?")
# At most 28 columns.
KEEP_CONFIRM = _("Keep it")
KEEP_HINT = _("before the holidays")
KEEP_ANOTHER = _("Keep it under another name")
KEPT = _("This version is kept as “{name}”.")
DROP = _("Remove the name “{name}”")
DROP_EXPLAINED = _("The version itself stays on the timeline, as all versions do.")
DROPPED = _("The name “{name}” is removed.")

BRING_SECTION = _("Bring “{heading}” back as it is shown?")
BRING_SENTENCE = _("Bring these words back into “{heading}”?")
BRING_CHOICE = _("Choose “{label}” again?")
BRING_OPEN = _("Leave the choice open again?")
BRING_EXPLAINED = _(
    "They come back as your own new words. Nothing that is there now is lost from the history."
)
BRING_CHOICE_EXPLAINED = _("It is a new choice of yours. The one of today stays in the history.")
# At most 28 columns.
BRING_CONFIRM = _("Bring it back")
# At most 76 columns.
BROUGHT = _("It is back, as your own new words. Ctrl+Z takes it away again.")
BROUGHT_GAPS = _("It is back, but for what its author covered. Ctrl+Z takes it away again.")
# At most 76 columns.
CHOSEN_BACK = _("It is chosen again.")
# At most 76 columns.
THERE_ALREADY = _("These words are there today already.")
LEFT_OPEN = _("left open")
WHICH_BACK = _("What would you like to bring back?")
THE_SECTION = _("All of “{heading}”, as it is shown")
THE_SENTENCE = _("The selected words")
THE_CHOICE = _("The choice: {label}")

COVER = _("Cover these words?")
COVER_EXPLAINED = _(
    "“{preview}”\n\nNo screen, page or file for reading shows them any more, at any time of the "
    "past: a grey bar stands there instead, on everybody’s screen. Nobody can uncover them.\n\n"
    "The contract’s own file still holds them, on every computer that has it. To be rid of them "
    "there too, begin a new contract from today’s words: contract-tui renew."
)
COVER_SOME = "\n\n" + _("Some of these words are not your own: they stay as they are.")
# At most 28 columns.
COVER_CONFIRM = _("Cover them")
# At most 76 columns.
COVER_NONE = _("Only your own words can be covered, and none of these are yours.")
COVER_SELECT = _("Select the words first: hold Shift and use the arrows, or drag with the mouse.")
# At most 76 columns.
COVERED = _("These words are covered.")

WROTE = _("{name} wrote this, {when}.")
TOOK_OUT = " " + _("{name} took it out, {when}.")
AT, BY_THEIR_CLOCK = _("{day}, {time}"), _("{day}, {time} by their clock")
NO_TIME = _("at a time nobody kept")
IN_DOUBT = _("Somebody in {name}’s name")


def when(at: datetime | None, now: datetime, *, doubted: bool = False) -> str:
    """Return a time as people say it; `doubted` where the author's clock cannot be right."""
    if at is None:
        return NO_TIME
    local, today = at.astimezone(), now.astimezone()
    day = day_in_words(local.date(), with_year=local.year != today.year)
    return (BY_THEIR_CLOCK if doubted else AT).format(day=day, time=f"{local:%H:%M}")


def preview(text: str, length: int = 60) -> str:
    """Return the beginning of some words, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
