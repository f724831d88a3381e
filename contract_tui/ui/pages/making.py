"""Makes pages, each of which is imported when somebody first goes there."""

from __future__ import annotations

from contract_tui.session.session import Session
from contract_tui.ui.pages.page import Page, PageId
from contract_tui.ui.pages.plain import PlainPage


def make_page(session: Session, page: PageId) -> Page:
    """Return the page of this name, which has to be mounted."""
    return PlainPage(session, page)
