import ast
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from contract_tui.language import _, ngettext, pgettext, speech, told
from contract_tui.language.choosing import (
    CHOICE,
    catalog,
    chosen,
    compiled,
    is_news,
    keep,
    kept,
)
from contract_tui.language.languages import LANGUAGES, fitting
from sync_server.access.errors import NotACode
from sync_server.relay.errors import AddressUnavailable

ROOT = Path(__file__).resolve().parents[3]
ENGLISH = LANGUAGES[0]
SPANISH = next(one for one in LANGUAGES if one.tag == "es")
SAYING = {"_", "ngettext", "pgettext"}


@pytest.mark.parametrize(
    ("environment", "tag"),
    [
        ({}, "en"),
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LANG": "es_ES@euro"}, "es"),
        ({"LANG": "es_ES.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "es"}, "es"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "xx:es_419:en"}, "es"),
        ({"LANG": "es_ES.UTF-8", "LANGUAGE": "en_US:es"}, "en"),
        ({"LANG": "es_ES.UTF-8", "LANGUAGE": ""}, "es"),
        ({"LANGUAGE": "xx", "LANG": "es"}, "en"),
    ],
)
def test_the_system_says_which_language_is_wanted_in_the_order_of_gettext(
    environment: dict[str, str], tag: str, tmp_path: Path
) -> None:
    assert chosen(tmp_path, environment).tag == tag


def test_what_a_person_chose_in_the_program_comes_before_what_the_system_says(
    tmp_path: Path,
) -> None:
    keep(tmp_path, SPANISH)
    assert chosen(tmp_path, {"LANG": "en_GB.UTF-8"}) == SPANISH
    keep(tmp_path, None)
    assert chosen(tmp_path, {"LANG": "en_GB.UTF-8"}) == ENGLISH
    keep(tmp_path, None)  # there is nothing left to forget, and that is fine


@pytest.mark.parametrize("content", [b"", b"tlh\n", b"\xff\xfe", b"../../es", b"es" * 10_000])
def test_a_spoilt_choice_is_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / CHOICE).write_bytes(content)
    assert kept(tmp_path) is None


def test_the_nearest_language_is_found_and_no_other() -> None:
    assert fitting("ES-419") == SPANISH
    assert fitting("POSIX") == ENGLISH
    assert fitting("") is None
    assert fitting("est") is None


def test_a_reader_is_told_once_that_their_language_is_unreviewed(tmp_path: Path) -> None:
    unreviewed = SPANISH._replace(is_complete=False)
    assert [is_news(tmp_path, unreviewed) for _ in range(2)] == [True, False]
    assert not is_news(tmp_path, LANGUAGES[0])


def test_sentences_are_looked_up_by_what_they_mean_and_for_how_many(tmp_path: Path) -> None:
    spanish = Catalog(locale="es")
    spanish.add("One moment", "Un momento")
    spanish.add(("{n} goal", "{n} goals"), ("{n} meta", "{n} metas"))
    spanish.add("Open", "Abrir", context="verb")
    made = compiled(SPANISH, tmp_path)
    made.parent.mkdir(parents=True)
    content = BytesIO()
    write_mo(content, spanish)
    made.write_bytes(content.getvalue())
    try:
        speech.use(catalog(SPANISH, tmp_path))
        assert _("One moment") == "Un momento"
        assert [ngettext("{n} goal", "{n} goals", n) for n in (1, 2)] == ["{n} meta", "{n} metas"]
        assert (pgettext("verb", "Open"), _("Open")) == ("Abrir", "Open")
        assert _("") == ""
    finally:
        speech.use(None)
    assert (_("One moment"), ngettext("a", "b", 1), ngettext("a", "b", 0)) == (
        "One moment",
        "a",
        "b",
    )


PARTLY = """
import sys
from pathlib import Path
from contract_tui.language import choosing, languages, speech

begun = languages.Language("xx", "Xanadu", is_complete=False)
speech.use(choosing.catalog(begun, Path(sys.argv[1])))

from contract_tui.ui.conference import words

print(words.GO_ON, words.ASK_TO_GO_ON, words.PAUSE, sep="|")
"""


def test_a_language_that_somebody_has_begun_speaks_as_far_as_it_goes(tmp_path: Path) -> None:
    begun = Catalog(locale="es")  # Babel knows no plural forms of a language that there is not
    begun.add("Go on", "Xanadu!")
    begun.add("Pause", "")
    made = tmp_path / "xx" / "LC_MESSAGES" / "contract_tui.mo"
    made.parent.mkdir(parents=True)
    with made.open("wb") as file:
        write_mo(file, begun)
    command = [sys.executable, "-c", PARTLY, str(tmp_path)]
    said = subprocess.check_output(command, cwd=ROOT, text=True)
    assert said == "Xanadu!|Ask to go on|Pause\n"


def test_a_language_that_was_not_compiled_is_said_in_english(tmp_path: Path) -> None:
    assert catalog(SPANISH, tmp_path) is None


def test_english_costs_no_catalogue_and_nobody_speaks_before_the_language_is_known(
    tmp_path: Path,
) -> None:
    program = (
        "import sys; from contract_tui import cli; cli._speak([]); "
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('contract_tui.'))); "
        "print('gettext' in sys.modules)"
    )
    environment = {"CONTRACT_TUI_HOME": str(tmp_path), "LANG": "en_GB.UTF-8"}
    command = [sys.executable, "-c", program]
    said = subprocess.check_output(command, cwd=ROOT, env=environment, text=True)
    files, has_catalog = said.splitlines()
    assert has_catalog == "False"
    spoken = {Path(one).name: spoken_at_once(Path(one)) for one in files.split()}
    assert {name: lines for name, lines in spoken.items() if lines} == {}


def spoken_at_once(path: Path) -> list[int]:
    """Return the lines at which a module says something as soon as it is imported."""
    lines = []
    waiting: list[ast.AST] = [ast.parse(path.read_text())]
    while waiting:
        node = waiting.pop()
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in SAYING
        ):
            lines.append(node.lineno)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)
    return lines


def test_what_a_module_says_at_once_is_found(tmp_path: Path) -> None:
    module = tmp_path / "words.py"
    module.write_text('def f():\n    return _("Later")\nWORDS = {1: _("At once")}\n')
    assert spoken_at_once(module) == [3]


def test_what_the_relays_room_raises_is_told_with_its_values() -> None:
    error = NotACode("a code has {size} letters and digits, and not {count}", size=9, count="{8}")
    assert told(error) == str(error) == "a code has 9 letters and digits, and not {8}"
    assert told(NotACode("{as it stands}")) == "{as it stands}"
    assert told(OSError("whatever it is")) == "whatever it is"
    taken = AddressUnavailable("cannot listen on {host}:{port}", host="::1", port=80)
    assert told(taken) == str(taken) == "cannot listen on ::1:80"
