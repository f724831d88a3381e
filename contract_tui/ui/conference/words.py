"""What is said in a conference: short and calm, while people look at each other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.conference.tokens import Floor, Form, ReadyPhase
from contract_tui.language import _, ngettext, pgettext
from sync_server.access.proof import Role

PHASES: Mapping[ReadyPhase, str] = MappingProxyType(
    {
        # At most 34 columns.
        ReadyPhase.OPEN: pgettext("a phase", "Open"),
        # At most 34 columns.
        ReadyPhase.ME: _("Me and my work"),
        # At most 34 columns.
        ReadyPhase.HELPS: _("What helps, how much structure"),
        # At most 34 columns.
        ReadyPhase.GOAL: _("Goal and success"),
        # At most 34 columns.
        ReadyPhase.PROMISES: _("Obstacles and promises"),
        # At most 34 columns.
        ReadyPhase.READ_BACK: _("Read back, agree"),
        # At most 34 columns.
        ReadyPhase.CLOSE: pgettext("a phase", "Close"),
    }
)
# At most 34 columns.
NO_PHASE = _("The conference")
PLACE = _("{number} of {all}: {phase}")
"""Where one is on the way, as on a map."""

FLOORS: Mapping[Floor, str] = MappingProxyType(
    {
        Floor.STUDENT: _("{name} has the floor"),
        Floor.ADULTS_ASK: _("{name} has the floor, adults only ask at first"),
        Floor.STUDENT_FIRST: _("{name} first, then everybody"),
        Floor.EVERYBODY: _("everybody has the floor"),
    }
)
MY_FLOORS: Mapping[Floor, str] = MappingProxyType(
    {
        Floor.STUDENT: _("you have the floor"),
        Floor.ADULTS_ASK: _("you have the floor, adults only ask at first"),
        Floor.STUDENT_FIRST: _("you first, then everybody"),
        Floor.EVERYBODY: _("everybody has the floor"),
    }
)

FLOORS_IN_SHORT: Mapping[Floor, str] = MappingProxyType(
    {
        # At most 22 columns.
        Floor.STUDENT: _("{name}’s floor"),
        # At most 22 columns.
        Floor.ADULTS_ASK: _("{name}’s floor, adults ask"),
        # At most 22 columns.
        Floor.STUDENT_FIRST: _("{name} first"),
        # At most 22 columns.
        Floor.EVERYBODY: _("everybody"),
    }
)
MY_FLOORS_IN_SHORT: Mapping[Floor, str] = MappingProxyType(
    {
        # At most 22 columns.
        Floor.STUDENT: _("your floor"),
        # At most 22 columns.
        Floor.ADULTS_ASK: _("your floor, adults ask"),
        # At most 22 columns.
        Floor.STUDENT_FIRST: _("you first"),
        # At most 22 columns.
        Floor.EVERYBODY: _("everybody"),
    }
)

TIME_IS_UP = _("time to go on when you are ready")
# At most 26 columns.
TIME_IS_UP_SHORT = _("go on when you are ready")
# At most 26 columns.
PAUSED = _("paused")

# At most 34 columns.
GOES_ON_WITHOUT_YOU = _("A conference is going on")
# At most 56 columns.
TAKE_PART_KEY = _("With {people}. F10 takes part.")
# At most 70 columns.
TAKE_PART_ALONE = _("F10 takes part.")
# At most 78 columns.
RESTS = _("A conference was interrupted here. It can be taken up again.")
# At most 78 columns.
TAKE_UP_KEY = _("F10 takes it up again. Until then everybody writes as always.")
# At most 56 columns.
ASKS_TO_GO_ON = _("{people} would like to go on: F10, when you are ready.")
# At most 70 columns.
YOU_ASKED_TO_GO_ON = _("You asked to go on. {student} goes on when ready; F10 takes it back.")
YOU_LEAD = _("You lead: the others see what you see. Ctrl+F, then L ends that.")
YOU_FOLLOW = _("{name} leads, and you go along. Esc, or typing, leaves.")
YOU_LEFT = _("You go your own way. Ctrl+F, then L follows again.")
LEADS_WHILE_YOU_WRITE = _("{name} leads. You were writing, so you stay: Ctrl+F, then L follows.")
# At most 16 columns.
LEADING = _("you lead")
# At most 16 columns.
FOLLOWING = _("you follow {name}")
# At most 16 columns.
LEADS = _("{name} leads")
WITH_LEADER = "{floor} · {leader}"
LEAD_ENDED = _("Everybody goes their own way again.")
# At most 70 columns.
INSISTING = _("You were asked to write here: {student} says whether it is right.")

# Beginning and taking part

BEGIN = _("Begin a conference?")
BEGIN_ALONE = _("Nobody else has a seat in this contract yet: F7 invites them.")
ARE_HERE = _("With you: {people}.")
ARE_AWAY = _("Not here yet: {people}. Whoever comes later takes part with F10.")
HOW_LONG = _("How long?")
FORMS: Mapping[Form, str] = MappingProxyType(
    {Form.FULL: _("25 minutes"), Form.SHORT: _("15 minutes"), Form.OWN: _("in your own order")}
)
# At most 16 columns.
BEGIN_CONFIRM = _("Begin")
TAKE_PART = _("Take part in the conference?")
TAKE_PART_WITH = _("With {people}.\n\nYou come in at “{phase}”.")
# At most 20 columns.
TAKE_PART_CONFIRM = _("Take part")
YOU_TAKE_PART = _("You take part. Ctrl+F shows everything that a conference has keys for.")
YOU_TAKE_PART_SLIM = _("You take part. Tap the lines at the top to see all that you can do.")
NO_CONFERENCE = _("No conference is going on. F10 begins one.")
IS_FIRST = _("This is the first phase.")
MINUTES_ADDED = _("There are a few more minutes now.")
SOMEBODY_WAS_QUICKER = _("Somebody was quicker: look where you are now.")
CLOCK_HIDDEN = _("The clock is hidden, on this screen only.")
CLOCK_SHOWN = _("The clock is back.")
GO_TO_WORDS = _("Go to the text that you were asked to write in.")
YOU_WRITE_ANYWAY = _("You can write here as always.")
ONLY_READS = _("You are reading along: those who write take part.")

# Where adults only ask

STUDENTS_FLOOR = _("{name} has the floor: what others type becomes a question beside the words.")
KEEP_DRAFT = _("{name} has the floor: keep this until it is your turn, or write a note beside it.")
WONDERING = _("{name} has the floor")
WONDERING_EXPLAINED = _(
    "What you typed becomes something you wonder about, beside the words. {name} can answer it now,"
    " or later."
)
YOU_WONDER = _("You wonder")
# At most 16 columns.
WRITE_BESIDE = _("Write it beside")
# At most 30 columns.
INSIST = _("F12 I was asked to write this")
# At most 30 columns.
INSIST_CHOOSING = _("F12 I was asked to do this")
HOLDING_EXPLAINED = _(
    "Nothing is changed yet. You can write beside it what you wonder about; {name} can answer it "
    "now, or later."
)
DAY_WAITS = _("{name} has the floor: the day waits here until it is your turn.")
PAST_WAITS = _("{name} has the floor: what was can come back when it is your turn.")
SAY_SOMETHING = _("Write what you wonder about.")
MADE = _("It stands beside the words.")
INSISTED = _("It is in the text. {student} says whether these are the right words.")

# The menu and the palette

MENU = _("The conference")
# At most 20 columns.
CONFERENCE = _("Conference")
CONFERENCE_HELP = _("Begin one, or take part (F10)")
# At most 20 columns.
GO_ON = _("Go on")
GO_ON_HELP = _("To the next phase (F10)")
# At most 20 columns.
ASK_TO_GO_ON = _("Ask to go on")
ASK_TO_GO_ON_HELP = _("The student goes on (F10)")
ASK_NO_MORE = _("Stay a little longer")
GO_BACK = _("Back a phase")
GO_BACK_HELP = _("To the phase before")
MORE_TIME = _("Two more minutes")
MORE_TIME_HELP = _("For this phase")
PAUSE = _("Pause")
PAUSE_HELP = _("The clock stands still")
RESUME = _("Go on after the break")
RESUME_HELP = _("The clock goes on")
HIDE_CLOCK = _("Hide the clock")
SHOW_CLOCK = _("Show the clock")
CLOCK_HELP = _("On this screen only")
WAS_ASKED = _("I was asked to write this")
WAS_ASKED_HELP = _("In the text where you are")
LEAD = _("Follow me")
LEAD_HELP = _("The others see what you see")
LEAD_NO_MORE = _("Lead no more")
LEAVE = _("Go your own way")
COME_ALONG = _("Follow again")
FOLLOW_HELP = _("Whoever leads through the contract")
# At most 20 columns.
READ_ALOUD = _("Read aloud")
READ_ALOUD_HELP = _("The whole contract, large and clean")
# At most 36 columns.
ALOUD_KEYS = _("↓ ↑ and Space read on")
# At most 36 columns.
ALOUD_LEAD = _("You lead: the others read along")
# At most 36 columns.
ALOUD_LED = _("You read along: ↓ ↑ go your own way")
# At most 24 columns.
ALOUD_BACK = _("Esc goes back")
NOTHING_TO_READ = _("Nothing is written here yet.")
END = _("What is left, and close")
END_HELP = _("Read back, answers, when to look again, pages")
WHAT_IS_LEFT = _("What is left")
AGENDA_NAME = _("The agenda")
AGENDA_HELP = _("What the conference goes through")
BEGIN_ANOTHER = _("Begin another")
BEGIN_ANOTHER_HELP = _("Leave the one that was interrupted")
TAKE_UP = _("Take it up again")
TAKE_UP_HELP = _("Where it was interrupted (F10)")
# At most 20 columns.
CONFERENCE_KEYS = _("The conference")
CONFERENCE_KEYS_HELP = _("Everything one can do in it (Ctrl+F)")

# The end

ENDING = _("Before everybody goes")
ENDING_EXPLAINED = _("Nothing of this has to be. Enter does what a line says.")
READ_BACK = _("Read it aloud, all of it")
WAS_READ = _("You have read it together.")
ANSWER = _("Say what each of you thinks: agree, with a note, or not yet")
NOBODY_ANSWERED = _("Nobody has answered yet.")
SOME_ANSWERED = _("{people} answered it as it stands.")
ALL_ANSWERED = _("Everybody has answered it as it stands.")
REVISIT = _("Say when you look at it again")
TAKE_PROMISES = _("Take the promises home")
PRINT = _("Print the pages")
CLOSE_CONFERENCE = _("Close the conference")
CLOSE_EXPLAINED = _("It becomes a chapter of the past: F3 shows it with its people and its time.")
STUDENT_CLOSES = _("{name} closes the conference.")
CLOSED = _("The conference is closed. F3 shows it as a chapter. See you again!")

# Later, alone

STILL_MINE = _("Are these still your words?")
HAD_ONE = _("You had a conference.")
HAD_ONE_ON = _("You had a conference on {day}.")
HAD_ONE_WITH = _("You had a conference on {day}, with {people}.")
STILL_MINE_ALONE = _(
    "Now that you are alone with it: does the contract still say what you mean? Nobody else sees "
    "what you answer here."
)
STILL_MINE_GUEST = _(
    "Before you go on together: does the contract still say what you mean? This is only on your "
    "screen, and what you answer is kept nowhere."
)
# At most 16 columns.
YES_STILL = _("Yes, they are")
# At most 30 columns.
CHANGE = _("I want to change something")
# At most 16 columns.
LATER = _("Later")
STILL_MINE_YES = _("Good. They are yours, today as well.")
CHANGE_SAID = _(
    "Write: your words are yours to change, and the others see it. Ctrl+R writes a note."
)

# The agenda

AGENDA = _("The agenda")
FORM_READY = _("It takes {minutes} minutes.")
FORM_OWN = _("It is {name}’s own, and takes about {minutes} minutes.")
MINUTES_LONG = _("{minutes} min")
FLOORS_ALONE: Mapping[Floor, str] = MappingProxyType(
    {
        # At most 34 columns.
        Floor.STUDENT: _("{name} has the floor"),
        # At most 34 columns.
        Floor.ADULTS_ASK: _("{name}, adults only ask at first"),
        # At most 34 columns.
        Floor.STUDENT_FIRST: _("{name} first, then everybody"),
        # At most 34 columns.
        Floor.EVERYBODY: _("everybody"),
    }
)
TAKEN_OUT = "\n\n  " + _("Taken out: {names}. B brings one back.")
# At most 27 columns.
CHANGE_KEY = _("name, minutes, whose floor")
# At most 27 columns.
QUESTIONS_KEY = _("what each is asked")
# At most 27 columns.
EARLIER_KEY = _("move it up")
# At most 27 columns.
LATER_KEY = _("move it down")
# At most 27 columns.
ADD_KEY = _("add a phase")
# At most 27 columns.
TAKE_OUT_KEY = _("take it out")
# At most 27 columns.
FORM_KEY = _("25, 15 or your own")
# At most 27 columns.
BRING_BACK_KEY = _("bring one back")
AGENDA_IS_THEIRS = _("{name} arranges the agenda. You can say what you would like to talk about.")
NEW_PHASE = _("Another phase")
# At most 16 columns.
ADD_PHASE = _("Add it")
NEW_PHASE_EXPLAINED = _("It comes behind the one that you had chosen.")
CHANGE_PHASE = _("This phase")
# At most 16 columns.
CHANGE_IT = _("So it is")
CHANGE_EXPLAINED = _("The agenda becomes your own with it. The others see it too.")
PHASE_NAME = _("What is it called?")
PHASE_HINT = _("What I would like to show you")
PHASE_MINUTES = _("How many minutes?")
PHASE_FLOOR = _("Who has the floor?")
WHOLE_MINUTES = _("Write the minutes as a whole number, such as 3.")

# What is asked in a phase

ASKED = "{role}: {words}"
ASKED_ROLES: Mapping[Role, str] = MappingProxyType(
    {Role.STUDENT: _("The student"), Role.TEACHER: _("The teacher"), Role.PARENT: _("The parent")}
)
QUESTIONS = _("What is asked in “{phase}”")
QUESTIONS_EXPLAINED = _(
    "Ask in your own words; it stands in everybody’s band. Where a line is empty, the question "
    "stands that you see there."
)
# At most 16 columns.
QUESTIONS_CONFIRM = _("Ask it so")


def minutes_left(minutes: int, *, knows: bool) -> str:
    """Say how long a phase goes on; who did not see it begin can only guess."""
    # At most 26 columns.
    about = ngettext("about {minutes} minute left", "about {minutes} minutes left", minutes)
    # At most 26 columns.
    perhaps = ngettext("perhaps {minutes} minute left", "perhaps {minutes} minutes left", minutes)
    return (about if knows else perhaps).format(minutes=minutes)
