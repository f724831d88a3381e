"""What is said in a conference: short and calm, while people look at each other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.conference.tokens import Floor, Form, ReadyPhase
from contract_tui.language import _
from sync_server.access.proof import Role

PHASES: Mapping[ReadyPhase, str] = MappingProxyType(
    {
        # At most 34 columns.
        ReadyPhase.OPEN: _("Open"),
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
        ReadyPhase.CLOSE: _("Close"),
    }
)
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

MINUTE_LEFT = _("about 1 minute left")
MINUTES_LEFT = _("about {minutes} minutes left")
MINUTE_GUESSED = _("perhaps 1 minute left")
MINUTES_GUESSED = _("perhaps {minutes} minutes left")
"""Where nobody is here who saw the phase begin."""
TIME_IS_UP = _("time to go on when you are ready")
TIME_IS_UP_SHORT = _("go on when you are ready")
PAUSED = _("paused")

GOES_ON_WITHOUT_YOU = _("A conference is going on")
TAKE_PART_KEY = _("With {people}. F10 takes part.")
TAKE_PART_ALONE = _("F10 takes part.")
RESTS = _("A conference was interrupted here. It can be taken up again.")
TAKE_UP_KEY = _("F10 takes it up again. Until then everybody writes as always.")
ASKS_TO_GO_ON = _("{people} would like to go on: F10, when you are ready.")
YOU_ASKED_TO_GO_ON = _("You asked to go on. {student} goes on when ready; F10 takes it back.")
YOU_LEAD = _("You lead: the others see what you see. Ctrl+F, then L ends that.")
YOU_FOLLOW = _("{name} leads, and you go along. Esc, or typing, leaves.")
YOU_LEFT = _("You go your own way. Ctrl+F, then L follows again.")
LEADS_WHILE_YOU_WRITE = _("{name} leads. You were writing, so you stay: Ctrl+F, then L follows.")
LEADING, FOLLOWING, LEADS = _("you lead"), _("you follow {name}"), _("{name} leads")
WITH_LEADER = "{floor} · {leader}"
LEAD_ENDED = _("Everybody goes their own way again.")
CONFIRM_KEY = _("Your words? F12 says yes: “{words}”, typed by {name}.")
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
BEGIN_CONFIRM = _("Begin")
TAKE_PART = _("Take part in the conference?")
TAKE_PART_WITH = _("With {people}.\n\nYou come in at “{phase}”.")
TAKE_PART_CONFIRM = _("Take part")
YOU_TAKE_PART = _("You take part. Ctrl+F shows everything that a conference has keys for.")
NO_CONFERENCE = _("No conference is going on. F10 begins one.")
IS_FIRST = _("This is the first phase.")
MINUTES_ADDED = _("There are a few more minutes now.")
SOMEBODY_WAS_QUICKER = _("Somebody was quicker: look where you are now.")
CLOCK_HIDDEN = _("The clock is hidden, on this screen only.")
CLOCK_SHOWN = _("The clock is back.")
NOTHING_TO_CONFIRM = _("Nothing waits for you to say whether these are your words.")
CONFIRMED = _("You said that these are your words.")
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
WRITE_BESIDE = _("Write it beside")
INSIST = _("F12 I was asked to write this")
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
TYPED_NOT_CONFIRMED = _("typed by {name}, not confirmed yet by {student}")
TYPED_CONFIRMED = _("typed by {name}, confirmed by {student}")

# The menu and the palette

MENU = _("The conference")
CONFERENCE = _("Conference")
CONFERENCE_HELP = _("Begin one, or take part (F10)")
GO_ON, GO_ON_HELP = _("Go on"), _("To the next phase (F10)")
ASK_TO_GO_ON, ASK_TO_GO_ON_HELP = _("Ask to go on"), _("The student goes on (F10)")
ASK_NO_MORE = _("Stay a little longer")
GO_BACK, GO_BACK_HELP = _("Back a phase"), _("To the phase before")
MORE_TIME, MORE_TIME_HELP = _("Two more minutes"), _("For this phase")
PAUSE, PAUSE_HELP = _("Pause"), _("The clock stands still")
RESUME, RESUME_HELP = _("Go on after the break"), _("The clock goes on")
HIDE_CLOCK, SHOW_CLOCK = _("Hide the clock"), _("Show the clock")
CLOCK_HELP = _("On this screen only")
CONFIRM, CONFIRM_HELP = _("These are my words"), _("What somebody was asked to type (F12)")
WAS_ASKED, WAS_ASKED_HELP = _("I was asked to write this"), _("In the text where you are")
LEAD, LEAD_HELP = _("Follow me"), _("The others see what you see")
LEAD_NO_MORE = _("Lead no more")
LEAVE, COME_ALONG = _("Go your own way"), _("Follow again")
FOLLOW_HELP = _("Whoever leads through the contract")
READ_ALOUD, READ_ALOUD_HELP = _("Read aloud"), _("The whole contract, large and clean")
ALOUD_KEYS = _("↓ ↑ and Space read on    Esc goes back")
ALOUD_LEAD = _("You lead: the others read along    ↓ ↑ and Space read on    Esc goes back")
ALOUD_LED = _("You read along    ↓ ↑ or Esc go your own way")
NOTHING_TO_READ = _("Nothing is written here yet.")
END, END_HELP = _("What is left, and close"), _("Read back, answers, when to look again, pages")
WHAT_IS_LEFT = _("What is left")
AGENDA_NAME, AGENDA_HELP = _("The agenda"), _("What the conference goes through")
BEGIN_ANOTHER, BEGIN_ANOTHER_HELP = _("Begin another"), _("Leave the one that was interrupted")
TAKE_UP, TAKE_UP_HELP = _("Take it up again"), _("Where it was interrupted (F10)")
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
STILL_MINE_EXPLAINED = _(
    "You had a conference. Now that you are alone with it: does the contract still say what you "
    "mean? Nobody else sees what you answer here."
)
YES_STILL, CHANGE, NOT_NOW = _("Yes, they are"), _("I want to change something"), _("Not now")
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
        Floor.STUDENT: _("{name} has the floor"),
        Floor.ADULTS_ASK: _("{name}, adults only ask at first"),
        Floor.STUDENT_FIRST: _("{name} first, then everybody"),
        Floor.EVERYBODY: _("everybody"),
    }
)
TAKEN_OUT = "\n\n  " + _("Taken out: {names}. B brings one back.")
CHANGE_KEY, QUESTIONS_KEY = _("name, minutes, whose floor"), _("what each is asked")
EARLIER_KEY, LATER_KEY = _("move it up"), _("move it down")
ADD_KEY, TAKE_OUT_KEY = _("add a phase"), _("take it out")
FORM_KEY, BRING_BACK_KEY = _("25, 15 or your own"), _("bring one back")
AGENDA_IS_THEIRS = _("{name} arranges the agenda. You can say what you would like to talk about.")
NEW_PHASE, ADD_PHASE = _("Another phase"), _("Add it")
NEW_PHASE_EXPLAINED = _("It comes behind the one that you had chosen.")
CHANGE_PHASE, CHANGE_IT = _("This phase"), _("So it is")
CHANGE_EXPLAINED = _("The agenda becomes your own with it. The others see it too.")
PHASE_NAME, PHASE_HINT = _("What is it called?"), _("What I would like to show you")
PHASE_MINUTES, PHASE_FLOOR = _("How many minutes?"), _("Who has the floor?")
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
QUESTIONS_CONFIRM = _("Ask it so")
