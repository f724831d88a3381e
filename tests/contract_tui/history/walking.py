"""Walks through the past of three people, as Hypothesis tells them to."""

from collections.abc import Sequence

from hypothesis import strategies as st

from contract_tui.contract.contract import Contract
from contract_tui.history.comparison import Mark, Run
from contract_tui.history.walk import Walk
from tests.contract_tui.history.reading import history
from tests.contract_tui.history.sittings import Deed, written

DAY = 86_400
Steps = list[tuple[str, int]]
steps: st.SearchStrategy[Steps] = st.lists(
    st.tuples(
        st.sampled_from(["step", "step_version", "step_chapter", "go", "first", "last"]),
        st.integers(-3, 3),
    ),
    max_size=6,
)


def walk_about(walk: Walk, where: Steps) -> None:
    for name, by in where:
        method = getattr(walk, name)
        method() if name in ("first", "last") else method(by)


def walked(script: list[Deed], where: Steps) -> tuple[Contract, Walk]:
    contract = written(script)
    walk = Walk(history(contract))
    walk_about(walk, where)
    return contract, walk


def marked(runs: Sequence[Run]) -> list[tuple[str, Mark]]:
    return [(run.text, run.mark) for run in runs if run.mark is not Mark.KEPT]
