from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.schema import INTERESTS
from contract_tui.history.sweep import Sweep
from tests.contract_tui.history.conference import Script, conference, steps
from tests.contract_tui.history.reading import history


@given(steps, st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_whichever_way_one_goes_the_same_letters_stand(script: Script, ways: list[float]) -> None:
    past = history(conference(script)[0]).past
    chronicle = past.chronicles[INTERESTS]
    sweep = Sweep(chronicle)
    for way in ways:
        end = round(way * len(past))
        moment = past.until(end)
        assert sweep.flags(end, moment) == chronicle.flags(moment)
