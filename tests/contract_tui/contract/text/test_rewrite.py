import regex
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.text.rewrite import longest_common, minimal_splices
from contract_tui.contract.text.splice import Splice

sentences = st.lists(
    st.sampled_from(["I", "like", "birds", "a", "lot", ".", " ", " ", "\n", "e\u0301t", "👩‍👧"]),
    max_size=14,
).map("".join)


def by_table(old: str, new: str) -> int:
    """The length of a longest common subsequence, the slow and plain way."""
    rows = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, one in enumerate(old, 1):
        for j, other in enumerate(new, 1):
            best = max(rows[i - 1][j], rows[i][j - 1])
            rows[i][j] = rows[i - 1][j - 1] + 1 if one == other else best
    return rows[-1][-1]


def test_one_changed_word_is_one_splice() -> None:
    assert minimal_splices("I like birds.", "I love birds.") == [Splice(2, 6, "love")]


def test_a_word_is_replaced_whole_even_where_letters_agree() -> None:
    assert minimal_splices("I walked", "I talked") == [Splice(2, 8, "talked")]


def test_an_accent_stays_with_its_letter() -> None:
    assert minimal_splices("e\u0301t", "et") == [Splice(0, 3, "et")]
    assert minimal_splices("👩‍👧", "👩‍👦") == [Splice(0, 3, "👩‍👦")]


def test_equal_texts_need_nothing() -> None:
    assert minimal_splices("same words", "same words") == []


def test_words_are_added_and_taken_out_where_they_are() -> None:
    assert minimal_splices("a b", "a b c") == [Splice(3, 3, " c")]
    assert minimal_splices("a b c", "a c") == [Splice(2, 4, "")]
    assert minimal_splices("", "new") == [Splice(0, 0, "new")]
    assert minimal_splices("old", "") == [Splice(0, 3, "")]


@given(sentences, sentences)
def test_the_splices_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    text = old
    for splice in minimal_splices(old, new):
        assert not splice.is_empty
        text = splice.apply(text)
    assert text == new


@given(sentences, sentences)
def test_every_splice_begins_and_ends_between_words(old: str, new: str) -> None:
    inside = {at for match in regex.finditer(r"\w+", old) for at in range(*match.span())[1:]}
    for splice in minimal_splices(old, new):
        assert not {splice.start, splice.end} & inside


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_as_much_as_possible_stays(old: str, new: str) -> None:
    pairs = longest_common(old, new)
    assert len(pairs) == by_table(old, new)
    assert all(old[at] == new[came] for at, came in pairs)
    assert pairs == sorted(set(pairs))
    assert len({at for at, _ in pairs}) == len({came for _, came in pairs}) == len(pairs)
