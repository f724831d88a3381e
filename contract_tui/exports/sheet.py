"""What stands on a page, in which order: the same for every format that people read.

The formats only draw it. What is empty is left out, and the student's words come first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from contract_tui.contract.agreement.values import Standing
from contract_tui.contract.agreement.words import EVERYBODY, noted, stands
from contract_tui.contract.items import paths, terms
from contract_tui.contract.membership.seats import SeatEntry
from contract_tui.contract.reading import (
    ReadGoal,
    Reading,
    ReadPromise,
    ReadSection,
    ReadStep,
    ReadSupport,
    Written,
)
from contract_tui.contract.schema import STRUCTURE, SUPPORTS
from contract_tui.exports import dates, words
from contract_tui.exports.blocks import (
    PART,
    THING,
    TOP,
    Block,
    Caution,
    Choice,
    Credit,
    Entry,
    Heading,
    Line,
    Words,
)
from contract_tui.exports.notes import note_entry
from contract_tui.exports.typed import typed
from sync_server.protocol.ids import format_document_id

GOAL = terms.FIELDS[paths.GOALS_LIST]
"""What the fields of a goal are called."""


def sheet(reading: Reading) -> Iterator[Block]:
    """Yield everything that stands on the page, from top to bottom."""
    if reading.title:
        yield Heading(reading.title, TOP)
        yield from typed(reading.title_typed)
    for section in reading.shown:
        yield from _section(section, reading)
    if reading.goals:
        yield Heading(terms.GOALS, PART)
        for goal in reading.goals:
            yield from _goal(goal)
    if not any(one.part == SUPPORTS for one in reading.shown):
        yield from _listed(terms.HELP, map(support_entry, reading.supports))
    yield from _listed(terms.PROMISES, map(promise_entry, reading.promises))
    yield from _reflections(reading)
    yield from _notes(reading)
    if reading.revisit:
        yield Heading(terms.REVISIT.label, PART)
        yield Words(Written(dates.when(reading.revisit)))
    yield from agreement(reading)


def printed_sheet(reading: Reading) -> Iterator[Block]:
    """Yield the same for a page to be put up, on which an empty section would look forgotten."""
    told = replace(reading, sections=tuple(one for one in reading.shown if _says(one, reading)))
    blocks = list(sheet(told))
    yield from blocks
    if all(isinstance(one, Heading) for one in blocks):
        yield Line(words.NOTHING_YET)


def agreement(reading: Reading) -> Iterator[Block]:
    """Yield where everybody stands and how that can be checked; nothing while nobody answered."""
    found = reading.agreement
    if found is None or not (found.broken or any(one.given for one in found.standings)):
        return
    yield Heading(terms.AGREEMENT, PART)
    if found.all_agree:
        yield Line(EVERYBODY)
    for one in found.standings:
        yield _answer(one)
    for why in found.broken:
        yield Caution(words.BROKEN.format(why=why))
    if reading.contract is not None:
        contract = format_document_id(reading.contract)
        yield Line(words.CHECKING.format(contract=contract))


def support_entry(support: ReadSupport) -> Entry:
    """Something that helps, with who offers it and how it is with it."""
    facts = [support.when.text.strip()]
    if support.offered_by:
        facts.append(terms.OFFERED_BY.format(name=support.offered_by.name))
        facts.append(_written_down(support.what, support.offered_by))
    facts.append(terms.SUPPORT_STATES.get(support.state, ""))
    if support.check_on:
        facts.append(terms.LOOK_AGAIN.format(when=dates.when(support.check_on)))
    both = replace(support.what, typed=(*support.what.typed, *support.when.typed))
    return Entry(_or(both, words.NO_SUPPORT), _said(facts))


def step_entry(step: ReadStep) -> Entry:
    """A step, with who takes it and when."""
    facts = [step.by.name if step.by else "", dates.when(step.when)]
    facts.append(terms.DONE if step.done else "")
    return Entry(_or(step.what, words.NO_STEP), _said(facts), done=step.done)


def promise_entry(promise: ReadPromise) -> Entry:
    """A promise: who promises what to whom, and what has become of it."""
    facts = [dates.when(promise.when), terms.OUTCOMES.get(promise.outcome, "")]
    facts.append(_written_down(promise.what, promise.by))
    label = words.PROMISE.format(by=_name(promise.by), to=_name(promise.to))
    return Entry(_or(promise.what, words.NO_PROMISE), _said(facts), label)


def own_promise_entry(promise: ReadPromise) -> Entry:
    """A promise as whoever made it takes it home: to whom, and by when."""
    facts = [_to(promise), dates.when(promise.when), terms.OUTCOMES.get(promise.outcome, "")]
    facts.append(_written_down(promise.what, promise.by))
    return Entry(_or(promise.what, words.NO_PROMISE), _said(facts))


def goal_facts(goal: ReadGoal) -> list[Block]:
    """What is said of a goal beside its words: where it comes from, how it is with it."""
    rest = [words.GOAL_STATES.get(goal.state, ""), words.STRETCHES.get(goal.stretch, "")]
    said = _said([goal_origin(goal), *rest])
    return [Line(" · ".join(said))] if said else []


def goal_origin(goal: ReadGoal) -> str:
    """Where a goal comes from, so that nobody's demand poses as the student's wish."""
    return ": ".join(_said([words.ORIGINS.get(goal.origin, ""), goal.origin_note.text.strip()]))


def goal_words(goal: ReadGoal) -> Iterator[Block]:
    """Yield what is written about a goal, the student's own words first."""
    for written, field in (
        (goal.matters, "matters"),
        (goal.success, "success"),
        (goal.evidence, "evidence"),
        (goal.together_with, "together_with"),
    ):
        if not written.is_blank:
            yield Words(written, GOAL[field].label)
            yield from _foreign(written, words.FOREIGN)
            yield from typed(written.typed)


def credited(entries: Iterable[Entry]) -> Iterator[Block]:
    """Yield things of a list; they say who wrote them where that is in doubt, or for whom."""
    for entry in entries:
        yield entry
        yield from typed(entry.written.typed)
        yield from _doubt(entry.written)


def _says(section: ReadSection, reading: Reading) -> bool:
    """Whether anything stands in a section, or is said in it."""
    chosen = section.part == STRUCTURE and reading.structure_choice
    return bool(section.text.strip() or chosen or (section.part == SUPPORTS and reading.supports))


def _section(section: ReadSection, reading: Reading) -> Iterator[Block]:
    yield Heading(section.heading, PART)
    choice = terms.CHOSEN.get(reading.structure_choice) if section.part == STRUCTURE else None
    if choice:
        yield Choice(choice)
    if section.text:
        yield Words(section.words)
        yield from typed(section.typed)
    if section.by:
        yield Credit(_by(section.by))
    if section.part == SUPPORTS:
        yield from credited(map(support_entry, reading.supports))


def _goal(goal: ReadGoal) -> Iterator[Block]:
    yield Heading(_or(goal.what, words.NO_GOAL).text, THING)
    yield from typed(goal.what.typed)
    yield from goal_words(goal)
    choice = terms.CHOSEN.get(goal.structure)
    if choice:
        yield Choice(choice)
    if not goal.structure_note.is_blank:
        yield Words(goal.structure_note, terms.BECAUSE)
        yield from typed(goal.structure_note.typed)
    yield from credited(map(step_entry, goal.steps))
    yield from goal_facts(goal)
    yield from typed(goal.origin_note.typed)
    if writers := tuple(dict.fromkeys(name for text in goal.texts for name in text.by)):
        yield Credit(_by(writers))


def _reflections(reading: Reading) -> Iterator[Block]:
    if reading.reflections:
        yield Heading(terms.LOOKING_BACK, PART)
    for one in reading.reflections:
        label = ", ".join(_said([one.by.name, _day(one.at)]))
        yield Words(one.text, label)
        yield from _foreign(one.text, words.FOREIGN_ELSEWHERE)
        yield from _doubt(one.text)


def _notes(reading: Reading) -> Iterator[Block]:
    if reading.notes:
        yield Heading(terms.NOTES, PART)
    for one in reading.notes:
        yield from credited([note_entry(one, reading)])
        yield from _foreign(one.text, words.FOREIGN_ELSEWHERE)
        yield from _foreign(one.answer_text, words.FOREIGN)


def _listed(heading: str, entries: Iterable[Entry]) -> Iterator[Block]:
    found = list(entries)
    if found:
        yield Heading(heading, PART)
        yield from credited(found)


def _doubt(written: Written) -> Iterator[Block]:
    if written.in_doubt:
        yield Credit(_by(written.by))


def _answer(standing: Standing) -> Entry:
    """Where somebody stands, in the sentences of the screen."""
    person, note = standing.person, noted(standing)
    label = terms.with_role(person.name, person.role)
    return Entry(Written(stands(standing, _day)), (note,) if note else (), label)


def _foreign(written: Written, sentence: str) -> Iterator[Block]:
    for one in written.foreign:
        yield Caution(sentence.format(words=" ".join(one.text.split()), name=one.by))


def _written_down(written: Written, person: SeatEntry | None) -> str:
    """Say who wrote what stands here as another's word, whether or not that is in doubt."""
    names = {*written.writers, *written.in_doubt}
    if person is None or not names or person.name in names:
        return ""
    return terms.WRITTEN_DOWN_BY.format(name=", ".join(sorted(names)))


def _or(written: Written, instead: str) -> Written:
    return Written(instead) if written.is_blank else written


def _to(promise: ReadPromise) -> str:
    if promise.to is not None and promise.by is not None and promise.to.id == promise.by.id:
        return words.PROMISED_TO_MYSELF
    return words.PROMISED_TO.format(name=_name(promise.to))


def _name(person: SeatEntry | None) -> str:
    return person.name if person else terms.SOMEBODY


def _day(seconds: int) -> str:
    at = dates.moment(seconds)
    return dates.told(at) if at else ""


def _by(names: tuple[str, ...]) -> str:
    return words.WRITTEN_BY.format(names=", ".join(names))


def _said(parts: list[str]) -> tuple[str, ...]:
    return tuple(part for part in parts if part)
