"""A page that only shows the words of what is on it, to be read."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.widgets import Static

from contract_tui.contract.schema import PartId
from contract_tui.session.session import Session
from contract_tui.ui.pages.page import Page, PageId, page_of
from contract_tui.ui.pages.places import heading_of
from contract_tui.ui.people import Company
from contract_tui.ui.widgets.editor import Editor
from contract_tui.ui.widgets.section import edit_part


class PlainPage(Page):
    """All texts of a page, one below the other."""

    def __init__(self, session: Session, page: PageId) -> None:
        super().__init__(session, page)
        parts = [part for part in session.contract.texts if page_of(part) == page]
        self._editors = {part: edit_part(session, part) for part in parts}
        self._title = Static("", markup=False)

    @property
    def heading(self) -> str:
        """What the page is called."""
        return heading_of(self.session.contract, self.page)

    def compose(self) -> ComposeResult:
        """Put the heading above the texts."""
        yield self._title
        yield from self._editors.values()

    def follow(self, company: Company) -> None:
        """Show the latest words."""
        super().follow(company)
        self._title.update(self.heading)

    def editors(self) -> Iterator[tuple[PartId, Editor]]:
        """Yield every editor with its part."""
        yield from self._editors.items()
