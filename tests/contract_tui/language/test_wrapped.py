"""Whatever people read goes through the catalogues, in every room that has come so far."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.contract_tui.language.wrapped import hidden, unwrapped

ROOT = Path(__file__).resolve().parents[3]
WRAPPED = (
    "contract_tui/contract",
    "contract_tui/cli.py",
    "contract_tui/commands",
    "contract_tui/exports",
    "contract_tui/guests",
    "contract_tui/history",
    "contract_tui/session",
    "contract_tui/language",
    "contract_tui/ui/conference",
    "contract_tui/ui/app.py",
    "contract_tui/ui/beforehand.py",
    "contract_tui/ui/breakpoints.py",
    "contract_tui/ui/cells.py",
    "contract_tui/ui/commands.py",
    "contract_tui/ui/compositing.py",
    "contract_tui/ui/days.py",
    "contract_tui/ui/explaining.py",
    "contract_tui/ui/faults.py",
    "contract_tui/ui/going.py",
    "contract_tui/ui/graphemes.py",
    "contract_tui/ui/haste.py",
    "contract_tui/ui/ink.py",
    "contract_tui/ui/leaving.py",
    "contract_tui/ui/listening.py",
    "contract_tui/ui/messages.py",
    "contract_tui/ui/names.py",
    "contract_tui/ui/palette.py",
    "contract_tui/ui/parts.py",
    "contract_tui/ui/people.py",
    "contract_tui/ui/plain.py",
    "contract_tui/ui/prompts.py",
    "contract_tui/ui/qr.py",
    "contract_tui/ui/room.py",
    "contract_tui/ui/shell.py",
    "contract_tui/ui/stops.py",
    "contract_tui/ui/telling.py",
    "contract_tui/ui/themes.py",
    "contract_tui/ui/ways.py",
    "contract_tui/ui/whereabouts.py",
    "contract_tui/ui/words.py",
    "contract_tui/ui/screens",
    "contract_tui/ui/shelf",
    "contract_tui/ui/timeline",
    "contract_tui/ui/widgets",
    "contract_tui/ui/drafts",
    "contract_tui/ui/hosting",
    "contract_tui/ui/notes",
    "contract_tui/ui/pages",
    "contract_tui/library",
    "contract_tui/usage",
)
"""Rooms and modules whose sentences are all in the catalogues."""
WRITTEN = {"sample.py", "sample_acts.py", "sample_things.py", "script.py"}
"""Modules of the library whose words are written into a contract, by its people."""
LIKELY = re.compile(r"\{[^{}\n]*\b(_|ngettext|pgettext)\(")
UNREAD: dict[str, set[str]] = {
    "contract_tui/guests/door.py": {
        "attachment; filename*=UTF-8''",
        "sandbox; default-src 'none'",
        "private, max-age=300",
        "0; url=",
    },
    "contract_tui/guests/frames.py": {"no JSON", "not a message of the page"},
    "contract_tui/guests/house.py": {"a guest stayed away"},  # what a task is called
    "contract_tui/guests/packets.py": {
        "no packet begins with ",
        "a packet of {} bytes",
        "no JSON",
        "no JSON object",
        "a piece of no file",
    },
    "contract_tui/guests/pages.py": {"ws://{} wss://"},
    "contract_tui/guests/program.py": {"guest's program"},
    "contract_tui/guests/window.py": {"guest's window"},
    "contract_tui/library/drafts.py": {"/before the conference"},
    "contract_tui/library/keepsakes.py": {"still mine"},
    "contract_tui/commands/inviting.py": {"    contract-tui join {} --relay "},
    "contract_tui/commands/keys.py": {"    contract-tui key {} --take"},
    "contract_tui/commands/reading.py": {"contract-tui export {} FILE.pdf"},
    "contract_tui/commands/rehearsing.py": {"env {} "},
    "contract_tui/commands/renewing.py": {
        "    contract-tui renew ",
        "    contract-tui join {} --relay ",
        "    contract-tui host ",
        "    contract-tui erase ",
    },
    "contract_tui/contract/opening/alarm.py": {"poisoned lock"},  # what the library says
    "contract_tui/contract/text/places.py": {  # why a place names nothing: it is passed over
        "a character is counter@actor",
        "a place begins with a text",
        "a place is described in fewer characters",
        "a range ends behind its beginning",
        "characters are counter@actor",
        "these are more characters than one place may name",
    },
    "contract_tui/exports/calendar.py": {  # which program made a calendar
        "PRODID:-//contract-tui//learning contract//EN"
    },
    "contract_tui/history/chronicle.py": {  # why a text is read anew
        "a letter comes after one that is not there",
        "a letter is taken out that is not there",
    },
    "contract_tui/history/following.py": {  # why a history is read anew
        "a change does not stand behind all others",
        "an operation does something unusual",
    },
    "contract_tui/session/copies/opening.py": {"a stored change is damaged"},  # it is mended
    "contract_tui/session/link/conversation.py": {"a kind of chunk that is not known here"},
    "contract_tui/session/link/link.py": {  # for whoever looks for a mistake
        "link to ",
        "the link to {} failed",
    },
    "contract_tui/session/presence/presence.py": {  # why presence is passed over
        "a caret is a text",
        "a caret is counter@actor",
        "not CBOR",
        "not presence",
        "too long",
    },
    "contract_tui/ui/pages/choice.py": {"type(' ')"},
    "contract_tui/ui/faults.py": {"  {}:{} in "},  # a way through the program
    "contract_tui/ui/screens/room.py": {
        "--relay {} --allow-unencrypted",
        "contract-tui join {} ",
        "contract-tui open {} ",
    },
    "contract_tui/ui/themes.py": {"high contrast"},  # its name in the settings
    "contract_tui/ui/widgets/editor/view.py": {"a row could not be painted"},  # for developers
    "contract_tui/ui/widgets/past_pane.py": {"bold $accent"},
}
"""What looks like prose and is read by nobody, by its module, with the reason behind it."""


def modules() -> Iterator[Path]:
    for name in WRAPPED:
        place = ROOT / name
        found = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        yield from (one for one in found if one.name not in WRITTEN)


def test_nothing_is_said_past_the_catalogues() -> None:
    said = {path.relative_to(ROOT).as_posix(): unwrapped(path.read_text()) for path in modules()}
    assert {
        name: left
        for name, found in said.items()
        if (left := [one for one in found if one[1] not in UNREAD.get(name, ())])
    } == {}


def test_nothing_is_said_inside_of_f_strings() -> None:
    """Babel does not look into them before Python 3.12."""
    sources = ((path.relative_to(ROOT).as_posix(), path.read_text()) for path in modules())
    likely = ((name, source) for name, source in sources if LIKELY.search(source))
    assert {name: found for name, source in likely if (found := hidden(source))} == {}


def test_every_room_that_came_is_there_and_every_exception_is_needed() -> None:
    assert [name for name in WRAPPED if not (ROOT / name).exists()] == []
    needed = {name: {text for _, text in unwrapped((ROOT / name).read_text())} for name in UNREAD}
    assert [name for name, texts in UNREAD.items() if texts - needed[name]] == []


def test_sentences_are_found_wherever_they_stand_and_nothing_else_is() -> None:
    source = '''
"""A docstring is read by whoever writes the program."""
CSS = "Panel { height: auto; color: red; }"
SAID = _("It is said in a language.")
ONE: str = "It is said in English."
TABLE = {"a key": "Whatever it holds", 2: _("Held well")}

def f(name: "A | B", default="As it was"):
    """What it does."""
    assert name, "never empty here"
    if name == "a name like this":
        raise ValueError("not for people")
    raise Refused(f"{name} may not")
'''
    assert unwrapped(source) == [
        (5, "It is said in English."),
        (6, "Whatever it holds"),
        (8, "As it was"),
        (13, " may not"),
    ]


def test_what_is_said_inside_of_an_f_string_is_found() -> None:
    assert hidden('print(f"{one} {_(\'yes\')}")\nprint(_("no"), f"{two}")\n') == [1]
