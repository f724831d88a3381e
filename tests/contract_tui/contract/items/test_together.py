"""Three people do everything that can be done in a contract, a week apart from each other."""

from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from tests.contract_tui.contract.items.family import DEEDS, Family
from tests.contract_tui.contract.people import MAYA, actor_of, copy
from tests.searching import LONG_STORIES

numbers = st.integers(0, 60)
steps = st.one_of(
    st.tuples(st.integers(0, 2), st.sampled_from(DEEDS), numbers, numbers),
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
)


def content(contract: Contract) -> object:
    """Everything that people can see of a contract."""
    return (
        contract.sections,
        contract.items,
        contract.structure_choice,
        {part: contract.text(part).text for part in contract.texts},
        contract.set_aside,
    )


@LONG_STORIES
@given(st.lists(steps, min_size=10, max_size=50))
def test_whatever_they_do_all_have_the_same_in_the_end_and_no_word_is_lost(
    days: list[tuple[int, ...]],
) -> None:
    family = Family()
    for who, what, *rest in days:
        if callable(what):
            what(family.people[who], *rest)
        elif who != what:
            family.meet([family.people[who], family.people[what]])
    family.meet(family.people)
    one, *others = [person.contract for person in family.people]
    for other in (*others, copy(one, actor_of(MAYA, 9))):
        assert content(other) == content(one)
    assert one.set_aside == []
    assert {thing.id for thing in one.items} == family.things
    for part in family.words:
        assert sorted(one.text(part).text.split()) == family.standing(part)
    for thing in one.items:
        if thing.removal:
            assert one.unseen(thing) is family.is_unseen(thing, thing.removal)
