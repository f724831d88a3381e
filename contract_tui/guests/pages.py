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

TERMINAL_PACKAGE = "textual-serve"
STRICT = (
    "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'self'; img-src data:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TERMINAL = (
    "default-src 'none'; script-src 'self'; font-src 'self'; img-src 'self' data:;"
    # The terminal writes the size and colours of its cells into style elements.
    " style-src 'self' 'unsafe-inline'; connect-src 'self' {sockets};"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
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
    return _filled(
        "arrive.html",
        language,
        title=words.ARRIVE_TITLE,
        invited=words.ARRIVE_ROLE[role],
        about=words.ARRIVE_ABOUT,
        asked=words.ARRIVE_NAME,
        name=name,
        readonly="readonly" if is_known else "",
        trouble=trouble,
        go=words.ARRIVE_GO,
    )


def asking_code(language: str) -> str:
    """Ask whoever typed only where the host is for the code of their address."""
    return _filled(
        "code.html",
        language,
        title=words.ARRIVE_TITLE,
        asked=words.ARRIVE_CODE,
        go=words.ARRIVE_NEXT,
    )


def sorry(sentence: str, language: str, again: str = "") -> str:
    """Say why not; `again` is a path at which to try once more."""
    return _filled(
        "sorry.html",
        language,
        title=words.SORRY_TITLE,
        sentence=sentence,
        again=again,
        hidden="" if again else "hidden",
        try_again=words.AGAIN,
    )


def terminal(name: str, language: str) -> str:
    """The page with the guest's program."""
    said = {
        "left": [words.LEFT, words.COME_BACK],
        "moved": [words.MOVED, words.USE_HERE],
        "fell": [words.FELL, words.COME_BACK],
        "refused": ["", words.AGAIN],
        "lost": [words.LOST, words.AGAIN],
        "closed": [words.CLOSED, words.AGAIN],
        "gone": [words.NO_MORE, words.AGAIN],
        "file": words.FILE_READY,
        "unable": words.NO_PICTURES,
        "reader": [words.READER, words.READER_ON],
    }
    keys = "".join(
        f'<button type="button" data-key="{key}" aria-label="{key}">{escape(shown)}</button>'
        for shown, key in words.KEYS.items()
    )
    page = _filled(
        "terminal.html",
        language,
        title=f"{words.PAGE_TITLE} · {name}",
        label=words.TERMINAL,
        beginning=words.BEGINNING,
        keyboard=words.KEYBOARD,
        reader=words.READER,
        reader_about=words.READER_ABOUT,
        scripts=words.NO_SCRIPTS,
        said=json.dumps(said),
    )
    return page.replace("<!--keys-->", keys)


def policy(host: str) -> str:
    """What the terminal's page may fetch: from where it came, also by websocket."""
    # Some browsers do not yet take 'self' for the websockets of the same host.
    return TERMINAL.format(sockets=f"ws://{host} wss://{host}")


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
    return _template(template).substitute(escaped, language=escape(language))
