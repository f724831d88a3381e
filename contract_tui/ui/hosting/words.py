"""What the screen of a table says."""

from __future__ import annotations

from collections.abc import Mapping

from sync_server.access.proof import Role

HEADING = "Around one table: “{title}”"
HEADING_UNTITLED = "Around one table"
SOMEBODY: Mapping[Role, str] = {
    Role.STUDENT: "The student",
    Role.TEACHER: "A teacher",
    Role.PARENT: "A parent",
    Role.OBSERVER: "Somebody who reads along",
}
NAMED: Mapping[Role, str] = {
    Role.STUDENT: "{name}, the student",
    Role.TEACHER: "{name}, a teacher",
    Role.PARENT: "{name}, a parent",
    Role.OBSERVER: "{name}, who reads along",
}
YOU = "{person} (you)"
IS_HERE = "here"
IS_EXPECTED = "not here yet"
WAS_HERE = "was here before"
IS_AWAY = "not here"

OPEN_ADDRESS = "Open this in a browser:"
TYPE_CODE = "Then type this code:"
CAMERA = "Or point a camera at the picture."
GUEST_IS_HERE = "{name} is here. Enter opens the contract, and F10 there begins a conference."
PERSON_IS_HERE = "{name} is here, with a program of their own."
PERSON_STANDS_BY = (
    "{name} is here, with a program of their own. Should this computer stop in a conference, "
    "theirs can go on, also for those who came by a browser."
)
PERSON_IS_AWAY = (
    "{name} has a seat already. P shows how they come in with their own program; "
    "A makes another seat ready, for a browser."
)
CAME_BEFORE = (
    "{name} took this seat before. In the same browser as then, they come back by\n{address}\n\n"
    "In another one they need a new code: press R."
)
CODE_IS_OVER = "The code for this seat is over. Press R for a new one."
NOBODY_MISSING = "Nobody else is expected. Press A if somebody else should come in."
CANNOT_INVITE = (
    "To invite somebody new you need the contract’s key, which is on another computer. "
    "Whoever has a seat can come in: P shows how."
)
IS_OPEN = "Not encrypted: use a network you trust."
IS_LOCAL = "Only browsers on this computer can open it."

WRITE = "Open the contract"
NEXT = "Next seat"
SOMEBODY_ELSE = "Somebody else"
NEW_CODE = "New code"
DISMISS = "Take away"
COPY = "Copy"
WITH_PROGRAM = "With the program"
IN_BROWSER = "In a browser"
CLOSE = "Close"
COPIED = "The address is copied."

ADD_TITLE = "Somebody else at the table"
ADD_ABOUT = (
    "They need nothing but a browser, and get a code. Everybody in the contract sees everything in "
    "it. A guest’s part of it runs on this computer, and the key of their seat is kept here."
)
ADD_NAME = "What do the others call them?"
ADD_NAME_HINT = "leave it empty, and they say it themselves"
ADD_ROLE = "Who are they?"
ADD_CONFIRM = "Have a seat ready"
DISMISS_TITLE = "Take the seat of {name} away?"
DISMISS_ABOUT = (
    "Their screen ends, after it has saved. The key of their seat is removed from this computer, "
    "so that they cannot come back to it: they would need another seat. What they wrote stays."
)
DISMISS_CONFIRM = "Take it away"
KEEP = "Keep it"
GUEST_ENDS = "{name} is here from a browser: that screen ends, and what they wrote is saved first."
END_TITLE = "Close the table?"
END_CONFIRM = "Close it"
STAY = "Stay"

HOST_HERE = "Invite to a conference here"
HOST_HERE_HELP = "Guests take part from their browsers, with a code (F6)"
THE_TABLE_HELP = "Who is here, and the codes for the others (F6)"
HOST_IS_GONE = "{host}’s computer cannot be reached. Nothing is lost: everything is here, too."
TAKE_OVER = "F6 goes on from this computer."
GUESTS_RETURN = "Its screen then has a new code for {names}: the same seat, the same words."
GUESTS_WAIT = (
    "It has no seat for {names}: whoever came by a browser can come back to theirs "
    "when {host}’s computer is there again."
)
OR = " or "
COME_ALONG_TO = "Where {names} goes on instead, Ctrl+P leads you there: “Go on at …”."
COME_ALONG = "Go on at {name}’s computer"
COME_ALONG_HELP = "Once they have taken the place of the host, whose computer is gone"
TAKE_OVER_KEY = "{host}’s computer is gone: F6 goes on from this one."
OPENING = "One moment: your computer makes room for the others."

HELP = """\
# What is this?
A table: your computer shares the contract with the people around it. It goes on for as long as \
this program runs.

# How does somebody come in?
They open the address in the browser of their phone or laptop, and type the code; or they point a \
camera at the picture. They install nothing. They say their name once, and then have the same \
screen as you. The arrows show the code for the next seat. A seat that is taken is marked with ● \
and “here”.

# Somebody else, another device
A makes a seat ready for somebody else. R makes a new code for a seat, for another device of the \
same person. D takes a seat away, C copies its address. Whoever has this program on their own \
computer comes in with it: P shows how.

# Who can see it?
Only people with a code can come in, each code once. Where no certificate was given, the way is \
not encrypted, so use a network that you trust. A guest’s part of it runs on this computer.

# And then?
Enter opens the contract, where F10 begins a conference; F6 comes back here at any time. Esc ends \
it for everybody: guests’ words are saved first, and they are told."""
