"""What a guest's browser says around their program.

Every page is in the language of whoever reads it: these are looked up when it is made.
"""

from contract_tui.language import gettext_noop

UNKNOWN = gettext_noop(
    "This address is not known here. Please look at it again, or ask for a new one."
)
USED = gettext_noop(
    "Somebody came in with this address from another browser. Ask the host for a new one."
)
EXPIRED = gettext_noop("This address is no longer good. Ask the host for a new one.")
WHICH_NAME = gettext_noop("Please write your name, on one line of at most 60 characters.")
NOT_LET_IN = gettext_noop(
    "This browser has no seat here yet. Open the address that the host gave you."
)
FULL = gettext_noop(
    "There is no room for another guest on this computer now. Please try again in a moment."
)
ELSEWHERE = gettext_noop("This can only be opened from its own page.")
NOT_HERE = gettext_noop("There is nothing at this address.")
TOO_MUCH = gettext_noop("Too many wrong addresses were tried. Please wait a minute.")
CANNOT_LISTEN = gettext_noop("cannot open the door for guests at {address}, port {port}: {reason}")
NO_FILE = gettext_noop("This file is not there any more. Please take it away once more.")

ARRIVE_TITLE = gettext_noop("Come in")
ARRIVE_ROLE = {
    "student": gettext_noop("You are invited as the student."),
    "teacher": gettext_noop("You are invited as a teacher."),
    "parent": gettext_noop("You are invited as a parent."),
    "observer": gettext_noop("You are invited to read along."),
}
ARRIVE_ABOUT = gettext_noop(
    "You will write a learning contract together. Nothing is installed on your device:"
    " your part of it runs on the host’s computer."
)
ARRIVE_NAME = gettext_noop("Your name, as the others see it")
ARRIVE_GO = gettext_noop("Come in")
ARRIVE_CODE = gettext_noop("The code that the host shows you, nine letters and digits")
ARRIVE_NEXT = gettext_noop("Next")
SORRY_TITLE = gettext_noop("Not this way")
AGAIN = gettext_noop("Try again")

PAGE_TITLE = gettext_noop("Learning contract")
TERMINAL = gettext_noop("The learning contract")
BEGINNING = gettext_noop("One moment, your screen is on its way.")
LEFT = gettext_noop("You have left. Everything you wrote is kept.")
COME_BACK = gettext_noop("Come in again")
MOVED = gettext_noop("Your seat is open in another window now.")
USE_HERE = gettext_noop("Go on in this one")
FELL = gettext_noop("Your screen has stopped. Everything you wrote is kept.")
LOST = gettext_noop(
    "The connection to the host is gone. Your words are kept. This page tries again by itself."
)
CLOSED = gettext_noop(
    "The host has closed the door. Your words are kept. This page tries again by itself."
)
NO_MORE = gettext_noop("Your seat is not open here any more. Ask the host.")
NO_SCRIPTS = gettext_noop("Your screen needs JavaScript. Please allow it for this page.")
NO_PICTURES = gettext_noop(
    "This browser cannot show your screen: it has no WebGL. Please try another browser."
)
FILE_READY = gettext_noop("Your file is ready:")
KEYBOARD = gettext_noop("Keyboard")
READER = gettext_noop("I use a screen reader")
READER_ON = gettext_noop("I use no screen reader")
READER_ABOUT = gettext_noop("If you use a screen reader, choose the first button of this page.")
KEYS = {
    "Escape": ("Esc", gettext_noop("Escape")),
    "Tab": ("Tab", gettext_noop("Tab")),
    "Left": ("←", gettext_noop("Arrow left")),
    "Up": ("↑", gettext_noop("Arrow up")),
    "Down": ("↓", gettext_noop("Arrow down")),
    "Right": ("→", gettext_noop("Arrow right")),
    "Menu": (
        # At most 8 columns.
        gettext_noop("Menu"),
        gettext_noop("Menu"),
    ),
}
"""What stands on a key of the page, and what it is called, by what the page's script calls it."""
