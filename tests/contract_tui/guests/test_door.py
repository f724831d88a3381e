import json
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar, FormData, WSServerHandshakeError

from contract_tui.guests.window import Goodbye
from sync_server.access.proof import Role
from tests.contract_tui.guests.parrot import FILE
from tests.contract_tui.guests.stage import door, visitor


async def test_whoever_opens_their_address_is_asked_their_name_and_comes_in(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT, "Cleo")
        async with cleo.http.get(guests.address(guest)) as page:
            text = await page.text()
        assert 'value="Cleo"' in text
        assert "as a parent" in text
        seat = await cleo.come_in(guests, guest)
        async with cleo.window(seat) as window:
            await window.wait_for("begun 80x24")
            await window.type("é猫")
            await window.wait_for("heard é猫")
            assert [one.id for one in guests.here] == [guest.id]


async def test_whoever_types_only_the_code_is_led_to_their_address(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT)
        async with cleo.http.get(guests.url) as page:
            assert 'name="code"' in await page.text()
        typed = {"code": guest.code.lower().replace("-", " ")}
        async with cleo.http.get(f"{guests.url}/j", params=typed) as page:
            assert page.status == 200
            assert "as a parent" in await page.text()


async def test_looking_at_an_address_spends_nothing(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT)
        for _ in range(3):
            assert await cleo.status(f"/j/{guest.code}") == 200
        await cleo.come_in(guests, guest)


async def test_what_a_browser_shows_is_out_of_reach_of_scripts_and_other_sites(
    tmp_path: Path,
) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT)
        async with cleo.http.post(
            guests.address(guest),
            data={"name": "Cleo"},
            headers={"Origin": guests.url},
            allow_redirects=False,
        ) as answer:
            (cookie,) = answer.headers.getall("Set-Cookie")
            said = {part.strip() for part in cookie.split(";")}
            assert {"HttpOnly", "SameSite=Strict", f"Path=/seat/{guest.id}/"} <= said
            assert guest.code not in cookie


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/j?code=", 404),
        ("/j?code=../seat/nobody/", 404),
        ("/j?code=//evil.example", 404),
        ("/seat/nobody/", 403),
        ("/seat/nobody/alive", 403),
        ("/seat/nobody/live/dark", 403),
        ("/seat/nobody/file/a", 403),
        ("/seat/nobody/back", 403),
        ("/j/ABC-DEF-GHJ", 404),
        ("/page/guest.py", 404),
        ("/page/..%2f..%2fbook.py", 404),
        ("/page/%2e%2e/book.py", 404),
        ("/static/js/textual.js", 404),
        ("/download/x", 404),
        ("/ws", 404),
    ],
)
async def test_nothing_else_is_told_to_strangers(tmp_path: Path, path: str, status: int) -> None:
    async with door(tmp_path) as guests, visitor(guests) as stranger:
        guests.book.expect(Role.PARENT)
        async with stranger.http.get(guests.url + path) as answer:
            assert answer.status == status
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "aiohttp" not in answer.headers["Server"]


async def test_another_browser_does_not_come_in_by_an_address_that_is_spent(
    tmp_path: Path,
) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo, visitor(guests) as thief:
        guest = guests.book.expect(Role.PARENT)
        await cleo.come_in(guests, guest)
        assert await thief.status(f"/j/{guest.code}") == 403
        async with thief.http.post(
            guests.address(guest), data={"name": "Cleo"}, headers={"Origin": guests.url}
        ) as answer:
            assert answer.status == 403
            assert "from another browser" in await answer.text()


async def test_the_same_browser_returns_by_the_same_address(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT)
        seat = await cleo.come_in(guests, guest)
        async with cleo.http.get(guests.address(guest)) as page:
            # A link on another site does not bring the cookie along: the next page asks again.
            back = page.headers["Refresh"].partition("url=")[2]
        async with cleo.http.get(guests.url + back, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, seat)


async def test_whoever_comes_again_is_known_for_another_month(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT)
        seat = await cleo.come_in(guests, guest)
        (first,) = [one for one in cleo.http.cookie_jar if one.key == "seat"]
        async with cleo.http.get(guests.url + seat) as page:
            (renewed,) = page.headers.getall("Set-Cookie")
        said = {part.strip() for part in renewed.split(";")}
        assert {f"seat={first.value}", f"Max-Age={30 * 24 * 3600}", f"Path={seat}"} <= said
        assert {"HttpOnly", "SameSite=Strict"} <= said


async def test_a_cookie_of_another_seat_opens_nothing(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo, visitor(guests) as ben:
        first = await cleo.come_in(guests, guests.book.expect(Role.PARENT))
        second = await ben.come_in(guests, guests.book.expect(Role.TEACHER), "Ben")
        (mine,) = [one.value for one in ben.http.cookie_jar if one.key == "seat"]
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
            for wrong in ("", mine, mine[:-1], "seat=" * 500, '"\\377"'):
                async with http.get(
                    f"{guests.url}{first}", headers={"Cookie": f"seat={wrong}"}
                ) as answer:
                    assert answer.status == 403
                    assert "Set-Cookie" not in answer.headers
            async with http.get(
                f"{guests.url}{second}", headers={"Cookie": f"seat={mine}"}
            ) as answer:
                assert answer.status == 200


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://127.0.0.1:1"])
async def test_pages_of_other_sites_neither_come_in_nor_look(
    tmp_path: Path, origin: str | None
) -> None:
    headers = {"Origin": origin} if origin else {}
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT)
        async with cleo.http.post(
            guests.address(guest), data={"name": "Mallory"}, headers=headers
        ) as answer:
            assert answer.status == 403
        seat = await cleo.come_in(guests, guest)
        with pytest.raises(WSServerHandshakeError) as refused:
            await cleo.http.ws_connect(f"{guests.url}{seat}live/dark", headers=headers)
        assert refused.value.status == 403
        assert not guests.house.running


async def test_a_name_of_the_host_as_somebody_typed_it_is_its_own_site(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT)
        headers = {"Host": "anas-laptop.local:8080", "Origin": "http://anas-laptop.local:8080"}
        async with cleo.http.post(
            guests.address(guest), data={"name": "Cleo"}, headers=headers, allow_redirects=False
        ) as answer:
            assert answer.status == 303


@pytest.mark.parametrize("name", ["", " ", "a\x1b[2J", "n" * 61])
async def test_a_bad_name_is_asked_again_in_a_sentence(tmp_path: Path, name: str) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT)
        async with cleo.http.post(
            guests.address(guest), data={"name": name}, headers={"Origin": guests.url}
        ) as answer:
            assert answer.status == 400
            assert "Please write your name" in await answer.text()
        await cleo.come_in(guests, guest)


async def test_a_name_is_never_markup(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        name = '"><script>alert(1)</script>'
        guest = guests.book.expect(Role.PARENT, name)
        async with cleo.http.get(guests.address(guest)) as page:
            assert "<script>alert" not in await page.text()
        seat = await cleo.come_in(guests, guest, name)
        async with cleo.http.get(guests.url + seat) as page:
            assert "<script>alert" not in await page.text()


async def test_a_giant_form_and_a_file_for_a_name_are_refused(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT)
        upload = FormData()
        upload.add_field("name", b"x", filename="x.bin")
        for data in ({"name": "n" * 100_000}, upload):
            async with cleo.http.post(
                guests.address(guest), data=data, headers={"Origin": guests.url}
            ) as answer:
                assert 400 <= answer.status < 500
        await cleo.come_in(guests, guest)


async def test_whoever_tries_many_addresses_waits(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as guesser:
        guest = guests.book.expect(Role.PARENT)
        statuses = {await guesser.status(f"/j/{number:09}") for number in range(120)}
        assert statuses == {404, 403}
        assert await guesser.status(f"/j/{guest.code}") == 403


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ("?width=100&height=30", "begun 100x30"),
        ("", "begun 80x24"),
        ("?width=-1&height=99999999999999999999", "begun 20x200"),
        ("?width=1e9&height=%00", "begun 80x24"),
    ],
)
async def test_a_hostile_size_is_brought_to_reason(tmp_path: Path, size: str, shown: str) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        seat = await cleo.come_in(guests, guests.book.expect(Role.PARENT))
        async with cleo.window(seat, size) as window:
            await window.wait_for(shown)


@pytest.mark.parametrize("said", ["{", "[]", '["quit"]', "[" * 10_000])
async def test_what_no_page_says_closes_the_window_and_not_the_program(
    tmp_path: Path, said: str
) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        seat = await cleo.come_in(guests, guests.book.expect(Role.PARENT))
        async with cleo.window(seat) as window:
            await window.wait_for("begun")
            await window.socket.send_str(said)
            assert await window.closed() == Goodbye.NOT_UNDERSTOOD
        async with cleo.window(seat) as window:
            await window.type("still here")
            await window.wait_for("heard still here")


async def test_bytes_and_giant_frames_close_the_window(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        seat = await cleo.come_in(guests, guests.book.expect(Role.PARENT))
        async with cleo.window(seat) as window:
            await window.socket.send_bytes(b"stdin")
            assert await window.closed() == Goodbye.NOT_UNDERSTOOD
        async with cleo.window(seat) as window:
            await window.socket.send_str(json.dumps(["stdin", "x" * 400_000]))
            assert await window.closed() == 1009
        async with cleo.window(seat) as window:
            await window.type("still here")
            await window.wait_for("heard still here")


async def test_a_file_goes_to_its_guest_alone_and_once(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo, visitor(guests) as ben:
        seat = await cleo.come_in(guests, guests.book.expect(Role.PARENT))
        other = await ben.come_in(guests, guests.book.expect(Role.TEACHER), "Ben")
        async with cleo.window(seat) as window, ben.window(other) as beside:
            await beside.wait_for("begun")
            await window.type("file")
            offered = await window.wait_until_told("file")
            assert offered == {"key": "a key", "name": "My “year”\r\n.pdf"}
            assert await ben.status(f"{other}file/a%20key") == 404
            assert await ben.status(f"{seat}file/a%20key") == 403
            assert await cleo.status(f"{seat}file/..%2f..%2fguest.json") == 404
            async with cleo.http.get(f"{guests.url}{seat}file/a%20key") as answer:
                assert await answer.read() == FILE
                disposition = answer.headers["Content-Disposition"]
                assert disposition.startswith("attachment; filename*=UTF-8''My%20%E2%80%9Cyear")
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert await cleo.status(f"{seat}file/a%20key") == 404


async def test_no_more_guests_than_this_computer_can_serve(tmp_path: Path) -> None:
    async with door(tmp_path, most=1) as guests, visitor(guests) as cleo, visitor(guests) as ben:
        seat = await cleo.come_in(guests, guests.book.expect(Role.PARENT))
        other = await ben.come_in(guests, guests.book.expect(Role.TEACHER), "Ben")
        async with cleo.window(seat) as window:
            await window.wait_for("begun")
            assert await ben.status(other) == 503
            with pytest.raises(WSServerHandshakeError):
                async with ben.window(other):
                    pass
            async with cleo.http.head(f"{guests.url}{seat}live/dark") as answer:
                assert answer.status == 405
            assert await cleo.status(seat) == 200
            await window.type("leave")
            assert await window.closed() == Goodbye.LEFT
        assert await ben.status(other) == 200
