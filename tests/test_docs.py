"""What the pages name is there: files, links, tests, rooms, commands, options and keys.

Whether what they say of it is true, only reading tells.
"""

import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from contract_tui.usage import parser
from sync_server import cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", ".github/*.md", "docs/*.md", "examples/*.md")
    for path in ROOT.glob(pattern)
)
FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"(?<![\w/.<-])(?:[a-z_]+/)+[a-z_]*(?:\.[a-z]+)*(?![\w/:<+-])")
"""A path as pages write it: from the root, or only its end, as `session/session`."""
PROGRAMS: dict[str, Callable[[list[str]], object]] = {
    "contract-tui": parser.read,
    "sync-server": cli.main,
}
KEY = re.compile(r"\b(?:F\d+|(?:Ctrl|Alt)\+[A-Z])\b")
OPTION = re.compile(r"--[a-z][a-z-]*")
every_page = pytest.mark.parametrize("page", PAGES)


@cache
def text_of(page: str) -> str:
    return (ROOT / page).read_text()


def in_line(page: str) -> list[str]:
    """Return what the page sets as code within its sentences."""
    return re.findall(r"`([^`\n]+)`", FENCED.sub("", text_of(page)))


def in_blocks(page: str) -> list[str]:
    """Return the lines of the page's blocks of code, without their comments."""
    blocks = FENCED.findall(text_of(page))
    return [line.partition("  # ")[0] for block in blocks for line in block.splitlines()]


@cache
def places() -> frozenset[str]:
    """Return every path of the tree, with each of its ends, and modules without `.py` as well."""
    rooms = "benchmarks contract_tui deploy docs examples requirements sync_server tests tools"
    found = [path for room in rooms.split() for path in (ROOT / room).rglob("*")]
    ends = {*rooms.split()}
    for path in found:
        parts = path.relative_to(ROOT).parts
        ends |= {"/".join(parts[start:]) for start in range(len(parts))}
    return frozenset(ends | {end.removesuffix(".py") for end in ends})


@every_page
def test_every_link_leads_somewhere(page: str) -> None:
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        file, _, heading = link.partition("#")
        target = (ROOT / page).parent / file if file else ROOT / page
        if file.startswith("https://"):
            continue
        if not target.exists() or (heading and heading not in headings(target)):
            lost.append(link)
    assert lost == []


def headings(page: Path) -> set[str]:
    """Return what leads to the headings of a page."""
    found = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in found}


def test_the_first_page_leads_to_every_other() -> None:
    pages = [page for page in PAGES if page.startswith("docs/")]
    table = text_of("README.md").partition("## To read on")[2]
    assert [page for page in pages if f"]({page})" not in table] == []


@every_page
def test_every_file_and_room_that_is_named_exists(page: str) -> None:
    named = {
        place.rstrip("/")
        for code in (*in_line(page), *in_blocks(page))
        if "://" not in code
        for place in PLACE.findall(code)
    }
    assert sorted(named - places()) == []


@every_page
def test_every_test_that_is_named_exists(page: str) -> None:
    named = set(re.findall(r"(?<![\w/])test_\w+\.py", text_of(page)))
    assert sorted(named - places()) == []


def test_every_page_that_is_named_in_the_code_exists() -> None:
    sources = [path for path in ROOT.glob("[!.]*/**/*.py") if path != Path(__file__)]
    named = {page for path in sources for page in re.findall(r"docs/\w+\.md", path.read_text())}
    assert named
    assert {page for page in named if not (ROOT / page).exists()} == set()


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md"])
def test_every_room_is_on_the_map(page: str) -> None:
    rooms = [
        init.parent.name
        for program in ("contract_tui", "sync_server")
        for init in (ROOT / program).glob("*/__init__.py")
    ]
    drawn = "\n".join(FENCED.findall(text_of(page)))
    assert [room for room in rooms if not re.search(rf"  {room}/?  ", drawn)] == []


@cache
def options(program: str, *command: str) -> frozenset[str] | None:
    """Return what a command takes, as its help says it; None where there is no such command."""
    with (
        redirect_stdout(StringIO()) as said,
        redirect_stderr(StringIO()),
        pytest.raises(SystemExit) as ended,
    ):
        PROGRAMS[program]([*command, "--help"])
    return None if ended.value.code else frozenset(OPTION.findall(said.getvalue()))


def taken_by(program: str, words: list[str]) -> frozenset[str] | None:
    """Return what may stand on a command line; None where it names no command that there is."""
    named = next((word for word in words if re.fullmatch("[a-z]+", word)), None)
    alone = options(program) or frozenset()
    if named is None:
        return alone
    of_command = options(program, named)
    return None if of_command is None else alone | of_command


@cache
def all_options() -> frozenset[str]:
    """Return what any program of the tree takes."""
    usage = (ROOT / "contract_tui" / "usage").glob("*.py")
    others = ("sync_server/cli.py", "benchmarks/__main__.py", "examples/join.mjs")
    sources = [*usage, *(ROOT / name for name in others)]
    return frozenset(OPTION.findall("".join(path.read_text() for path in sources)))


@every_page
def test_every_command_and_option_exists(page: str) -> None:
    wrong = []
    for said in (*in_line(page), *in_blocks(page)):
        program, *words = said.split() or [""]
        if program in PROGRAMS:
            taken = taken_by(program, words)
            if taken is None or not set(OPTION.findall(said)) <= taken:
                wrong.append(said)
    assert wrong == []
    assert {option for said in in_line(page) for option in OPTION.findall(said)} <= all_options()


@every_page
def test_everything_that_can_be_made_exists(page: str) -> None:
    targets = re.findall(r"^([a-z -]+):", text_of("Makefile"), re.MULTILINE)
    can_be_made = " ".join(targets).split()
    said = " && ".join((*in_line(page), *in_blocks(page)))
    named = re.findall(r"(?:^|&& )make ([a-z-]+)", said)
    assert set(named) <= set(can_be_made)


@pytest.mark.parametrize("page", [*PAGES, "contract_tui/ui/screens/help.py"])
def test_every_key_that_is_named_does_something(page: str) -> None:
    text = text_of(page) if page.endswith(".py") else "\n".join(in_line(page))
    named = {key.lower() for key in KEY.findall(text)}
    assert {key for key in named if f'"{key}"' not in bindings()} == set()


@cache
def bindings() -> str:
    """Return the screens' sources, in which every key stands in quotes of its own."""
    screens = (ROOT / "contract_tui" / "ui").rglob("*.py")
    return re.sub(r"(?<=[a-z0-9]),(?=[a-z])", '","', "".join(path.read_text() for path in screens))
