"""The things of a contract as plain values that JSON can hold, under the keys of the document."""

from contract_tui.contract.agreement.values import Agreement, Standing
from contract_tui.contract.membership.seats import (
    UNKNOWN_NAME,
    UNTRANSLATED_UNKNOWN,
    SeatEntry,
)
from contract_tui.contract.reading import (
    ReadGoal,
    ReadNote,
    ReadPromise,
    ReadReflection,
    ReadSection,
    ReadStep,
    ReadSupport,
    Typed,
    Written,
)
from contract_tui.contract.schema import DEFAULT_HEADINGS, UNTRANSLATED_HEADINGS
from contract_tui.exports import dates

Plain = dict[str, object]


def heading(one: ReadSection) -> str:
    """What a section is called, in no language where nobody gave it a heading."""
    if one.heading == DEFAULT_HEADINGS.get(one.part):
        return UNTRANSLATED_HEADINGS[one.part]
    return one.heading


def name(one: SeatEntry) -> str:
    """What somebody is called, in no language where nothing shows who it is."""
    return UNTRANSLATED_UNKNOWN if one.name == UNKNOWN_NAME else one.name


def support(one: ReadSupport) -> Plain:
    """Something that helps."""
    return {
        "id": one.id,
        "what": _text(one.what),
        "when": _text(one.when),
        "offered_by": _person(one.offered_by),
        "state": one.state.value,
        "check_on": one.check_on,
    }


def goal(one: ReadGoal) -> Plain:
    """A goal with its steps."""
    return {
        "id": one.id,
        "what": _text(one.what),
        "matters": _text(one.matters),
        "success": _text(one.success),
        "evidence": _text(one.evidence),
        "together_with": _text(one.together_with),
        "origin": one.origin.value,
        "origin_note": _text(one.origin_note),
        "structure_choice": one.structure.value,
        "structure_note": _text(one.structure_note),
        "stretch": one.stretch.value,
        "state": one.state.value,
        "steps": [_step(step) for step in one.steps],
    }


def promise(one: ReadPromise) -> Plain:
    """Who promises what to whom."""
    return {
        "id": one.id,
        "by": _person(one.by),
        "to": _person(one.to),
        "what": _text(one.what),
        "when": one.when,
        "outcome": one.outcome.value,
    }


def reflection(one: ReadReflection) -> Plain:
    """What somebody thought, on one day."""
    return {"id": one.id, "by": _person(one.by), "at": _moment(one.at), "text": _text(one.text)}


def note(one: ReadNote) -> Plain:
    """A note and its answer."""
    return {
        "id": one.id,
        "kind": one.kind.value,
        "by": _person(one.by),
        "text": _text(one.text),
        "about": one.about,
        "quoted": one.quoted,
        "answer": one.answer.value,
        "answer_text": _text(one.answer_text),
    }


def agreement(found: Agreement) -> Plain:
    """Where everybody stands whose answer counts."""
    return {
        "all_agree": found.all_agree,
        "answers": [_answer(one) for one in found.standings],
        "broken": list(found.broken),
    }


def _step(one: ReadStep) -> Plain:
    return {
        "id": one.id,
        "what": _text(one.what),
        "by": _person(one.by),
        "when": one.when,
        "done": one.done,
    }


def _answer(one: Standing) -> Plain:
    given = one.given
    return {
        "person": _person(one.person),
        "answer": given.answer.value if given else None,
        "note": given.note if given else "",
        "at": _moment(given.at) if given else None,
        "heads": [head.hex() for head in given.heads] if given else [],
        "sha256": given.digest.hex() if given else None,
        "is_current": given is not None and given.is_current,
        "given_on": given.host if given else "",
    }


def _text(one: Written) -> Plain:
    return {
        "text": one.text,
        "written_by": list(one.writers),
        "in_doubt": list(one.in_doubt),
        "not_theirs": [
            {"text": words.text, "by": words.by, "start": words.start} for words in one.foreign
        ],
        "typed": typed(one.typed),
    }


def typed(passages: tuple[Typed, ...]) -> list[Plain]:
    """What somebody was asked to type for the student, and what the student says of it."""
    return [
        {"text": one.text, "by": one.by, "start": one.start, "student": one.confirmation.value}
        for one in passages
    ]


def _moment(seconds: int) -> str | None:
    at = dates.moment(seconds)
    return at.isoformat().replace("+00:00", "Z") if at else None


def _person(one: SeatEntry | None) -> Plain | None:
    return {"id": one.id, "name": name(one)} if one else None
