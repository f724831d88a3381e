"""Where what counts is not what anybody is shown, so that an answer would cover what nobody sees.

The content looks at no rights and takes every string as it stands. A reader does not believe what
somebody said who had no right to, and passes over what is no text where one belongs. So the two
are compared field by field; each place where they part is named, until whoever may say it does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contract_tui.contract.agreement import words
from contract_tui.contract.agreement.content import COUNTS, Plain, by_key
from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.headings import beginning
from contract_tui.contract.items import paths, terms
from contract_tui.contract.items.tokens import GoalState
from contract_tui.contract.items.values import Goal, Item, standing
from contract_tui.contract.opening.check import named
from contract_tui.contract.opening.outline import Outline
from contract_tui.contract.schema import DEFAULT_HEADINGS
from contract_tui.contract.sections import Section
from contract_tui.contract.shape import LISTED, PEOPLE, Leaf
from sync_server.access.proof import SeatId

_Counted = Mapping[str, Plain]


def unshown(
    document: CrdtDocument, outline: Outline, content: Mapping[str, Plain]
) -> Iterator[str]:
    """Name everything in the content of a document as it stands that its readers see otherwise."""
    return _Comparer(document, outline, content).sentences()


@dataclass(frozen=True, slots=True)
class _Comparer:
    document: CrdtDocument
    outline: Outline
    content: Mapping[str, Plain]

    def sentences(self) -> Iterator[str]:
        items, counted = self.outline.items, self.content
        yield from self._sections(by_key(counted["sections"]))
        if _line(counted["structure_choice"]) != self.outline.structure_choice:
            choice = terms.STRUCTURE_CHOICE.name
            yield words.NOT_SHOWN.format(thing=_quoted(self._title), field=choice)
        yield from self._list(paths.SUPPORTS_LIST, counted, items.supports)
        yield from self._list(paths.GOALS_LIST, counted, items.goals)
        yield from self._list(paths.PROMISES_LIST, counted, items.promises)

    @property
    def _title(self) -> str:
        return str(self.content["title"])

    def _list(self, kind: str, within: _Counted, all_: Sequence[Item]) -> Iterator[str]:
        counted = by_key(within[kind])
        shown = {paths.key(one.id): one for one in _shown(all_)}
        for key, one in shown.items():
            if key in counted:
                yield from self._thing(kind, one, counted[key])
            else:
                yield words.GONE_BY_ANOTHER.format(place=named(*one.id.split("/")))
        for key in counted:
            if key not in shown:
                yield words.STILL_COUNTS.format(thing=_sentence_start(_name(kind, counted[key])))
        if [key for key in shown if key in counted] != [key for key in counted if key in shown]:
            yield words.OTHER_ORDER.format(things=_sentence_start(terms.ALL[kind]))

    def _thing(self, kind: str, one: Item, counted: _Counted) -> Iterator[str]:
        for field in COUNTS[kind]:
            if isinstance(one, Goal) and field == paths.STEPS_LIST:
                yield from self._list(field, counted, one.steps)
            elif not self._is_shown(one, field, _line(counted[field])):
                is_plain = LISTED[kind].fields[field] is not Leaf.TEXT
                is_refused = field in one.overruled or (is_plain and field not in one.said)
                form = words.NOT_BELIEVED if is_refused else words.NOT_SHOWN
                name, said = _name(kind, counted), terms.FIELDS[kind][field].name
                yield form.format(thing=_sentence_start(name), field=said)

    def _is_shown(self, one: Item, field: str, counted: str) -> bool:
        """Whether people are shown what a field counts as."""
        if field in one.texts:  # the same text is read on both sides
            return True
        if field in PEOPLE:
            counted = self._person(counted)
        if isinstance(one, Goal) and field == "origin":
            return counted == one.origin
        if isinstance(one, Goal) and field == "structure_choice":
            return counted == one.structure
        return counted == one.string(field)

    def _person(self, said: str) -> str:
        return self.outline.roster.person(SeatId(said)).id if said else ""

    def _sections(self, counted: Mapping[str, _Counted]) -> Iterator[str]:
        for section in self.outline.sections:
            one = counted[section.part]
            if not _is_called(section, _line(one["heading"])):
                form = words.NOT_BELIEVED if section.title else words.NOT_SHOWN
                field = terms.FIELDS[paths.SECTIONS]["heading"].name
                yield form.format(thing=_quoted(section.heading), field=field)
            if one["hidden"] is not section.hidden:
                yield words.HIDDEN_BY_ANOTHER.format(thing=_quoted(section.heading))
        placed = {str(one.part) for one in self.outline.sections if one.position}
        if self.outline.unbelieved:
            placed |= counted.keys()  # one of them may have been moved
        shown = [str(one.part) for one in self.outline.sections if one.part in placed]
        if shown != [key for key in counted if key in placed]:
            yield words.OTHER_ORDER.format(things=_sentence_start(terms.ALL[paths.SECTIONS]))


def _is_called(section: Section, counted: str) -> bool:
    """Whether people are shown the heading that counts; without one there is something else."""
    if not counted:
        usual = DEFAULT_HEADINGS.get(section.part)
        return usual is None or section.heading == usual
    return counted == section.heading


def _shown(things: Iterable[Item]) -> Iterator[Item]:
    """Those that people see as a part of what they agree on."""
    for one in standing(tuple(things)):
        if not (isinstance(one, Goal) and one.state is GoalState.LET_GO):
            yield one


def _line(counted: Plain) -> str:
    """What counts, as readers take it: in one line."""
    return " ".join(counted.split()) if isinstance(counted, str) else ""


def _name(kind: str, counted: _Counted) -> str:
    what = _line(counted["what"])
    return _quoted(what) if what else terms.ONE[kind]


def _sentence_start(name: str) -> str:
    return name[:1].upper() + name[1:]


def _quoted(name: str) -> str:
    return f"“{beginning(name)}”"
