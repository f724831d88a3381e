import pytest

from contract_tui.usage.readers import are_programs


@pytest.mark.parametrize(
    "line",
    [
        "list --json",
        "verify Reading --js",
        "show Reading",
        "show --at 3 Reading",
        "show Reading --format text",
        "show Reading --form=json",
        "show Reading --format html --format json",
        "diff Reading 1 2 --format json",
    ],
)
def test_what_programs_read_is_in_no_language(line: str) -> None:
    assert are_programs(line.split())


@pytest.mark.parametrize(
    "line",
    [
        "",
        "list",
        "show Reading --format markdown",
        "show Reading --format json --format pdf",
        "diff Reading 1 2",
        "diff Reading 1 2 --format text",
        "write Reading interests --",
        "export Reading there.json",
        "show --help",
        "show -h",
        "list --json --he",
    ],
)
def test_everything_else_is_for_people(line: str) -> None:
    assert not are_programs(line.split())
