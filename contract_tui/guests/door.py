"""What a guest's browser may ask: to come in, to see their program, to type, to take a file away.

Nobody is told more than that their address is good or not. The address is spent by coming in, not
by looking at it, since what sends links around looks at them; from then on it is the browser that
is known, by a cookie that no script can read and no other site can use.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from aiohttp import WSMsgType, web

from contract_tui.guests import frames, pages, words
from contract_tui.guests.book import DAY, Guest, GuestBook
from contract_tui.guests.connections import Connection
from contract_tui.guests.errors import (
    ExpiredCode,
    GuestError,
    HouseFull,
    NoName,
    NotLetIn,
    UnknownCode,
    UsedCode,
)
from contract_tui.guests.house import House
from contract_tui.guests.program import Program
from contract_tui.guests.speech import asked_for
from contract_tui.guests.window import Goodbye, Window
from contract_tui.language import told
from contract_tui.language.choosing import kept
from contract_tui.library.errors import SessionError
from sync_server.relay.addresses import network_of
from sync_server.relay.guesses import Guesses

COOKIE = "seat"
COOKIE_LASTS = 30 * DAY
"""Seconds after a visit for which a browser is known: whoever comes every week always is."""
HEARTBEAT = 15.0
"""Seconds after which a window that says nothing is asked whether it is there."""
LARGEST_FORM = 4096
FILE_TAKES = 600.0
FULL_FOR = 10
"""Seconds after which a browser asks again whether there is room."""
STATUS: dict[type[GuestError], HTTPStatus] = {
    UnknownCode: HTTPStatus.NOT_FOUND,
    UsedCode: HTTPStatus.FORBIDDEN,
    ExpiredCode: HTTPStatus.GONE,
    NotLetIn: HTTPStatus.FORBIDDEN,
    HouseFull: HTTPStatus.SERVICE_UNAVAILABLE,
}
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """Answers the browsers of guests."""

    def __init__(
        self, book: GuestBook, house: House, clock: Callable[[], float], *, is_secure: bool
    ) -> None:
        self._book = book
        self._house = house
        self._clock = clock
        self._is_secure = is_secure
        self._guesses = Guesses()

    def app(self) -> web.Application:
        """What answers, to be served."""
        app = web.Application(middlewares=[self._in_words], client_max_size=LARGEST_FORM)
        app.add_routes(
            [
                web.get("/", self._ask_code),
                web.get("/j", self._take_code),
                web.get("/j/{code}", self._arrive),
                web.post("/j/{code}", self._come_in),
                web.get("/seat/{id}/back", self._come_back),
                web.get("/seat/{id}/", self._seat),
                web.get("/seat/{id}/alive", self._alive),
                web.get("/seat/{id}/live/{look}", self._live, allow_head=False),
                web.get("/seat/{id}/file/{key}", self._file, allow_head=False),
                web.get("/page/{name}", self._fetch),
            ]
        )
        return app

    @web.middleware
    async def _in_words(self, request: web.Request, handler: Answer) -> web.StreamResponse:
        """Answer every refusal with a sentence, and every answer with its limits."""
        try:
            response = await handler(request)
        except GuestError as error:
            status = STATUS.get(type(error), HTTPStatus.FORBIDDEN)
            response = _sorry(request, str(error), status)
            if isinstance(error, HouseFull):
                response.headers["Refresh"] = str(FULL_FOR)
        except web.HTTPException as error:
            response = _sorry(request, words.NOT_HERE, HTTPStatus(error.status))
        if not response.prepared:
            for name, value in pages.HEADERS.items():
                response.headers.setdefault(name, value)
            response.headers.setdefault("Content-Security-Policy", pages.STRICT)
        return response

    async def _ask_code(self, request: web.Request) -> web.StreamResponse:
        """Ask for the code alone: a whole address is long to type."""
        return _html(pages.asking_code(_language(request)))

    async def _take_code(self, request: web.Request) -> web.StreamResponse:
        code = quote(request.query.get("code", "").strip() or "-", safe="")
        return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": f"/j/{code}"})

    async def _arrive(self, request: web.Request) -> web.StreamResponse:
        """Ask who opens an address to come in; that looks at it and spends nothing."""
        code = request.match_info["code"]
        known = self._book.find(code)
        try:
            guest = self._invited(request, code)
        except UsedCode:
            assert known is not None
            return _look_again(request, known)
        return _asking(request, guest)

    async def _come_in(self, request: web.Request) -> web.StreamResponse:
        """Let somebody in, who has said their name."""
        _require_own_page(request)
        code = request.match_info["code"]
        guest = self._invited(request, code)
        said = await request.post()
        name = said.get("name", "")
        try:
            guest, secret = self._book.enter(code, name if isinstance(name, str) else "")
        except (UnknownCode, UsedCode, ExpiredCode):
            raise
        except SessionError as error:
            return _asking(request, guest, told(error))
        response = _onward(guest)
        self._hand_out(response, guest, secret)
        return response

    def _hand_out(self, response: web.Response, guest: Guest, secret: str) -> None:
        """Give the browser what it shows from now on, at this guest's paths alone."""
        response.set_cookie(
            COOKIE,
            secret,
            path=_path(guest),
            max_age=COOKIE_LASTS,
            httponly=True,
            samesite="Strict",
            secure=self._is_secure,
        )

    async def _come_back(self, request: web.Request) -> web.StreamResponse:
        """A browser that may be known after all: here it shows what it has."""
        guest = self._book.of_browser(request.match_info["id"], request.cookies.get(COOKIE, ""))
        if guest is None:
            raise UsedCode(words.USED)
        return _onward(guest)

    async def _seat(self, request: web.Request) -> web.StreamResponse:
        """Show a guest their program's window; a visit renews what their browser shows."""
        guest = self._guest(request)
        self._house.require_room(guest)
        chosen = kept(self._book.home(guest))
        language = chosen.tag if chosen else _language(request)
        response = _html(pages.terminal(guest.name, language))
        response.headers["Content-Security-Policy"] = pages.policy(request.host)
        self._hand_out(response, guest, request.cookies[COOKIE])
        return response

    async def _alive(self, request: web.Request) -> web.StreamResponse:
        self._house.require_room(self._guest(request))
        return web.Response(text="")

    async def _live(self, request: web.Request) -> web.StreamResponse:
        """Connect a window with the guest's program, for as long as both are there."""
        guest = self._guest(request)
        _require_own_page(request)
        self._house.require_room(guest)
        size = frames.size(request.query.get("width"), request.query.get("height"))
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT, max_msg_size=frames.LARGEST, compress=False
        )
        await socket.prepare(request)
        _stay(request)
        window = Window(socket)
        try:
            languages = request.headers.get("Accept-Language", "")
            look = request.match_info["look"]
            program = await self._house.enter(guest, window, size, look, languages)
            await _listen(socket, window, program)
        except (GuestError, OSError):
            window.close(Goodbye.FELL)
        finally:
            self._house.leave(guest, window)
            if socket.closed:
                window.drop()
            window.close(Goodbye.FELL)  # if nobody has said why yet
            await window.closed()
        return socket

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """Hand a guest a file that their own program holds ready."""
        program = self._house.running.get(self._guest(request).id)
        key = request.match_info["key"]
        offered = program.downloads.find(key) if program else None
        if program is None or offered is None:
            raise NoFile(words.NO_FILE)
        response = web.StreamResponse(headers=pages.HEADERS)
        response.content_type = offered.mime_type
        name = quote(offered.name, safe="")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        _stay(request)
        await response.prepare(request)
        async with asyncio.timeout(FILE_TAKES):
            async for piece in program.downloads.fetch(key):
                await response.write(piece)
        await response.write_eof()
        return response

    async def _fetch(self, request: web.Request) -> web.StreamResponse:
        found = pages.fetched(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        body, kind = found
        return web.Response(
            body=body, content_type=kind, headers={"Cache-Control": "private, max-age=300"}
        )

    def _guest(self, request: web.Request) -> Guest:
        """Whose browser this is; raises NotLetIn."""
        id_ = request.match_info["id"]
        guest = self._book.of_browser(id_, request.cookies.get(COOKIE, ""))
        if guest is None:
            raise NotLetIn(words.NOT_LET_IN)
        return guest

    def _invited(self, request: web.Request, code: str) -> Guest:
        """Who is expected; whoever tries many codes waits. Raises GuestError."""
        network, now = network_of(request.remote or ""), self._clock()
        if self._guesses.wait(network, now):
            raise NotLetIn(words.TOO_MUCH)
        try:
            return self._book.invited(code)
        except UnknownCode:
            self._guesses.wrong(network, now)
            raise


class NoFile(GuestError):
    """A file that is not held ready, or not any more."""


STATUS[NoFile] = HTTPStatus.NOT_FOUND
STATUS[NoName] = HTTPStatus.BAD_REQUEST


async def _listen(socket: web.WebSocketResponse, window: Window, program: Program) -> None:
    """Hand on what the browser says until either side ends it."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            window.close(Goodbye.NOT_UNDERSTOOD)
            return
        try:
            frame = frames.read_frame(message.data)
        except frames.BadFrame:
            window.close(Goodbye.NOT_UNDERSTOOD)
            return
        match frame:
            case frames.Typed(data):
                await program.type(data)
            case frames.Size():
                program.resize(frame)
            case frames.Looking(here):
                program.looking(here=here)
            case frames.Ping(said):
                window.tell("pong", said)


def _require_own_page(request: web.Request) -> None:
    """Only a page of this very address may do this, whatever name it was typed by; NotLetIn."""
    if urlsplit(request.headers.get("Origin", "")).netloc.casefold() != request.host.casefold():
        raise NotLetIn(words.ELSEWHERE)


def _stay(request: web.Request) -> None:
    if isinstance(request.protocol, Connection):
        request.protocol.stay()


def _path(guest: Guest) -> str:
    return f"/seat/{guest.id}/"


def _asking(request: web.Request, guest: Guest, trouble: str = "") -> web.Response:
    is_known = guest.is_known or guest.is_in
    status = HTTPStatus.BAD_REQUEST if trouble else HTTPStatus.OK
    page = pages.arriving(
        guest.role, guest.name, is_known=is_known, trouble=trouble, language=_language(request)
    )
    return _html(page, status)


def _look_again(request: web.Request, guest: Guest) -> web.Response:
    """Send a browser on to where it shows its cookie, if it has one.

    It shows it at the seat's own paths alone, and not where a link on another site led it.
    """
    back = f"{_path(guest)}back"
    response = _sorry(request, words.USED, HTTPStatus.FORBIDDEN, again=back)
    response.headers["Refresh"] = f"0; url={back}"
    return response


def _sorry(
    request: web.Request, sentence: str, status: HTTPStatus, again: str = ""
) -> web.Response:
    return _html(pages.sorry(sentence, _language(request), again), status)


def _language(request: web.Request) -> str:
    """The tag of the language that a browser asks for."""
    return asked_for(request.headers.get("Accept-Language", "")).tag


def _onward(guest: Guest) -> web.Response:
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": _path(guest)})


def _html(page: str, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    return web.Response(text=page, content_type="text/html", status=status)
