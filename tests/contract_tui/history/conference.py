"""Three people who write at once, as Hypothesis tells them to."""

from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from tests.contract_tui.contract.people import actor, copy, exchange, new_contract

Script = list[tuple[int, float, int, str, bool]]
"""Who, where, how much goes, what comes, and whether they then hear each other."""

steps: st.SearchStrategy[Script] = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.floats(0, 1),
        st.integers(0, 3),
        st.text("ab ", max_size=3),
        st.booleans(),
    ),
    min_size=3,
    max_size=25,
)


def conference(script: Script) -> list[Contract]:
    """Three people write at once, and meet now and then; in the end everybody has everything."""
    first = new_contract()
    contracts = [first, copy(first, actor("b")), copy(first, actor("c"))]
    for who, where, length, words, meet in script:
        text = contracts[who].text(INTERESTS).text
        start = round(where * len(text))
        splice = Splice(start, min(len(text), start + length), words)
        if not splice.is_empty:
            contracts[who].splice(INTERESTS, splice)
        if meet:
            exchange(contracts[who], contracts[(who + 1) % 3])
    exchange(*contracts)
    return contracts
