"""What fields and choices are called."""

import pytest

from contract_tui.contract.agreement.content import COUNTS
from contract_tui.contract.items import paths, terms
from contract_tui.contract.items.tokens import GoalState, Origin, Outcome, Stretch, SupportState
from contract_tui.contract.schema import StructureChoice
from contract_tui.contract.shape import LISTED, PEOPLE
from sync_server.access.proof import Role

UNNAMED = {"pos", "removed", "hidden", paths.STEPS_LIST}
"""Of these a sentence of its own is said."""
OF_NOTES = {"after", "became"}
"""Where words go and went: nobody is told in so many words."""


@pytest.mark.parametrize("kind", LISTED)
def test_every_field_of_a_thing_has_a_label_and_a_name(kind: str) -> None:
    fields = set(LISTED[kind].fields) - UNNAMED - OF_NOTES
    assert set(terms.FIELDS[kind]) == fields
    assert all(term.label[0].isupper() and term.name for term in terms.FIELDS[kind].values())
    assert terms.ONE[kind]
    assert terms.ALL[kind]


@pytest.mark.parametrize("kind", filter(None, COUNTS))
def test_every_field_that_counts_has_a_name(kind: str) -> None:
    assert set(COUNTS[kind]) - UNNAMED <= set(terms.FIELDS[kind])


@pytest.mark.parametrize(
    ("kind", "field", "tokens"),
    [
        (paths.SUPPORTS_LIST, "state", SupportState),
        (paths.GOALS_LIST, "origin", Origin),
        (paths.GOALS_LIST, "structure_choice", StructureChoice),
        (paths.GOALS_LIST, "stretch", Stretch),
        (paths.GOALS_LIST, "state", GoalState),
        (paths.PROMISES_LIST, "outcome", Outcome),
    ],
)
def test_all_that_can_be_chosen_has_words_and_is_no_ladder(
    kind: str, field: str, tokens: type[GoalState]
) -> None:
    chosen = [one.value for one in tokens if one.value]
    listed = list(terms.VALUES[kind, field])
    assert set(listed) == set(chosen)
    assert listed not in (chosen, chosen[::-1])


def test_a_choice_is_called_the_same_among_others_and_alone() -> None:
    assert {one: words.lower() for one, words in terms.CHOSEN.items()} == dict(terms.CHOICES)


def test_everybody_here_is_called_something() -> None:
    assert set(terms.ROLES) == set(Role)


def test_whoever_is_named_in_a_field_is_named_in_one_that_there_is() -> None:
    assert all(any(field in one.fields for one in LISTED.values()) for field in PEOPLE)
