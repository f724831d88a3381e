"""The security page: behind every statement stands a test that exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
NAMES = sorted(set(NAMED.findall(PAGE.read_text())))


@cache
def names_in(module: str) -> frozenset[str]:
    found = ast.walk(ast.parse((ROOT / module).read_text()))
    functions = (one for one in found if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(one.name for one in functions if one.name.startswith("test_"))


@pytest.mark.parametrize(("module", "name"), NAMES, ids=[name for _, name in NAMES])
def test_every_test_that_is_named_exists(module: str, name: str) -> None:
    assert name in names_in(module)


def test_nothing_on_the_page_looks_like_a_test_and_is_none() -> None:
    page = PAGE.read_text()
    assert len(NAMES) > 30
    assert set(re.findall(r"[\w/.]*::\w+", page)) == {"::".join(one) for one in NAMES}


def test_every_forgery_that_is_tried_is_told() -> None:
    """So that a limit that is found out does not stay among the tests."""
    limits = "tests/forgery/test_limits.py"
    assert {name for module, name in NAMES if module == limits} == names_in(limits)


def test_every_part_of_the_page_names_a_test() -> None:
    parts = PAGE.read_text().split("\n## ")[1:]
    told = {part.splitlines()[0]: bool(NAMED.search(part)) for part in parts}
    assert [part for part, shown in told.items() if not shown] == [
        "In short",
        "Who is trusted with what",
    ]
