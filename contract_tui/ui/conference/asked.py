"""What each person is asked in a phase: the student's own words first, else these."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contract_tui.contract.conference.agenda import Phase
from contract_tui.contract.conference.tokens import ReadyPhase
from contract_tui.language import _
from contract_tui.ui.cells import painted
from contract_tui.ui.prompt import Prompt
from sync_server.access.proof import Role

LISTEN = _("You listen. Afterwards you may be asked what you heard.")
_OWN = Prompt(
    # At most 78 columns.
    _("Say it in your own words."),
    _("Listen first, then ask."),
    _("Listen first, then ask."),
)
PHASES: Mapping[ReadyPhase, Prompt] = MappingProxyType(
    {
        ReadyPhase.OPEN: Prompt(
            # At most 78 columns.
            _("“Today I’d like us to leave with…”"),
            # At most 78 columns.
            _("Listen first. “What would you like us to leave with today?”"),
            # At most 78 columns.
            _("Listen first. “What would make this a good talk for you?”"),
        ),
        ReadyPhase.ME: Prompt(
            # At most 78 columns.
            _("“I’m proud of…”   “I’m into…”"),
            # At most 78 columns.
            _("“What are you proud of?”   “What would you like us to see?”"),
            # At most 78 columns.
            _("“Tell me about…”"),
        ),
        ReadyPhase.HELPS: Prompt(
            # At most 78 columns.
            _("“It works when…”   “It gets in the way when…”"),
            # At most 78 columns.
            _("“I’ve noticed… is that how it feels?”"),
            # At most 78 columns.
            _("“I’ve noticed at home… is that how it feels?”"),
        ),
        ReadyPhase.GOAL: Prompt(
            # At most 78 columns.
            _("“I want… because…”   “I’ll know I’ve succeeded when…”"),
            # At most 78 columns.
            _("Only ask, at first. “What would it be like to have done it?”"),
            # At most 78 columns.
            _("Only ask, at first. “What makes this worth the trouble?”"),
        ),
        ReadyPhase.PROMISES: Prompt(
            # At most 78 columns.
            _("“If… then I will…”   “I will…”"),
            # At most 78 columns.
            _("“What could get in the way?”   “At school I will…”"),
            # At most 78 columns.
            _("“What could get in the way?”   “At home I will…”"),
        ),
        ReadyPhase.READ_BACK: Prompt(
            # At most 78 columns.
            _("Read it aloud: Alt+R. Ctrl+F, then E, shows what is left to do."),
            # At most 78 columns.
            _("Listen to all of it. Then say: agree, with a note, or not yet."),
            # At most 78 columns.
            _("Listen to all of it. Then say: agree, with a note, or not yet."),
        ),
        ReadyPhase.CLOSE: Prompt(
            # At most 78 columns.
            _("“Anything to ask?” Then F10, to close the conference."),
            # At most 78 columns.
            _("“Anything you’d like to ask us?”"),
            # At most 78 columns.
            _("“Anything you’d like to ask us?”"),
        ),
    }
)


def asked_of(phase: Phase | None, role: Role | None) -> str:
    """Return what somebody of a role is asked in a phase."""
    if phase is None or role is None:
        return ""
    if said := phase.prompts.get(role):
        return painted(said)
    return usually_asked(phase, role)


def usually_asked(phase: Phase, role: Role) -> str:
    """Return what the program asks, where the student asks nothing of their own."""
    if role is Role.OBSERVER:
        return LISTEN
    return PHASES.get(phase.ready, _OWN).of(role) if phase.ready else _OWN.of(role)
