"""No screen, no page and no question is without a picture."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from textual.screen import Screen

import contract_tui.ui
from contract_tui.ui.conference.confirming import TypedForYou
from contract_tui.ui.conference.meeting import Meeting
from contract_tui.ui.conference.wondering import Instead
from contract_tui.ui.notes.resuming import Resumable
from contract_tui.ui.pages.form import Form
from contract_tui.ui.pages.listing import Listing
from contract_tui.ui.pages.page import Page
from contract_tui.ui.pages.revealing import Revealing
from contract_tui.ui.screens.doing import Doing
from contract_tui.ui.screens.history.menu import Menu
from contract_tui.ui.screens.history.page import PastScreen
from contract_tui.ui.screens.ordering import OrderScreen
from contract_tui.ui.screens.page import PageScreen
from tests.contract_tui.ui.pictures.camera import TAKEN
from tests.contract_tui.ui.pictures.writing import picture_of

ONLY_SHARED = {
    *(Doing, Meeting, PastScreen, PageScreen, OrderScreen),
    *(Instead, Resumable, TypedForYou),
    *(Form, Listing, Page, Revealing),
}
"""What several screens are made of, and none is on its own."""


@pytest.fixture(scope="module")
def pictured() -> frozenset[str]:
    """Everything that some picture shows."""
    paths = TAKEN.rglob("*.txt")
    return frozenset(one for path in paths for one in picture_of(path.read_text()).shows)


def modules() -> Iterator[ModuleType]:
    """Yield every module of the screens."""
    for one in pkgutil.walk_packages(contract_tui.ui.__path__, "contract_tui.ui."):
        yield import_module(one.name)


def kinds() -> set[type[Any]]:
    """Return every screen and every page that somebody can see."""
    found = {
        kind
        for module in modules()
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Screen | Page)
    }
    own = {kind for kind in found if kind.__module__.startswith("contract_tui.ui.")}
    return own - ONLY_SHARED


def calls(module: ModuleType, name: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of this name, and in which function of a module it is."""
    tree = ast.parse(Path(inspect.getfile(module)).read_text())
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                    yield function.name, node


def test_every_screen_and_every_page_is_in_a_picture(pictured: frozenset[str]) -> None:
    wanted = {f"{one.__module__}.{one.__qualname__}" for one in kinds()}
    assert len(wanted) > 25
    assert wanted - pictured == set()


def test_every_question_is_in_a_picture(pictured: frozenset[str]) -> None:
    wanted = {
        f"{module.__name__}.{function}"
        for module in modules()
        for name in ("Dialog", "Resumable")
        for function, _ in calls(module, name)
    }
    assert len(wanted) > 25
    assert wanted - pictured == set()


def test_every_menu_is_in_a_picture(pictured: frozenset[str]) -> None:
    wanted = set()
    for module in modules():
        for _, call in calls(module, Menu.__name__):
            title = call.args[0]
            assert isinstance(title, ast.Attribute)
            assert isinstance(title.value, ast.Name)
            wanted.add(f"“{getattr(vars(module)[title.value.id], title.attr)}”")
    assert len(wanted) > 4
    assert wanted - pictured == set()
