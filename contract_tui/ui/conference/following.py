"""Going along with whoever leads: the same page, the same words, until one leaves."""

from __future__ import annotations

from textual.screen import Screen

from contract_tui.session.conference.leading import View
from contract_tui.session.session import Session
from contract_tui.ui.conference import words
from contract_tui.ui.conference.standing import ALOUD
from contract_tui.ui.names import name_of
from contract_tui.ui.screens.doing import Doing


class Following:
    """Brings one screen along; whoever is writing just then is left where they are."""

    def __init__(self, screen: Doing, session: Session) -> None:
        self._screen = screen
        self._session = session
        self._shown: View | None = None
        self._opened: Screen[None] | None = None
        """The reading view that this person was brought to."""

    @property
    def is_led(self) -> bool:
        """Whether this person goes along with somebody."""
        return self._session.conferring.leading.view is not None

    def label(self) -> str:
        """Return in a few words who leads."""
        leading = self._session.conferring.leading
        if leading.leads:
            return words.LEADING
        leader = leading.leader
        if leader is None:
            return ""
        said = words.FOLLOWING if leading.view is not None else words.LEADS
        return said.format(name=name_of(self._session.contract, leader))

    def follow(self) -> None:
        """Go where whoever leads has gone."""
        leading = self._session.conferring.leading
        view = leading.view
        if view is None or view == self._shown:
            if view is None and self._shown is not None:
                self._shown = None
                self._close()
            return
        if self._shown is None:
            if self._is_writing:
                leading.leave()
                name = name_of(self._session.contract, view.seat)
                self._screen.say(words.LEADS_WHILE_YOU_WRITE.format(name=name))
                return
            name = name_of(self._session.contract, view.seat)
            self._screen.say(words.YOU_FOLLOW.format(name=name))
        self._shown = view
        self._go(view)

    def end(self) -> None:
        """Lead no more, and go along no more: the conference is over."""
        leading = self._session.conferring.leading
        if leading.leads:
            leading.lead(False)
        if self._shown is not None:
            self._shown = None
            self._close()

    @property
    def _is_writing(self) -> bool:
        return any(one.me and one.typing for one in self._session.people)

    def _go(self, view: View) -> None:
        if view.part == ALOUD:
            self._read(view.line)
            return
        self._close()
        contract, part = self._session.contract, view.part
        known = {place.part for place in self._screen.going.places}
        if part is None or self._screen.app.screen is not self._screen:
            return
        if part in contract.texts:
            self._screen.going.open_part(part, contract.text(part).offset_of(view.head))
        elif part in known:
            self._screen.going.open_part(part)

    def _read(self, line: int) -> None:
        app = self._screen.app
        if app.screen is self._screen:
            self._opened = read_aloud(self._screen, self._session, at=line)

    def _close(self) -> None:
        """Leave the reading view that this person was brought to."""
        opened, self._opened = self._opened, None
        if opened is not None and opened is self._screen.app.screen:
            opened.dismiss(None)


def read_aloud(screen: Doing, session: Session, at: int = 0) -> Screen[None]:
    """Show the whole contract to be read aloud; returns the view that does."""
    from contract_tui.ui.conference.aloud import AloudScreen

    def back(_: None) -> None:
        screen.follow()
        session.look(screen.stops.place()[0])

    go_on = getattr(screen, "action_go_on_phase", screen.follow)
    view = AloudScreen(session, go_on, at)
    screen.app.push_screen(view, back)
    return view
