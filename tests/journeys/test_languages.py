"""One table, two languages: each sees their own, and what is written belongs to neither."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from automerge.core import Document, ObjType

from contract_tui.contract.conference.tokens import ReadyPhase
from contract_tui.ui.haste import REPEATS
from sync_server.access.proof import Role
from tests.contract_tui.household import Person
from tests.contract_tui.language.reading import catalog, messages, sources, translations
from tests.journeys.browser import Tab, browser, needs_browser
from tests.journeys.following import read_way, shows, tap
from tests.journeys.table import Relay, Table
from tests.journeys.terminal import ENTER, ESCAPE, TAB, UP, Terminal
from tests.journeys.test_conference import CTRL_F, F10, confirm
from tests.journeys.test_conference_in_browsers import hosting
from tests.programs import in_library

OURS, WORDS = "Our goats", "Ballenas, whales, שלום. "
TOKENS = {role.value for role in Role}
"""What English happens to say as the document does."""
SPANISH_PHASES = ("Inicio", OURS, "Yo y mi trabajo", "Apoyos y estructura")
ENGLISH_PHASES = ("Open", OURS, "Me and my work", "What helps, how much structure")


def sit(table: Table, name: str, language: str) -> Terminal:
    environment = {**in_library(table.homes[name]), "LANGUAGE": language}
    return Terminal(table.command(), environment, 100, 32)


def add_phase(ana: Terminal, name: str) -> None:
    """Put a phase of one's own behind the first one."""
    ana.type(CTRL_F + "a")
    ana.wait_for("It takes 25 minutes")
    ana.type("a")
    ana.wait_for("Another phase")
    ana.type(name + 3 * TAB)
    ana.wait_for(name)
    confirm(ana, "Another phase")
    ana.type(ESCAPE)
    ana.wait_until(lambda shown: "It takes" not in shown, "the contract again")


def strings(file: Path) -> Iterator[str]:
    """Yield every text, every key and every string that a contract holds."""
    document = Document.load(file.read_bytes())
    waiting = [b"\0"]
    while waiting:
        inside = waiting.pop()
        if document.object_type(inside) == ObjType.Text:
            yield document.text(inside)
            continue
        yield from document.keys(inside)
        for value, name in document.values(inside):
            match value:
                case (_, str(text)):
                    yield text
                case (_, _):
                    pass
                case _:
                    waiting.append(name)


def said_in_any_language() -> set[str]:
    found = messages(catalog("es"))
    return {text for one in found for text in (*sources(one), *translations(one)) if text}


def test_each_has_the_conference_in_their_language_and_the_contract_holds_neither(
    table: Table, relay: Relay, tmp_path: Path
) -> None:
    with sit(table, "Ana", "en") as ana, sit(table, "Ben", "es_MX:en") as ben:
        ana.wait_for(" in Interests")
        ben.wait_for(" en Intereses")
        ana.type(F10)
        ana.wait_for("With you: Ben")
        ana.type(TAB + ENTER)
        ben.wait_for("Hay una reunión en curso")
        ben.type(F10)
        confirm(ben, "¿Participar en la reunión?")
        ben.wait_for("1 de 7: Inicio")
        add_phase(ana, OURS)
        for number, (here, there) in enumerate(
            zip(ENGLISH_PHASES, SPANISH_PHASES, strict=True), start=1
        ):
            ana.wait_for(f"{number} of 8: {here}")
            ben.wait_for(f"{number} de 8: {there}")
            time.sleep(REPEATS)  # a key that comes sooner is one that is held
            ana.type(F10)
        ana.type(WORDS)
        for person in (ana, ben):
            person.wait_for(WORDS.strip())
        ana.type(CTRL_F + "e")
        ana.wait_for("Before everybody goes")
        ana.type(UP)
        confirm(ana, "Before everybody goes")
        ben.wait_until(lambda shown: " de 8: " not in shown, "no band any more")
    file = tmp_path / "carried.automerge"
    Person(table.homes["Ana"]).run("export", table.contract, str(file))
    held = set(strings(file))
    assert {OURS, WORDS, ReadyPhase.ME} <= held
    assert held & said_in_any_language() - TOKENS == set()


async def arrive(ana: Terminal, tab: Tab, name: str) -> None:
    """Come in to the seat of the teacher from a browser that asks for Spanish."""
    address, code = await read_way(ana, "A teacher")
    await tab.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": "es-MX,en;q=0.5"})
    await tab.open(f"http://{address}/j/{code}")
    await tab.wait_for_page("document.querySelector('form button') !== null")
    assert await tab.evaluate("document.documentElement.lang") == "es"
    assert "Te invitan como docente." in await tab.evaluate("document.body.innerText")
    await tab.come_in(name)


@needs_browser
async def test_a_guest_has_their_browsers_language_at_the_table_of_an_english_host(
    tmp_path: Path, chrome: str
) -> None:
    host = hosting(tmp_path / "Ana")
    async with browser(chrome) as running:
        with host() as ana:
            ben = await running.tab()
            await arrive(ana, ben, "Ben")
            await ben.wait_for("Intereses")
            await shows(ana, "● Ben, a teacher")
            ana.type(ENTER)
            await shows(ana, " in Interests")
            ana.type(F10)
            await shows(ana, "With you: Ben")
            ana.type(TAB + ENTER)
            await tap(ben, "Hay una reunión en curso")
            await tap(ben, "N  Reunión")
            await tap(ben, "  Participar  ")
            await ben.wait_for("1 de 7: Inicio")
            await ben.wait_for("Primero escucha.")
            await shows(ana, "1 of 7: Open")
            ana.type(WORDS)
            await ben.wait_for(WORDS.strip())
            await asyncio.to_thread(ana.wait_for, WORDS.strip())
