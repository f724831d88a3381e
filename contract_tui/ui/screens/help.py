"""What is on the screen, in the words of a twelve-year-old."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from contract_tui.language import _
from contract_tui.ui.screens.page import PageScreen
from contract_tui.ui.touch import WITHOUT_KEYS, is_phone

LIBRARY = "\n\n".join(
    (
        _("""\
# What is this?
A learning contract says what you care about, what helps you, and how you like to work. You write \
it together with a teacher and the people at home. Here is a list of all contracts on this \
computer."""),
        # At most 70 columns.
        _("""\
# What can I do?
↑ ↓ and Enter   open a contract
Letters         find one: type a word of its title, or a name
Esc             show all again
Ctrl+N          begin a new one
F6              join one, with a link or a short code
F7              invite somebody, if you hold the contract’s key
F4              sort by last change, title, or the day to look again
Ctrl+O          bring one in from a file
Ctrl+S          take one away, on paper or as a file
Delete          erase one from this computer; it asks first
F8              other colours"""),
        _("""\
# What does the dot mean?
● stands where others have changed something since you looked."""),
        _("""\
# How do the others get in?
Whoever holds the contract’s key invites them: F7 writes a link for each of them. They press F6 \
and paste it. Around one table, contract-tui host shows short codes, and a browser is enough."""),
        _("""\
# Who can see it?
Only the people who were invited. A copy of it is on your own computer, and it is yours."""),
    )
)

WORKSHOP = "\n\n".join(
    (
        _("""\
# What is this?
Your learning contract. Everybody in it can write at the same time, like on one sheet of paper."""),
        _("""\
# The places
At the top is the title. First come the sections: what you are into, what helps you, and how much \
structure you want. Behind them come pages: what helps, one page for each goal, promises, looking \
back on it, and the agreement. The list of places says where you are, and who else is where.
Ctrl+G shows all places, each with a letter or a digit: press that, and you are there. Where there \
are many, Space shows more. Esc stays. \
Tab goes on to the next thing on a page, Shift+Tab back. In a field of one line, Enter goes on \
too. Alt+↓ and Alt+↑ go from place to place. \
You can also click."""),
        _("""\
# Goals
Ctrl+N begins a goal, wherever you are. Why it matters, and how you know that you have succeeded, \
is for the student alone to say: what others type there becomes a suggestion. A goal can have \
steps, and needs none. Whatever is taken away can be brought back; Ctrl+G lists goals that were \
let go or taken away at its end."""),
        _("""\
# What helps, promises, looking back
On these pages Ctrl+O adds one more, and to a goal with steps one more step. Ctrl+K takes away \
what you are in, Alt+Shift+↑ and ↓ move it. What became of a promise says the one it was made \
to."""),
        _("""\
# The sections are the student’s
Ctrl+T adds one, calls it something else, moves it or hides it. Hidden words are not lost."""),
        _("""\
# Writing for yourself first
Ctrl+U opens a draft of the part you are in, and Tab there your notes for the next conference. \
Nobody else can see them: they never leave this computer. F2 puts all of a draft into the \
contract when you are ready. ✎ stands at the places for which you have one, and in the menu of \
Ctrl+G where you have notes."""),
        _("""\
# Do we agree?
The page “Agreement” shows who agrees with the contract as it stands. When a word changes, it says \
so, and shows what changed. There you also say when to look at it again."""),
        _("""\
# The conference
F10 begins a conference, or takes part in the one that goes on. A band then says which phase it \
is, whose floor it is, what you might ask now, and about how long is left; nothing happens when \
the time is up. F10 goes on: that is the student’s key. Everybody else asks to go on with it. \
Ctrl+F shows all the rest: back, more time, a break, no clock.
“Follow me” brings the others to what you see; Esc, or typing, leaves whoever leads. “Read aloud” \
shows the whole contract, large and clean, and scrolls together with whoever leads.
“The agenda” shows what the conference goes through, and the student arranges it. “What is left, \
and close” lists what people do at the end. A conference that is closed is a chapter of the past.
While the floor is the student’s, what others type becomes a question beside the words. Were you \
asked to write it? F12 says so. The student’s F12 shows what was typed for them: they say whether \
these are their words, and may take out what is not."""),
        _("""\
# Who wrote what?
Every person has a colour and a letter. The letter on the left shows where somebody’s words begin. \
Words can also be underlined or slanted, so you can tell without colours. F4 hides all that.
Grey words behind a ? are of unknown origin: nothing shows who wrote them, so ask each other.
Grey words behind a letter and a ?, as M?, stand in that person’s name, but their computer has not \
said yet that it wrote them. It may have been switched off just then. If it stays so, ask them. \
If that computer is lost, nobody else can share these words. Whoever holds the contract’s key can \
let them in, with the command contract-tui vouch; the ? stays.
A letter in a coloured box shows where somebody is right now, and the coloured block in the text \
is their cursor."""),
        _("""\
# Can I say something without changing the words?
Yes, with a note. Ctrl+R writes one beside what you selected: something you wonder, a suggestion, \
or that you see it differently. It stands below the words, behind ↳, and is not one of them. \
Ctrl+L goes from note to note. A small dot in the list of places shows where one waits, or where \
something is offered back that was taken away by somebody who had not seen all of it.
The student answers: Ctrl+R on the note that is shown. “I take it” makes a suggestion part of the \
words. Why a goal matters and what success is, only the student writes: what others type there \
becomes a suggestion. If another program wrote or took out words there all the same, that is \
shown, and Ctrl+R puts the student’s words back."""),
        _("""\
# Can somebody break what I write?
Nothing is ever lost. Ctrl+Z takes back your own last words, and only yours. Ctrl+Y brings them \
back."""),
        _("""\
# How did it come to be?
F3 looks back: the contract as it was, turn by turn, and who changed what. It leaves a small sign \
that you looked, and when. Something slipped in that nobody should read, such as a phone number? \
Select it and press F5: your own words can be covered for good."""),
        _("""\
# Can we leave the past behind?
The contract keeps all earlier words, even covered ones. You can begin it anew, with today’s words \
only and the same people: Ctrl+P, “Begin anew”, shows the command."""),
        _("""\
# Who can invite?
Whoever holds the key of the contract, at first the person who made it: the list of people says \
who. F7 makes an invitation. F6 makes room for those around you: they come in by a code, and a \
browser is enough. Whoever only reads along can be seen, and writes nothing."""),
        # At most 70 columns.
        _("""\
# Is it saved?
Always. You never have to save. At the top right it says so:
● saved here              it is on this computer
● shared with everyone    the others have it too
◌ sharing                 it is on its way
○ working alone           no connection; it is shared later
Go on writing meanwhile. F2 tries to connect at once."""),
        _("""\
# The choice
Show me the steps, do it together, check in with me, leave me to it, in my own words: none of them \
is better than another. Choose with the arrows and Enter. Choose it again to take it back. You can \
change it any day."""),
        # At most 70 columns.
        _("""\
# Keys
Ctrl+G          go to any place        Ctrl+Z   take back my words
Tab             next thing             Ctrl+Y   bring them back
Alt+↓ Alt+↑     next place, before     Ctrl+A   select everything
Ctrl+N          new goal               Ctrl+C   copy
Ctrl+O          one more               Ctrl+X   cut
Ctrl+K          take away              Ctrl+V   paste
Ctrl+R          note, or answer one    F3       look back
Ctrl+L          next note              F4       who wrote what
Ctrl+U          my draft of this part  F5       cover my own words
Ctrl+T          sections               F7       invite somebody
F10             conference, go on      F12      are these my words?
Ctrl+F          more of the conference F9       all contracts
F8              other colours          Ctrl+Q   quit (it is saved)
Esc             put a message away     Ctrl+P   everything else
F1              this page
Where a browser keeps Ctrl+N and Ctrl+T for itself:
Ctrl+G and N, Ctrl+G and S."""),
    )
)

HISTORY = "\n\n".join(
    (
        _("""\
# What is this?
The contract as it was. You can go back to the first words and see who changed what, and when. \
Nothing can be changed here, so you cannot break anything. F3 goes back to today."""),
        _("""\
# Going back and forth
A turn is what one person wrote at one time, in one part.
← →                  one turn earlier or later
Shift+← Shift+→      one single change earlier or later
Page Up, Page Down   the conference before, or the next one
Home, End            the first words, and today
Space                plays it, turn by turn; Space again stops
You can also click on the line at the bottom."""),
        _("""\
# What do I see?
Underlined words came. Words that are struck through went. The letter on the left says whose doing \
it was: H+ wrote something, H- took something out. F4 shows who wrote all the other words."""),
        _("""\
# Who wrote this?
Tab goes into the text. Move to a word, and the line below the text says who wrote it and when. \
Enter goes to that moment."""),
        # At most 70 columns.
        _("""\
# What else?
C      compare: since you were here last, first words with today’s
W, S   follow one person or one part only; once more shows all again
B      bring words back, as new words; nothing of today is lost
K      keep this version under a name that everybody finds again
M      mark this place; C can compare with it
F5     cover words of your own that you selected, as a phone number"""),
        _("""\
# Does anybody see that I look?
Yes. Looking back leaves a small sign that everybody can see: that you looked, and when. You see \
the same of the others. Who is looking back right now is seen in the list of people."""),
    )
)

ROOM = "\n\n".join(
    (
        _("""\
# What is this?
A room: your computer shares the contract with the computers around it. Nothing else is needed, no \
account and no other relay. The room is there for as long as this program runs."""),
        _("""\
# How does somebody come in?
Press A, and say who it is. A code appears, in letters that can be read across the table. It is \
good for two hours and for one person. They type it on their own computer, as it says below the \
code. Whoever has a seat already needs no code."""),
        _("""\
# And then?
Enter opens the contract, F6 leads back. Others can come in at any time. B, where it is shown, is \
for those who have only a browser."""),
        _("""\
# Who can see it?
Only people who were invited can come in. What travels between the computers in the room is not \
encrypted, so use a network that you trust."""),
        _("""\
# How does it end?
Esc closes the room. It says first whose words may be missing here: they stay on their own \
computers, and come when you next share. Everything that is here stays here."""),
    )
)


class HelpScreen(PageScreen):
    """The explanation of the screen behind it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,enter,q", "close", _("Back"))]

    def __init__(self, explanation: str) -> None:
        super().__init__()
        self._explanation = explanation

    def compose_page(self) -> ComposeResult:
        """Show the explanation."""
        above = f"{WITHOUT_KEYS}\n\n" if is_phone(self.app) else ""
        yield Static(_with_headings(above + self._explanation))


def _with_headings(explanation: str) -> Text:
    """Return the explanation with its headings in bold."""
    text = Text()
    for line in explanation.split("\n"):
        if line.startswith("# "):
            text.append(line[2:] + "\n", Style(bold=True, underline=True))
        else:
            text.append(line + "\n")
    return text
