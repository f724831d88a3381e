"""What is said in a conference: short and calm, while people look at each other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.conference.tokens import Floor, Form, ReadyPhase
from sync_server.access.proof import Role

PHASES: Mapping[ReadyPhase, str] = MappingProxyType(
    {
        ReadyPhase.OPEN: "Open",
        ReadyPhase.ME: "Me and my work",
        ReadyPhase.HELPS: "What helps, how much structure",
        ReadyPhase.GOAL: "Goal and success",
        ReadyPhase.PROMISES: "Obstacles and promises",
        ReadyPhase.READ_BACK: "Read back, agree",
        ReadyPhase.CLOSE: "Close",
    }
)
NO_PHASE = "The conference"
PLACE = "{number} of {all}: {phase}"
"""Where one is on the way, as on a map."""

FLOORS: Mapping[Floor, str] = MappingProxyType(
    {
        Floor.STUDENT: "{name} has the floor",
        Floor.ADULTS_ASK: "{name} has the floor, adults only ask at first",
        Floor.STUDENT_FIRST: "{name} first, then everybody",
        Floor.EVERYBODY: "everybody has the floor",
    }
)
MY_FLOORS: Mapping[Floor, str] = MappingProxyType(
    {
        Floor.STUDENT: "you have the floor",
        Floor.ADULTS_ASK: "you have the floor, adults only ask at first",
        Floor.STUDENT_FIRST: "you first, then everybody",
        Floor.EVERYBODY: "everybody has the floor",
    }
)

FLOORS_IN_SHORT: Mapping[Floor, str] = MappingProxyType(
    {
        Floor.STUDENT: "{name}’s floor",
        Floor.ADULTS_ASK: "{name}’s floor, adults ask",
        Floor.STUDENT_FIRST: "{name} first",
        Floor.EVERYBODY: "everybody",
    }
)
MY_FLOORS_IN_SHORT: Mapping[Floor, str] = MappingProxyType(
    {
        Floor.STUDENT: "your floor",
        Floor.ADULTS_ASK: "your floor, adults ask",
        Floor.STUDENT_FIRST: "you first",
        Floor.EVERYBODY: "everybody",
    }
)

MINUTE_LEFT = "about 1 minute left"
MINUTES_LEFT = "about {minutes} minutes left"
MINUTE_GUESSED = "perhaps 1 minute left"
MINUTES_GUESSED = "perhaps {minutes} minutes left"
"""Where nobody is here who saw the phase begin."""
TIME_IS_UP = "time to go on when you are ready"
TIME_IS_UP_SHORT = "go on when you are ready"
PAUSED = "paused"

GOES_ON_WITHOUT_YOU = "A conference is going on"
TAKE_PART_KEY = "With {people}. F10 takes part."
TAKE_PART_ALONE = "F10 takes part."
RESTS = "A conference was interrupted here. It can be taken up again."
TAKE_UP_KEY = "F10 takes it up again. Until then everybody writes as always."
ASKS_TO_GO_ON = "{people} would like to go on: F10, when you are ready."
YOU_ASKED_TO_GO_ON = "You asked to go on. {student} goes on when ready; F10 takes it back."
YOU_LEAD = "You lead: the others see what you see. Ctrl+F, then L ends that."
YOU_FOLLOW = "{name} leads, and you go along. Esc, or typing, leaves."
YOU_LEFT = "You go your own way. Ctrl+F, then L follows again."
LEADS_WHILE_YOU_WRITE = "{name} leads. You were writing, so you stay: Ctrl+F, then L follows."
LEADING, FOLLOWING, LEADS = "you lead", "you follow {name}", "{name} leads"
WITH_LEADER = "{floor} · {leader}"
LEAD_ENDED = "Everybody goes their own way again."
CONFIRM_KEY = "Your words? F12 says yes: “{words}”, typed by {name}."
INSISTING = "You were asked to write here: {student} says whether it is right."
AND = "{first} and {last}"
SOMEBODY = "somebody"
THE_STUDENT = "the student"

# Beginning and taking part

BEGIN = "Begin a conference?"
BEGIN_ALONE = "Nobody else has a seat in this contract yet: F7 invites them."
ARE_HERE = "With you: {people}."
ARE_AWAY = "Not here yet: {people}. Whoever comes later takes part with F10."
HOW_LONG = "How long?"
FORMS: Mapping[Form, str] = MappingProxyType(
    {Form.FULL: "25 minutes", Form.SHORT: "15 minutes", Form.OWN: "in your own order"}
)
BEGIN_CONFIRM = "Begin"
TAKE_PART = "Take part in the conference?"
TAKE_PART_WITH = "With {people}.\n\nYou come in at “{phase}”."
TAKE_PART_CONFIRM = "Take part"
YOU_TAKE_PART = "You take part. Ctrl+F shows everything that a conference has keys for."
NO_CONFERENCE = "No conference is going on. F10 begins one."
IS_FIRST = "This is the first phase."
MINUTES_ADDED = "There are a few more minutes now."
SOMEBODY_WAS_QUICKER = "Somebody was quicker: look where you are now."
CLOCK_HIDDEN = "The clock is hidden, on this screen only."
CLOCK_SHOWN = "The clock is back."
NOTHING_TO_CONFIRM = "Nothing waits for you to say whether these are your words."
CONFIRMED = "You said that these are your words."
GO_TO_WORDS = "Go to the text that you were asked to write in."
YOU_WRITE_ANYWAY = "You can write here as always."
ONLY_READS = "You are reading along: those who write take part."

# Where adults only ask

STUDENTS_FLOOR = "{name} has the floor: what others type becomes a question beside the words."
KEEP_DRAFT = "{name} has the floor: keep this until it is your turn, or write a note beside it."
WONDERING = "{name} has the floor"
WONDERING_EXPLAINED = (
    "What you typed becomes something you wonder about, beside the words. {name} can answer it now,"
    " or later."
)
YOU_WONDER = "You wonder"
WRITE_BESIDE = "Write it beside"
INSIST = "F12 I was asked to write this"
SAY_SOMETHING = "Write what you wonder about."
MADE = "It stands beside the words."
INSISTED = "It is in the text. {student} says whether these are the right words."
TYPED_NOT_CONFIRMED = "typed by {name}, not confirmed yet by {student}"
TYPED_CONFIRMED = "typed by {name}, confirmed by {student}"

# The menu and the palette

MENU = "The conference"
CONFERENCE = "Conference"
CONFERENCE_HELP = "Begin one, or take part (F10)"
GO_ON, GO_ON_HELP = "Go on", "To the next phase (F10)"
ASK_TO_GO_ON, ASK_TO_GO_ON_HELP = "Ask to go on", "The student goes on (F10)"
ASK_NO_MORE = "Stay a little longer"
GO_BACK, GO_BACK_HELP = "Back a phase", "To the phase before"
MORE_TIME, MORE_TIME_HELP = "Two more minutes", "For this phase"
PAUSE, PAUSE_HELP = "Pause", "The clock stands still"
RESUME, RESUME_HELP = "Go on after the break", "The clock goes on"
HIDE_CLOCK, SHOW_CLOCK = "Hide the clock", "Show the clock"
CLOCK_HELP = "On this screen only"
CONFIRM, CONFIRM_HELP = "These are my words", "What somebody was asked to type (F12)"
WAS_ASKED, WAS_ASKED_HELP = "I was asked to write this", "In the text where you are"
LEAD, LEAD_HELP = "Follow me", "The others see what you see"
LEAD_NO_MORE = "Lead no more"
LEAVE, COME_ALONG = "Go your own way", "Follow again"
FOLLOW_HELP = "Whoever leads through the contract"
READ_ALOUD, READ_ALOUD_HELP = "Read aloud", "The whole contract, large and clean"
ALOUD_KEYS = "↓ ↑ and Space read on    Esc goes back"
ALOUD_LEAD = "You lead: the others read along    ↓ ↑ and Space read on    Esc goes back"
ALOUD_LED = "You read along    ↓ ↑ or Esc go your own way"
NOTHING_TO_READ = "Nothing is written here yet."
END, END_HELP = "What is left, and close", "Read back, answers, when to look again, pages"
WHAT_IS_LEFT = "What is left"
AGENDA_NAME, AGENDA_HELP = "The agenda", "What the conference goes through"
BEGIN_ANOTHER, BEGIN_ANOTHER_HELP = "Begin another", "Leave the one that was interrupted"
TAKE_UP, TAKE_UP_HELP = "Take it up again", "Where it was interrupted (F10)"
CONFERENCE_KEYS = "The conference"
CONFERENCE_KEYS_HELP = "Everything one can do in it (Ctrl+F)"

# The end

ENDING = "Before everybody goes"
ENDING_EXPLAINED = "Nothing of this has to be. Enter does what a line says."
READ_BACK = "Read it aloud, all of it"
WAS_READ = "You have read it together."
ANSWER = "Say what each of you thinks: agree, with a note, or not yet"
NOBODY_ANSWERED = "Nobody has answered yet."
SOME_ANSWERED = "{people} answered it as it stands."
ALL_ANSWERED = "Everybody has answered it as it stands."
REVISIT = "Say when you look at it again"
TAKE_PROMISES = "Take the promises home"
PRINT = "Print the pages"
CLOSE_CONFERENCE = "Close the conference"
CLOSE_EXPLAINED = "It becomes a chapter of the past: F3 shows it with its people and its time."
STUDENT_CLOSES = "{name} closes the conference."
CLOSED = "The conference is closed. F3 shows it as a chapter. See you again!"

# Later, alone

STILL_MINE = "Are these still your words?"
STILL_MINE_EXPLAINED = (
    "You had a conference. Now that you are alone with it: does the contract still say what you "
    "mean? Nobody else sees what you answer here."
)
YES_STILL, CHANGE, NOT_NOW = "Yes, they are", "I want to change something", "Not now"
STILL_MINE_YES = "Good. They are yours, today as well."
CHANGE_SAID = "Write: your words are yours to change, and the others see it. Ctrl+R writes a note."

# The agenda

AGENDA = "The agenda"
FORM_READY = "It takes {minutes} minutes."
FORM_OWN = "It is {name}’s own, and takes about {minutes} minutes."
MINUTES_LONG = "{minutes} min"
FLOORS_ALONE: Mapping[Floor, str] = MappingProxyType(
    {
        Floor.STUDENT: "{name} has the floor",
        Floor.ADULTS_ASK: "{name}, adults only ask at first",
        Floor.STUDENT_FIRST: "{name} first, then everybody",
        Floor.EVERYBODY: "everybody",
    }
)
TAKEN_OUT = "\n\n  Taken out: {names}. B brings one back."
CHANGE_KEY, QUESTIONS_KEY = "name, minutes, whose floor", "what each is asked"
EARLIER_KEY, LATER_KEY = "move it up", "move it down"
ADD_KEY, TAKE_OUT_KEY = "add a phase", "take it out"
FORM_KEY, BRING_BACK_KEY = "25, 15 or your own", "bring one back"
AGENDA_IS_THEIRS = "{name} arranges the agenda. You can say what you would like to talk about."
NEW_PHASE, ADD_PHASE = "Another phase", "Add it"
NEW_PHASE_EXPLAINED = "It comes behind the one that you had chosen."
CHANGE_PHASE, CHANGE_IT = "This phase", "So it is"
CHANGE_EXPLAINED = "The agenda becomes your own with it. The others see it too."
PHASE_NAME, PHASE_HINT = "What is it called?", "What I would like to show you"
PHASE_MINUTES, PHASE_FLOOR = "How many minutes?", "Who has the floor?"
WHOLE_MINUTES = "Write the minutes as a whole number, such as 3."

# What is asked in a phase

ASKED = "{role}: {words}"
ASKED_ROLES: Mapping[Role, str] = MappingProxyType(
    {Role.STUDENT: "The student", Role.TEACHER: "The teacher", Role.PARENT: "The parent"}
)
QUESTIONS = "What is asked in “{phase}”"
QUESTIONS_EXPLAINED = (
    "Ask in your own words; it stands in everybody’s band. Where a line is empty, the question "
    "stands that you see there."
)
QUESTIONS_CONFIRM = "Ask it so"
