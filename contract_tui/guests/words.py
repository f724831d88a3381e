"""What a guest's browser says around their program."""

UNKNOWN = "This address is not known here. Please look at it again, or ask for a new one."
USED = "Somebody came in with this address from another browser. Ask the host for a new one."
EXPIRED = "This address is no longer good. Ask the host for a new one."
WHICH_NAME = "Please write your name, on one line of at most 60 characters."
NOT_LET_IN = "This browser has no seat here yet. Open the address that the host gave you."
FULL = "There is no room for another guest on this computer now. Please try again in a moment."
ELSEWHERE = "This can only be opened from its own page."
NOT_HERE = "There is nothing at this address."
TOO_MUCH = "Too many wrong addresses were tried. Please wait a minute."
CANNOT_LISTEN = "cannot open the door for guests at {address}, port {port}: {reason}"
NO_FILE = "This file is not there any more. Please take it away once more."

ARRIVE_TITLE = "Come in"
ARRIVE_ROLE = {
    "student": "You are invited as the student.",
    "teacher": "You are invited as a teacher.",
    "parent": "You are invited as a parent.",
    "observer": "You are invited to read along.",
}
ARRIVE_ABOUT = (
    "You will write a learning contract together. Nothing is installed on your device:"
    " your part of it runs on the host’s computer."
)
ARRIVE_NAME = "Your name, as the others see it"
ARRIVE_GO = "Come in"
ARRIVE_CODE = "The code that the host shows you, nine letters and digits"
ARRIVE_NEXT = "Next"
SORRY_TITLE = "Not this way"
AGAIN = "Try again"

PAGE_TITLE = "Learning contract"
TERMINAL = "The learning contract"
BEGINNING = "One moment, your screen is on its way."
LEFT = "You have left. Everything you wrote is kept."
COME_BACK = "Come in again"
MOVED = "Your seat is open in another window now."
USE_HERE = "Go on in this one"
FELL = "Your screen has stopped. Everything you wrote is kept."
LOST = "The connection to the host is gone. Your words are kept. This page tries again by itself."
CLOSED = "The host has closed the door. Your words are kept. This page tries again by itself."
NO_MORE = "Your seat is not open here any more. Ask the host."
NO_SCRIPTS = "Your screen needs JavaScript. Please allow it for this page."
NO_PICTURES = "This browser cannot show your screen: it has no WebGL. Please try another browser."
FILE_READY = "Your file is ready:"
KEYBOARD = "Keyboard"
READER = "I use a screen reader"
READER_ON = "I use no screen reader"
READER_ABOUT = "If you use a screen reader, choose the first button of this page."
KEYS = {
    "Esc": "Escape",
    "Tab": "Tab",
    "←": "Left",
    "↑": "Up",
    "↓": "Down",
    "→": "Right",
    "Menu": "Menu",
}
