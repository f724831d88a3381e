"""The pages of a guest's browser, and what may be fetched beside them: nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.metadata import files
from importlib.resources import files as resources
from pathlib import Path
from string import Template

from contract_tui.guests import words
from contract_tui.guests.speech import saying
from contract_tui.language.languages import LANGUAGES, direction, known

TERMINAL_PACKAGE = "textual-serve"
STRICT = (
    "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'self'; img-src data:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TERMINAL_POLICY = (
    "default-src 'none'; script-src 'self'; font-src 'self'; img-src 'self' data:;"
    # The terminal writes the size and colours of its cells into style elements.
    " style-src 'self' 'unsafe-inline'; connect-src 'self' {sockets};"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": _PERMISSIONS_POLICY,
    "Server": "contract-tui",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_READABLE = (b"fontSize:i,", b'fontSize:i,screenReaderMode:"reader"in e.dataset,')
"""Their terminal can be read by a screen reader, but their script lets nobody ask it to."""
_FRAME = "words.html"
_FRAMED = {"arrive.html", "code.html", "sorry.html"}
"""Pages of words alone, which differ in nothing but what is said and asked on them."""
_OWN = {"guest.css": "text/css", "guest.js": "text/javascript"}
_THEIRS = {
    "textual.js": ("textual_serve/static/js/textual.js", "text/javascript"),
    "xterm.css": ("textual_serve/static/css/xterm.css", "text/css"),
    "mono.ttf": ("textual_serve/static/fonts/RobotoMono-VariableFont_wght.ttf", "font/ttf"),
}
"""What of the terminal is given out; its server is never imported, only its files are read."""


def arriving(role: str, name: str, *, is_known: bool, trouble: str = "", language: str) -> str:
    """Ask whoever opens their address to come in: what merely looks at it spends nothing."""
    say = saying(language)
    return _filled(
        "arrive.html",
        language,
        title=say(words.ARRIVE_TITLE),
        invited=say(words.ARRIVE_ROLE[role]),
        about=say(words.ARRIVE_ABOUT),
        asked=say(words.ARRIVE_NAME),
        name=name,
        readonly="readonly" if is_known else "",
        trouble=say(trouble),
        go=say(words.ARRIVE_GO),
    )


def asking_code(language: str) -> str:
    """Ask whoever typed only where the host is for the code of their address."""
    say = saying(language)
    return _filled(
        "code.html",
        language,
        title=say(words.ARRIVE_TITLE),
        asked=say(words.ARRIVE_CODE),
        go=say(words.ARRIVE_NEXT),
    )


def sorry(sentence: str, language: str, again: str = "") -> str:
    """Say why not; `again` is a path at which to try once more."""
    say = saying(language)
    return _filled(
        "sorry.html",
        language,
        title=say(words.SORRY_TITLE),
        sentence=say(sentence),
        again=again,
        hidden="" if again else "hidden",
        try_again=say(words.AGAIN),
    )


def terminal(name: str, language: str) -> str:
    """The page with the guest's program."""
    say = saying(language)
    said = {
        "left": [say(words.LEFT), say(words.COME_BACK)],
        "moved": [say(words.MOVED), say(words.USE_HERE)],
        "fell": [say(words.FELL), say(words.COME_BACK)],
        "refused": ["", say(words.AGAIN)],
        "lost": [say(words.LOST), say(words.AGAIN)],
        "closed": [say(words.CLOSED), say(words.AGAIN)],
        "gone": [say(words.NO_MORE), say(words.AGAIN)],
        "file": say(words.FILE_READY),
        "unable": say(words.NO_PICTURES),
        "reader": [say(words.READER), say(words.READER_ON)],
    }
    keys = "".join(
        f'<button type="button" data-key="{key}" aria-label="{escape(say(called))}">'
        f"{escape(say(shown))}</button>"
        for key, (shown, called) in words.KEYS.items()
    )
    page = _filled(
        "terminal.html",
        language,
        title=f"{say(words.PAGE_TITLE)} · {name}",
        label=say(words.TERMINAL),
        beginning=say(words.BEGINNING),
        keyboard=say(words.KEYBOARD),
        reader=say(words.READER),
        reader_about=say(words.READER_ABOUT),
        scripts=say(words.NO_SCRIPTS),
        said=json.dumps(said),
    )
    return page.replace("<!--keys-->", keys)


def policy(host: str) -> str:
    """What the terminal's page may fetch: from where it came, also by websocket."""
    # Some browsers do not yet take 'self' for the websockets of the same host.
    return TERMINAL_POLICY.format(sockets=f"ws://{host} wss://{host}")


@cache
def fetched(name: str) -> tuple[bytes, str] | None:
    """A script, a style or the font, with its type; None for any other name."""
    if name in _OWN:
        return (resources(__package__) / "page" / name).read_bytes(), _OWN[name]
    if name in _THEIRS:
        path, kind = _THEIRS[name]
        found = [one for one in files(TERMINAL_PACKAGE) or () if str(one) == path]
        return Path(found[0].locate()).read_bytes().replace(*_READABLE), kind
    return None


@cache
def _template(name: str) -> Template:
    page = resources(__package__) / "page"
    found = (page / name).read_text("utf-8")
    if name in _FRAMED:
        found = (page / _FRAME).read_text("utf-8").replace("<!--words-->\n", found)
    return Template(found)


def _filled(template: str, language: str, **said: str) -> str:
    escaped = {name: escape(value) for name, value in said.items()}
    spoken = known(language) or LANGUAGES[0]
    return _template(template).substitute(
        escaped, language=spoken.tag.replace("_", "-"), direction=direction(spoken)
    )
