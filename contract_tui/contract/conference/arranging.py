"""How the student's own agenda is written: asked before whether it is theirs to arrange."""

from contract_tui.contract.conference import words
from contract_tui.contract.conference.agenda import (
    AGENDA,
    FORM_KEY,
    LONGEST_NAME,
    LONGEST_PROMPT,
    MOST_MINUTES,
    MOST_PHASES,
    READY,
    Agenda,
    Phase,
    PhaseId,
)
from contract_tui.contract.conference.tokens import Floor, Form
from contract_tui.contract.crdt import Kind, Writer
from contract_tui.contract.errors import ContractError, TooMuch
from contract_tui.contract.items.writing import Plain, put_anew
from contract_tui.contract.records import Write
from contract_tui.contract.values import Item
from sync_server.access.proof import Role


def choose_form(agenda: Agenda, form: Form) -> Write | None:
    """Follow another agenda; None where it is followed already.

    One's own begins as the one that is followed now, if nothing is in it yet.
    """
    if agenda.form is form and (form is not Form.OWN or agenda.own):
        return None
    first = () if form is not Form.OWN or agenda.own else READY.get(agenda.form, READY[Form.FULL])

    def write(writer: Writer) -> None:
        for phase in first:
            writer.put(AGENDA, phase.id, _entry(phase))
        writer.delete(None, FORM_KEY)
        writer.put(None, FORM_KEY, form.value)

    return write


def carry(agenda: Agenda) -> Write | None:
    """Write the agenda of one contract into another; None where there is nothing to write."""
    if agenda.form is Form.FULL and not agenda.own:
        return None

    def write(writer: Writer) -> None:
        for phase in agenda.own:
            writer.put(AGENDA, phase.id, _entry(phase))
        writer.put(None, FORM_KEY, agenda.form.value)

    return write


def add_phase(
    agenda: Agenda, id_: PhaseId, name: str, minutes: int, floor: Floor, position: str
) -> Write:
    """Put another phase into one's own agenda; raises TooMuch or ContractError."""
    if len(agenda.own) + len(agenda.taken_out) >= MOST_PHASES:
        raise TooMuch(words.TOO_MANY_PHASES)
    phase = Phase(id_, _name(name), _minutes(minutes), floor, position=position)
    return lambda writer: writer.put(AGENDA, id_, _entry(phase))


def rename(phase: Phase, name: str) -> Write | None:
    """Call a phase something; None where it is called that."""
    return _say(phase, "phase", phase.name, _name(name))


def set_minutes(phase: Phase, minutes: int) -> Write | None:
    """Say how long a phase is meant to last; None where that is said already."""
    return _say(phase, "minutes", phase.minutes, _minutes(minutes))


def set_floor(phase: Phase, floor: Floor) -> Write | None:
    """Say whose turn a phase is; None where that is said already."""
    return _say(phase, "floor", phase.floor.value, floor.value)


def set_prompt(phase: Phase, role: Role, prompt: str) -> Write | None:
    """Ask one role something in a phase; without words, what the program asks. Raises TooMuch."""
    prompt = " ".join(prompt.split())
    if len(prompt) > LONGEST_PROMPT:
        raise TooMuch(words.PROMPT_TOO_LONG.format(most=LONGEST_PROMPT))
    if phase.object is None or phase.prompts.get(role, "") == prompt:
        return None
    obj, prompts = phase.object, phase.prompts_map

    def write(writer: Writer) -> None:
        place = prompts if prompts is not None else writer.make(obj, "prompts", Kind.MAP)
        put_anew(writer, place, role.value, prompt)

    return write


def take_out(agenda: Agenda, phase: Phase) -> Write | None:
    """Take a phase out of one's own agenda, never the last one; None where it is out already."""
    if phase.object is None or phase not in agenda.own:
        return None
    if len(agenda.own) == 1:
        raise ContractError(words.LAST_PHASE)
    obj = phase.object
    return lambda writer: put_anew(writer, obj, "removed", True)


def bring_back(phase: Phase) -> Write | None:
    """Put a phase back that was taken out."""
    if phase.object is None:
        return None
    obj = phase.object
    return lambda writer: put_anew(writer, obj, "removed", False)


def _say(phase: Phase, key: str, old: Plain, new: Plain) -> Write | None:
    if phase.object is None or old == new:
        return None
    obj = phase.object
    return lambda writer: put_anew(writer, obj, key, new)


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ContractError(words.NO_NAME)
    if len(name) > LONGEST_NAME:
        raise TooMuch(words.NAME_TOO_LONG.format(most=LONGEST_NAME))
    return name


def _minutes(minutes: int) -> int:
    if not 1 <= minutes <= MOST_MINUTES:
        raise ContractError(words.MINUTES_OUT_OF_RANGE.format(most=MOST_MINUTES))
    return minutes


def _entry(phase: Phase) -> Item:
    return {
        "phase": str(phase.name),
        "minutes": phase.minutes,
        "floor": phase.floor.value,
        "prompts": {role.value: prompt for role, prompt in phase.prompts.items()},
        "pos": phase.position,
    }
