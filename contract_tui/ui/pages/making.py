"""Makes pages, each of which is imported when somebody first goes there."""

from __future__ import annotations

from importlib import import_module

from contract_tui.session.session import Session
from contract_tui.ui.pages.page import (
    AGREEMENT,
    PROMISES,
    REFLECTIONS,
    SUPPORTS,
    Page,
    PageId,
    goal_on,
)

_MADE_BY = {
    SUPPORTS: ("supports", "SupportsPage"),
    PROMISES: ("promises", "PromisesPage"),
    REFLECTIONS: ("reflections", "ReflectionsPage"),
    AGREEMENT: ("agreement", "AgreementPage"),
}
_GOAL = ("goal", "GoalPage")


def make_page(session: Session, page: PageId) -> Page:
    """Return the page of this name, which has to be mounted."""
    module, name = _GOAL if goal_on(page) else _MADE_BY[page]
    made = getattr(import_module(f"contract_tui.ui.pages.{module}"), name)(session, page)
    assert isinstance(made, Page)
    return made
