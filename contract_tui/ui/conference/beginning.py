"""What is asked once: with whom a conference begins, and whether one takes part."""

from __future__ import annotations

from functools import partial

from contract_tui.contract.conference.tokens import Form
from contract_tui.session.session import Session
from contract_tui.ui.conference import words
from contract_tui.ui.conference.standing import name_of_phase
from contract_tui.ui.names import name_of, together
from contract_tui.ui.screens.dialogs import Answers, Dialog, Field
from contract_tui.ui.screens.following import FollowingDialog
from sync_server.access.proof import Role

FORM = "form"


def begin(session: Session, *, anew: bool = False, is_slim: bool = False) -> Dialog[str]:
    """Ask whether to begin, with whom is there; the student says how long it takes.

    Who begins in a window as narrow as a phone is told of what can be tapped, instead of a key.
    """
    agendas = session.conferring.agendas
    known = [form for form in Form if form is not Form.OWN or agendas.agenda.own]
    forms = {form.value: words.FORMS[form] for form in known}

    def attempt(answers: Answers) -> str:
        if answers.get(FORM):
            agendas.choose(Form(answers[FORM]))
        session.conferring.begin(anew=anew)
        return words.YOU_TAKE_PART_SLIM if is_slim else words.YOU_TAKE_PART

    asked = Field(FORM, words.HOW_LONG, value=agendas.agenda.form, options=forms)
    fields = [asked] if agendas.can_arrange else []
    explain = partial(_with_whom, session)
    return FollowingDialog(words.BEGIN, explain, fields, words.BEGIN_CONFIRM, attempt, session)


def take_part(session: Session, *, is_slim: bool = False) -> Dialog[str]:
    """Ask whether to take part in the conference that goes on."""
    conferring = session.conferring

    def explain() -> str:
        current, face = conferring.current, conferring.face()
        names = sorted(name_of(session.contract, one) for one in current.people) if current else []
        phase = name_of_phase(face.phase if face else None)
        return words.TAKE_PART_WITH.format(people=together(names), phase=phase)

    def attempt(_answers: Answers) -> str:
        conferring.take_part()
        return words.YOU_TAKE_PART_SLIM if is_slim else words.YOU_TAKE_PART

    confirm = words.TAKE_PART_CONFIRM
    return FollowingDialog(words.TAKE_PART, explain, [], confirm, attempt, session)


def _with_whom(session: Session) -> str:
    """Return who is here now, and who is not."""
    people = [one for one in session.people if not one.me and one.role not in (None, Role.OBSERVER)]
    here = sorted(one.name for one in people if one.here)
    away = sorted(one.name for one in people if not one.here)
    said = [words.ARE_HERE.format(people=together(here))] if here else []
    said += [words.ARE_AWAY.format(people=together(away))] if away else []
    return "\n".join(said) or words.BEGIN_ALONE
