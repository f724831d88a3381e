from html import escape
from pathlib import Path

import pytest

from contract_tui.guests import pages, words
from contract_tui.guests.speech import asked_for, saying
from contract_tui.language.choosing import keep
from contract_tui.language.languages import LANGUAGES, Language, direction
from sync_server.access.proof import Role
from tests.contract_tui.guests.stage import door, visitor

SPANISH = LANGUAGES[1]


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [("es-MX,es;q=0.9,en;q=0.8", "es"), ("tlh, es;q=0.2", "es"), ("en, es", "en"), ("", "en")],
)
def test_a_browser_gets_the_first_language_it_asks_for_that_there_is(
    accepted: str, tag: str
) -> None:
    assert asked_for(accepted).tag == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_whole_in_every_language(language: Language) -> None:
    say = saying(language.tag)
    page = pages.arriving("teacher", "Ben", is_known=False, language=language.tag)
    assert f'<html lang="{language.tag}" dir="{direction(language)}">' in page
    assert escape(say(words.ARRIVE_ROLE["teacher"])) in page
    assert '<p class="trouble" role="alert"></p>' in page  # of nothing, a catalogue says a lot
    assert escape(say(words.KEYS["Left"][1])) in pages.terminal("Ben", language.tag)


def test_what_is_written_from_right_to_left_begins_there() -> None:
    assert direction(Language("ar", "العربية", is_complete=False)) == "rtl"


async def test_each_guest_reads_the_pages_in_their_own_language(tmp_path: Path) -> None:
    async with door(tmp_path) as guests, visitor(guests) as cleo:
        guest = guests.book.expect(Role.PARENT, "Cleo")
        for accepted, tag in (("es-AR", "es"), ("fr", "en")):
            headers = {"Accept-Language": accepted}
            async with cleo.http.get(guests.address(guest), headers=headers) as page:
                assert f'lang="{tag}"' in await page.text()
            async with cleo.http.get(f"{guests.url}/nowhere", headers=headers) as page:
                assert f'lang="{tag}"' in await page.text()
        seat = await cleo.come_in(guests, guest)
        keep(guests.book.home(guest), SPANISH)  # as they choose inside their program
        async with cleo.http.get(f"{guests.url}{seat}") as page:
            assert 'lang="es"' in await page.text()
