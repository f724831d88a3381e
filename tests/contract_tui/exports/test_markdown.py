import pytest

from contract_tui.contract.schema import INTERESTS
from contract_tui.exports.markdown import to_markdown
from tests.contract_tui.exports.readings import (
    DOUBTED,
    EMPTY,
    ODD,
    SAMPLE,
    SECRETS,
    reading,
    section,
)


def test_a_contract_reads_from_top_to_bottom() -> None:
    assert to_markdown(SAMPLE, "Exported on 21 November 2026") == (
        "# Birds and me\n"
        "\n"
        "## Interests\n"
        "\n"
        "I like birds.\n"
        "\n"
        "Big ones:\\\n"
        "eagles\n"
        "\n"
        "*Written by Maya, Ms Okafor*\n"
        "\n"
        "## Supports needed\n"
        "\n"
        "## Structure wanted\n"
        "\n"
        "**Check in with me**\n"
        "\n"
        "Ask me on Mondays.\n"
        "\n"
        "*Written by Maya*\n"
        "\n"
        "*Exported on 21 November 2026*\n"
    )


def test_what_looks_like_a_mark_is_shown_as_it_was_typed() -> None:
    assert to_markdown(ODD) == (
        "# \\<title\\> \\_x\\_\n"
        "\n"
        "## \\# \\<b\\>\n"
        "\n"
        "\\*stars\\* \\& \\<script\\>alert(1)\\</script\\>\\\n"
        "1\\. one\\\n"
        "\\- two\\\n"
        "\\\\\n"
        "\n"
        "*Written by \\<i\\>*\n"
    )


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a\n\n\nb", "a\n\n\nb"),
        ("    code?", "code?"),
        ("# no heading", "\\# no heading"),
        ("12) no list", "12\\) no list"),
        ("===", "\\==="),
        ("+ no list", "\\+ no list"),
        ("a # b - c 1. d", "a # b - c 1. d"),
        ("[link](x)", "\\[link\\](x)"),
        ("`code` ~~gone~~ a|b", "\\`code\\` \\~\\~gone\\~\\~ a\\|b"),
        ("\n\n", None),
    ],
)
def test_lines_stay_lines_and_marks_stay_words(typed: str, written: str | None) -> None:
    found = to_markdown(reading(section(INTERESTS, "H", typed), title=""))
    assert found == ("## H\n" if written is None else f"## H\n\n{written}\n")


def test_a_contract_of_nothing_is_an_empty_line() -> None:
    assert to_markdown(EMPTY) == "\n"


def test_no_key_is_shown() -> None:
    assert not [secret for secret in SECRETS if secret in to_markdown(SAMPLE)]


def test_whoever_is_in_doubt_is_not_named_as_the_author() -> None:
    assert "Written by Maya, somebody in Ms Okafor’s name" in to_markdown(DOUBTED)
