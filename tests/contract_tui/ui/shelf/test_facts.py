from dataclasses import replace

import pytest

from contract_tui.library.summaries import Consent
from contract_tui.ui.shelf.facts import arranged, fitting
from sync_server.access.seat import Role
from sync_server.protocol.ids import ChangeHash
from tests.contract_tui.ui.shelf.shelves import MAYA, TEACHER, facts

OTHER = (ChangeHash(bytes([1]) * 32),)


def test_what_an_old_summary_says_of_words_that_have_changed_is_not_said() -> None:
    agreed = replace(MAYA, consent=Consent.EVERYBODY, is_news=True)
    fresh, old = facts(agreed), facts(agreed, heads=OTHER)
    assert (fresh.consent, fresh.changed_by, fresh.is_news) == ("everybody agrees", "Maya", True)
    assert (old.consent, old.changed_by, old.is_news) == ("", "", False)
    assert old.people == fresh.people == ["Maya", "Cleo", "you"]


def test_where_nobody_answered_nothing_is_said_of_agreement() -> None:
    assert facts().consent == facts(None).consent == ""


@pytest.mark.parametrize(
    ("consent", "agree", "said"),
    [
        (Consent.SOME, ("Maya",), "Maya agrees"),
        (Consent.SOME, ("",), "you agree"),
        (Consent.SOME, ("", "Maya", "Cleo"), "Maya, Cleo and you agree"),
        (Consent.BEFORE, (), "agreed before"),
        (Consent.NOT_YET, (), "not agreed yet"),
    ],
)
def test_agreement_is_said_in_words(consent: Consent, agree: tuple[str, ...], said: str) -> None:
    assert facts(replace(MAYA, consent=consent, agree=agree)).consent == said


@pytest.mark.parametrize("wanted", ["tide", "  TIDE zoe ", "anaïs", "Anais and", "pools tide"])
def test_a_contract_is_found_by_words_of_its_title_and_names_however_they_are_spelt(
    wanted: str,
) -> None:
    summary = replace(MAYA, people=("Zoë", "Anaïs and Ben"))
    found = facts(summary, title="Tidepools")
    assert fitting([found, facts(title="Kites", number=1)], wanted) == [found]


@pytest.mark.parametrize("wanted", ["kites tide", "x", "100%"])
def test_what_fits_nothing_finds_nothing(wanted: str) -> None:
    assert fitting([facts(title="Kites"), facts(title="Tidepools")], wanted) == []


def test_without_a_word_everything_fits() -> None:
    both = [facts(number=1), facts(None, number=2, seat=None)]
    assert fitting(both, " ") == both


def test_contracts_are_sorted_by_title_and_by_when_to_look_again() -> None:
    said = [("Élan", "in May"), ("kites", ""), ("Zebras", "2027-01-02"), ("apples", "2026-12-24")]
    all_ = [
        facts(replace(MAYA, revisit=when), title=title, number=n)
        for n, (title, when) in enumerate(said)
    ]
    assert arranged(all_, 0) == all_
    titles = [one.entry.title for one in arranged(all_, 1)]
    assert titles == ["apples", "Élan", "kites", "Zebras"]
    revisits = [one.revisit for one in arranged(all_, 2)]
    assert revisits == ["2026-12-24", "2027-01-02", "in May", ""]


def test_whoever_only_reads_is_told_so() -> None:
    reader = replace(TEACHER, role=Role.OBSERVER)
    assert [facts(seat=one).role for one in (None, reader, TEACHER)] == [
        "only to read",
        "you read along",
        "",
    ]
    assert facts(seat=None).people == ["Maya", "Cleo"]
