import re

import pytest

from contract_tui.guests import pages


def test_a_page_names_nothing_of_elsewhere() -> None:
    whole = [
        pages.arriving("parent", "Cleo", is_known=False, language="en"),
        pages.sorry("Not now.", "en", "/again"),
        pages.terminal("Cleo", "en"),
        *(bytes(pages.fetched(name)[0]).decode() for name in ("guest.css", "guest.js")),  # type: ignore[index]
    ]
    for text in whole:
        assert "http" not in re.sub(r"http-equiv|/\^http/", "", text)
        assert "//" not in re.sub(r"(?m)//.*$", "", text)


@pytest.mark.parametrize("name", ["guest.js", "guest.css", "textual.js", "xterm.css", "mono.ttf"])
def test_what_a_page_needs_is_there(name: str) -> None:
    found = pages.fetched(name)
    assert found is not None
    assert len(found[0]) > 100


@pytest.mark.parametrize("name", ["", "terminal.html", "../words.py", "__init__.py", "textual.js "])
def test_nothing_else_can_be_fetched(name: str) -> None:
    assert pages.fetched(name) is None


def test_the_terminal_may_speak_to_its_own_host_alone() -> None:
    rules = dict(
        part.strip().partition(" ")[::2] for part in pages.policy("192.0.2.7:80").split(";")
    )
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["connect-src"] == "'self' ws://192.0.2.7:80 wss://192.0.2.7:80"
    assert rules["frame-ancestors"] == "'none'"


def test_a_page_is_in_the_language_it_says_and_can_be_enlarged() -> None:
    page = pages.terminal("Cleo", "es")
    assert '<html lang="es" dir="ltr">' in page
    assert "user-scalable" not in page
    assert "maximum-scale" not in page


def test_what_people_wrote_is_never_markup() -> None:
    page = pages.arriving("parent", "<b>$name</b>", is_known=False, language="en")
    assert "<b>" not in page
    assert "&lt;b&gt;$name&lt;/b&gt;" in page


def test_the_words_of_the_page_reach_its_script_whole() -> None:
    assert "&quot;left&quot;: [&quot;You have left." in pages.terminal("Cleo", "en")


def test_their_terminal_can_be_asked_to_be_read_by_a_screen_reader() -> None:
    found = pages.fetched("textual.js")
    assert found is not None
    assert found[0].count(b'screenReaderMode:"reader"in e.dataset') == 1
