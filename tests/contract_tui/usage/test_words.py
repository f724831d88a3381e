import argparse
import inspect
from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from contract_tui.language import speech
from contract_tui.usage.parser import read
from contract_tui.usage.words import SAID


class Loud(NullTranslations):
    """A language in which every sentence is shouted."""

    def gettext(self, message: str) -> str:
        return f"¡{message}!"


@pytest.fixture
def loud() -> Iterator[None]:
    speech.use(Loud())  # type: ignore[arg-type]  # a catalogue as far as one sentence goes
    try:
        yield
    finally:
        speech.use(None)


@pytest.mark.usefixtures("loud")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["--help"], "¡show this help message and exit!"),
        (["show"], "¡the following arguments are required: CONTRACT!"),
        (["show", "Reading", "--format", "odt"], "¡argument --format: ¡invalid choice: 'odt' "),
    ],
)
def test_what_argparse_says_is_looked_up_where_ours_is(
    line: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read(line)
    output = capsys.readouterr()
    assert said in output.out + output.err
    assert "¡usage: !contract-tui" in output.out + output.err


def test_argparse_still_says_what_is_marked_for_the_catalogues() -> None:
    source = inspect.getsource(argparse)
    assert [one for one in SAID if repr(one)[1:-1] not in source] == []
