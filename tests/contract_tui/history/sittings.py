"""Three people who write in turns, at once and after each other, as Hypothesis tells them to."""

from collections.abc import Iterable

from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS, STRUCTURE, SUPPORTS, StructureChoice
from contract_tui.contract.text.splice import Splice
from tests.contract_tui.contract.people import BEGINNING, actor, copy, exchange, new_contract

PARTS = (INTERESTS, SUPPORTS, STRUCTURE)
CHOICES = tuple(StructureChoice)
Deed = tuple[int, int, float, int, str, bool, bool]
"""Who, in which part, where, how much goes, what comes; whether a turn begins, and they meet."""

deeds: st.SearchStrategy[list[Deed]] = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 2),
        st.floats(0, 1),
        st.integers(0, 3),
        st.text("ab ", max_size=3),
        st.booleans(),
        st.booleans(),
    ),
    max_size=14,
)


def three() -> list[Contract]:
    """Three people with the same new contract."""
    first = new_contract()
    return [first, copy(first, actor("b")), copy(first, actor("c"))]


def write(contracts: list[Contract], script: Iterable[Deed]) -> None:
    """Let everybody write; they hear each other only when they meet."""
    for at, (who, part, where, length, words, begins, meet) in enumerate(script):
        turn_at = BEGINNING + 60 * at if begins else None
        text = contracts[who].text(PARTS[part]).text
        start = round(where * len(text))
        splice = Splice(start, min(len(text), start + length), words)
        if not splice.is_empty:
            contracts[who].splice(PARTS[part], splice, turn_at)
        elif part == PARTS.index(STRUCTURE):
            contracts[who].choose_structure(CHOICES[length], turn_at)
        if meet:
            exchange(contracts[who], contracts[(who + 1) % 3])


def written(script: Iterable[Deed]) -> Contract:
    """What they have in the end, when everybody has everything."""
    contracts = three()
    write(contracts, script)
    exchange(*contracts)
    return contracts[0]
