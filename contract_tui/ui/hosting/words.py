"""What the screen of a table says."""

from __future__ import annotations

from collections.abc import Mapping

from contract_tui.language import _, pgettext
from sync_server.access.proof import Role

HEADING = _("Around one table: “{title}”")
HEADING_UNTITLED = _("Around one table")
SOMEBODY: Mapping[Role, str] = {
    Role.STUDENT: _("The student"),
    Role.TEACHER: _("A teacher"),
    Role.PARENT: _("A parent"),
    Role.OBSERVER: _("Somebody who reads along"),
}
NAMED: Mapping[Role, str] = {
    Role.STUDENT: _("{name}, the student"),
    Role.TEACHER: _("{name}, a teacher"),
    Role.PARENT: _("{name}, a parent"),
    Role.OBSERVER: _("{name}, who reads along"),
}
YOU = _("{person} (you)")
# At most 20 columns.
IS_HERE = _("here")
# At most 20 columns.
IS_EXPECTED = _("not here yet")
# At most 20 columns.
WAS_HERE = _("was here before")
# At most 20 columns.
IS_AWAY = _("not here")

# At most 22 columns.
OPEN_ADDRESS = _("Open in a browser:")
# At most 31 columns.
TYPE_CODE = _("Then type this code:")
GUEST_IS_HERE = _("{name} is here. Enter opens the contract, and F10 there begins a conference.")
PERSON_IS_HERE = _("{name} is here, with a program of their own.")
PERSON_STANDS_BY = _(
    "{name} is here, with a program of their own. Should this computer stop in a conference, "
    "theirs can go on, also for those who came by a browser."
)
PERSON_IS_AWAY = _(
    "{name} has a seat already. P shows how they come in with their own program; "
    "A makes another seat ready, for a browser."
)
CAME_BEFORE = _(
    "{name} took this seat before. In the same browser as then, they come back by\n{address}\n\n"
    "In another one they need a new code: press R."
)
CODE_IS_OVER = _("The code for this seat is over. Press R for a new one.")
NOBODY_MISSING = _("Nobody else is expected. Press A if somebody else should come in.")
CANNOT_INVITE = _(
    "To invite somebody new you need the contract’s key, which is on another computer. "
    "Whoever has a seat can come in: P shows how."
)
# At most 43 columns.
IS_OPEN = _("Not encrypted: use a network you trust.")
IS_LOCAL = _("Only browsers on this computer can open it.")

# At most 20 columns.
WRITE = _("Open the contract")
# At most 20 columns.
NEXT = _("Next seat")
# At most 20 columns.
SOMEBODY_ELSE = _("Somebody else")
# At most 20 columns.
NEW_CODE = _("New code")
# At most 20 columns.
DISMISS = _("Take away")
# At most 20 columns.
COPY = _("Copy")
# At most 20 columns.
WITH_PROGRAM = _("With the program")
# At most 20 columns.
IN_BROWSER = _("In a browser")
# At most 20 columns.
CLOSE = pgettext("button", "Close")
COPIED = _("The address is copied.")

ADD_TITLE = _("Somebody else at the table")
ADD_ABOUT = _(
    "They need nothing but a browser, and get a code. Everybody in the contract sees everything in "
    "it. A guest’s part of it runs on this computer, and the key of their seat is kept here."
)
ADD_NAME = _("What do the others call them?")
ADD_NAME_HINT = _("leave it empty, and they say it themselves")
ADD_ROLE = _("Who are they?")
# At most 18 columns.
ADD_CONFIRM = _("Have a seat ready")
DISMISS_TITLE = _("Take the seat of {name} away?")
DISMISS_ABOUT = _(
    "Their screen ends, after it has saved. The key of their seat is removed from this computer, "
    "so that they cannot come back to it: they would need another seat. What they wrote stays."
)
# At most 18 columns.
DISMISS_CONFIRM = _("Take it away")
# At most 18 columns.
KEEP = pgettext("a seat", "Keep it")
GUEST_ENDS = _(
    "{name} is here from a browser: that screen ends, and what they wrote is saved first."
)
END_TITLE = _("Close the table?")
# At most 18 columns.
END_CONFIRM = _("Close it")
# At most 18 columns.
STAY = _("Stay")

HOST_HERE = _("Invite to a conference here")
HOST_HERE_HELP = _("Guests take part from their browsers, with a code (F6)")
THE_TABLE_HELP = _("Who is here, and the codes for the others (F6)")
HOST_IS_GONE = _("{host}’s computer cannot be reached. Nothing is lost: everything is here, too.")
TAKE_OVER = _("F6 goes on from this computer.")
GUESTS_RETURN = _("Its screen then has a new code for {names}: the same seat, the same words.")
GUESTS_KEPT = _(
    "For {names} it has the seat from before: the address that they had here leads back to it, "
    "or a new code (R)."
)
GUESTS_WAIT = _(
    "It has no seat for {names}: whoever came by a browser can come back to theirs "
    "when {host}’s computer is there again."
)
COME_ALONG_TO = _("Where {names} goes on instead, Ctrl+P leads you there: “Go on at …”.")
COME_ALONG = _("Go on at {name}’s computer")
COME_ALONG_HELP = _("Once they have taken the place of the host, whose computer is gone")
# At most 78 columns.
TAKE_OVER_KEY = _("{host}’s computer is gone: F6 goes on from this one.")
PLAIN_TITLE = _("Go on without encryption?")
PLAIN_ABOUT = _(
    "Without a certificate the way of browsers is not encrypted: whoever runs this network could "
    "read what guests see. Go on only in a network that you trust."
)
# At most 18 columns.
PLAIN_CONFIRM = _("I trust it")
OPENING = _("One moment: your computer makes room for the others.")

HELP = _("""\
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
it for everybody: guests’ words are saved first, and they are told.""")
