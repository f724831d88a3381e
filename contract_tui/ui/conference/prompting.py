"""What everybody is asked in a phase: in the student's own words, else as the program asks it."""

from __future__ import annotations

from rich.style import Style
from rich.text import Text

from contract_tui.contract.conference.agenda import Phase
from contract_tui.session.session import Session
from contract_tui.ui.conference import words
from contract_tui.ui.conference.asked import asked_of, usually_asked
from contract_tui.ui.conference.standing import name_of_phase
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field


def asked_in(phase: Phase) -> Text:
    """Return what each is asked in a phase, a line for each; own words stand out."""
    lines = []
    for role, called in words.ASKED_ROLES.items():
        said = words.ASKED.format(role=called, words=asked_of(phase, role))
        lines.append(Text(said, Style(bold=role in phase.prompts)))
    return Text("\n").join(lines)


def change_questions(session: Session, phase: Phase) -> Dialog[str]:
    """Ask what each is to be asked; an empty line leaves it to the program."""
    agendas = session.conferring.agendas

    def attempt(answers: Answers) -> str:
        for role in words.ASKED_ROLES:
            if answers[role] != phase.prompts.get(role, ""):
                agendas.set_prompt(phase.id, role, answers[role])
        return phase.id

    fields = [
        Field(role, called, usually_asked(phase, role), phase.prompts.get(role, ""))
        for role, called in words.ASKED_ROLES.items()
    ]
    title = words.QUESTIONS.format(phase=name_of_phase(phase))
    return Dialog(title, words.QUESTIONS_EXPLAINED, fields, words.QUESTIONS_CONFIRM, attempt)
