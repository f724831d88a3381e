"""How the chapters of a contract are told."""

from contract_tui.contract.schema import INTERESTS
from contract_tui.history.chapters import Chapter, ChapterKind
from contract_tui.history.history import History
from contract_tui.history.moment import Moment
from tests.contract_tui.history.noting import Table
from tests.contract_tui.history.reading import history

ALONE, CONFERENCE, AGREEMENT = ChapterKind.ALONE, ChapterKind.CONFERENCE, ChapterKind.AGREEMENT


def words(made: History, moment: Moment) -> str:
    """What stood in the interests at a moment."""
    return made.past.chronicles[INTERESTS].text(moment).strip()


def shape(table: Table) -> list[tuple[ChapterKind, list[int]]]:
    """What kind each chapter is, and the numbers of its turns; everybody tells the same."""
    first, *others = (history(one).chapters for one in (table.maya, table.okafor, table.papa))
    assert all(other == first for other in others)
    assert [chapter.number for chapter in first] == list(range(1, len(first) + 1))
    return [(one.kind, list(range(one.first + 1, one.last + 2))) for one in first]


def last(table: Table) -> Chapter:
    return history(table.maya).chapters[-1]
