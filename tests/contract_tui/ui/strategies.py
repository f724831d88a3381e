"""Texts and changes that real people and hostile programs write."""

from __future__ import annotations

from hypothesis import strategies as st

from contract_tui.contract.text.splice import Splice

PIECES = [
    "a", "e", "word", " ", "  ", "\n", "\t", ".", "three-way", "Ünïcödé", "日本", "語。", "한국",
    "\u3000", "\u00a0", "é", "e\u0301", "\u0301", "👩‍👩‍👧", "👍🏽", "🇩🇪", "🇫", "❤️",
    "\u200d", "\u200b", "\u202e", "\u2066", "\u2028", "\u0085", "\x0b", "\x07", "\x1b",
    "שלום", "क्षि", "\ufeff",
]  # fmt: skip

texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
inserts = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
widths = st.integers(min_value=1, max_value=24)


@st.composite
def splices(draw: st.DrawFn, length: int) -> Splice:
    """A change that fits a text of that many code points."""
    start = draw(st.integers(0, length))
    end = min(length, start + draw(st.integers(0, 12)))
    return Splice(start, end, draw(inserts))
