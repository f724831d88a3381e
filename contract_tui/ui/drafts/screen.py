"""The page of a draft: an editor, and in plain words around it that nobody else sees it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static

from contract_tui.contract.errors import ContractError
from contract_tui.contract.schema import PartId, limit
from contract_tui.language import _, told
from contract_tui.library.drafts import BEFORE_CONFERENCE, DraftId
from contract_tui.library.errors import SessionError
from contract_tui.session.writing.drafting import Drafting
from contract_tui.ui import touch
from contract_tui.ui import words as common
from contract_tui.ui.drafts import words
from contract_tui.ui.drafts.part import DraftPart
from contract_tui.ui.widgets.editor import Editor, messages
from contract_tui.ui.widgets.key_bar import KeyBar
from contract_tui.ui.widgets.notice import SECONDS

LOOK_SECONDS = 0.5
"""Between two looks at what another program of this person wrote in the same draft."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a draft goes when it is shared."""

    part: PartId
    heading: str
    share: Callable[[DraftId], str | None]
    """Shares it; returns what to say of that, None where there was nothing. Raises as it does."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands where nothing is written yet."""

    draft: str
    notes: str


class DraftScreen(ModalScreen[str | None]):
    """A draft in front of the contract; ends with what is to be said where it was shared."""

    CSS_PATH = "../styles/drafts.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        # At most 20 columns.
        Binding("escape,ctrl+u", "leave", _("Back to the contract"), key_display="escape"),
        # At most 20 columns.
        Binding("f2", "share", _("Share")),
        # At most 20 columns.
        Binding("tab", "turn", _("Draft / notes"), priority=True),
        Binding("ctrl+s", "keep", show=False, priority=True),
    ]

    def __init__(self, drafting: Drafting, target: Target, asked: Asked, place: DraftId) -> None:
        super().__init__()
        self._drafting = drafting
        self._target = target
        self._pages = {DraftId(target.part): asked.draft, BEFORE_CONFERENCE: asked.notes}
        self._editors = {one: self._editor(one, question) for one, question in self._pages.items()}
        self._timer: Timer | None = None
        self.place = place
        """Which of the two drafts is shown."""

    def _editor(self, place: DraftId, question: str) -> Editor:
        port = DraftPart(self._drafting.draft(place))
        return Editor(port, limit=limit(PartId("")), prompt=question)

    @property
    def editor(self) -> Editor:
        """The editor that is shown."""
        return self._editors[self.place]

    def compose(self) -> ComposeResult:
        """Put the text between what it is and where it would go."""
        with Vertical(id="draft"):
            yield Static(words.HERE_ONLY, id="here-only")
            yield Static(words.EXPLAINED, id="explained", markup=False)
            with Vertical(id="sheet"):
                yield from self._editors.values()
            yield Static("", id="said", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the draft that was asked for, and notice what another program writes."""
        for editor in self._editors.values():
            editor.show_people([], lambda _actor: None, authors=False)
        self._show()
        self.set_interval(LOOK_SECONDS, self._look)

    def _show(self) -> None:
        for place, editor in self._editors.items():
            editor.display = place == self.place
        sheet = self.query_one("#sheet")
        is_notes = self.place == BEFORE_CONFERENCE
        draft_of = words.DRAFT_OF.format(heading=self._target.heading)
        title = words.BEFORE if is_notes else draft_of
        sheet.border_title = title.replace("[", "\\[")
        self._say("")
        self.set_focus(self.editor)

    def _look(self) -> None:
        """Bring what is shown up to what is kept."""
        with suppress(SessionError):  # the next key says so
            if self._drafting.draft(self.place).catch_up():
                self.editor.catch_up()

    def _say(self, sentence: str) -> None:
        """Say a sentence below the draft for a while; in between, where it would go."""
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(SECONDS, lambda: self._say("")) if sentence else None
        sharing = words.SHARES.format(heading=self._target.heading)
        said = common.sentence(sentence) if sentence else sharing
        said = touch.told(self.app, said, touch.IN_A_DRAFT)
        self.query_one("#said", Static).update(said)
        self.query_one("#said").set_class(bool(sentence), "-told")

    def action_turn(self) -> None:
        """Turn to the notes before the conference, or back to the draft."""
        self.place = next(one for one in self._pages if one != self.place)
        self._show()

    def action_share(self) -> None:
        """Put the draft into the contract, where the others can read it."""
        try:
            said = self._target.share(self.place)
        except (SessionError, ContractError) as error:
            self._say(told(error))
            return
        if said is None:
            self._say(words.NOTHING_YET)
        else:
            self.dismiss(said)

    def action_keep(self) -> None:
        """Say that there is nothing to save: many people press this without thinking."""
        self._say(words.KEPT_ALREADY)

    def action_leave(self) -> None:
        """Go back to the contract; the draft stays as it is."""
        self.dismiss(None)

    @on(messages.Written)
    @on(messages.Moved)
    def _moved(self, event: messages.EditorMessage) -> None:
        """Let nobody hear of it."""
        event.stop()

    @on(messages.Full)
    def _full(self, event: messages.Full) -> None:
        event.stop()
        self._say(common.FULL.format(limit=event.limit))

    @on(messages.Refused)
    def _refused(self, event: messages.Refused) -> None:
        event.stop()
        self._say(event.reason)
