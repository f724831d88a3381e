"""What counts and what does not: field by field, so that a new one has to be decided about."""

import json
from hashlib import sha256

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from contract_tui.contract.agreement.content import (
    COUNTS,
    FORMAT,
    ORDERS,
    TAKES_AWAY,
    Plain,
    content,
    digest,
)
from contract_tui.contract.crdt import CrdtDocument, Kind
from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.schema import INTERESTS, ROOT_OBJECTS, SECTION_MAPS, TITLE_TEXT
from contract_tui.contract.shape import LISTED, Leaf
from contract_tui.contract.text.splice import Splice
from tests.contract_tui.contract.agreement.full import (
    LEAVES_BY_PATH,
    VERSION,
    change,
    full_document,
)
from tests.contract_tui.contract.hostile import documents
from tests.contract_tui.contract.people import actor

COUNT = [
    "title",
    "structure_choice",
    "revisit",
    "sections/*/heading",
    "sections/*/body",
    "sections/*/hidden",
    "support_items/*/what",
    "support_items/*/when",
    "support_items/*/offered_by",
    "support_items/*/check_on",
    "goals/*/what",
    "goals/*/matters",
    "goals/*/success",
    "goals/*/evidence",
    "goals/*/together_with",
    "goals/*/origin",
    "goals/*/origin_note",
    "goals/*/structure_choice",
    "goals/*/structure_note",
    "goals/*/steps/*/what",
    "goals/*/steps/*/by",
    "goals/*/steps/*/when",
    "promises/*/by",
    "promises/*/to",
    "promises/*/what",
    "promises/*/when",
]
ORDER = [
    "sections/*/pos",
    "support_items/*/pos",
    "goals/*/pos",
    "goals/*/steps/*/pos",
    "promises/*/pos",
]
TAKE_AWAY = [
    "support_items/*/removed",
    "goals/*/removed",
    "goals/*/state",
    "goals/*/steps/*/removed",
    "promises/*/removed",
]
DO_NOT_COUNT = [
    "format",
    "contract",
    "turns",
    "renewed",
    "support_items/*/state",
    "goals/*/stretch",
    "goals/*/steps/*/done",
    "promises/*/outcome/*",
    "notes/*/kind",
    "notes/*/by",
    "notes/*/about",
    "notes/*/after",
    "notes/*/text",
    "notes/*/answer",
    "notes/*/answer_text",
    "notes/*/became",
    "notes/*/removed",
    "reflections/*/by",
    "reflections/*/at",
    "reflections/*/text",
    "reflections/*/removed",
    "seats/*/role",
    "seats/*/name",
    "seats/*/proof",
    "seats/*/holds",
    "seen/*/at",
    "seen/*/heads",
    "names/*/name",
    "names/*/heads",
    "names/*/by",
    "names/*/at",
    "agreements/*/*",
    "agenda/*/phase",
    "agenda/*/minutes",
    "agenda/*/floor",
    "agenda/*/prompts",
    "agenda/*/pos",
    "agenda/*/removed",
    "agenda_form",
    "conferences/*/number",
    "conferences/*/phase",
    "conferences/*/phase_since",
    "conferences/*/started_at",
    "conferences/*/ended_at",
    "conferences/*/opened_heads",
    "conferences/*/closed_heads",
    "conferences/*/moves/*",
    "conferences/*/people/*",
    "conferences/*/insisted/*",
    "conferences/*/confirmed/*",
    "conferences/*/not_mine/*",
    "conferences/*/standby/*",
]
DIGEST_OF_A_NEW_CONTRACT = "dc736f4ba569ef86cd2f62a58ec5bf1963973db6cb91ef9770ac445e80933dc4"
LEAVES = LEAVES_BY_PATH


def changed(path: str, value: str = "another") -> bool:
    """Whether a contract with another value at a place is another content."""
    document = full_document()
    before = digest(document)
    change(document, *LEAVES[path], value)
    return digest(document) != before


def test_every_field_of_a_contract_is_decided_about() -> None:
    decided = [*COUNT, *ORDER, *TAKE_AWAY, *DO_NOT_COUNT]
    assert sorted(decided) == sorted(LEAVES)


def test_what_is_written_down_is_what_is_tested() -> None:
    told = {f"{kind}/*/{field}" if kind else field for kind in COUNTS for field in COUNTS[kind]}
    flat = {path.replace("goals/*/steps", "steps") for path in COUNT}
    assert {
        path for path in told if path.split("/")[-1] not in ("steps", *LISTED, "sections")
    } == flat
    assert {f"{kind}/*/{field}" for kind in TAKES_AWAY for field in TAKES_AWAY[kind]} == {
        path.replace("goals/*/steps", "steps") for path in TAKE_AWAY
    }
    assert {path.rpartition("/")[2] for path in ORDER} == {ORDERS}


@pytest.mark.parametrize("path", COUNT)
def test_what_counts_makes_another_content(path: str) -> None:
    assert changed(path)


@pytest.mark.parametrize("path", DO_NOT_COUNT)
def test_what_does_not_count_leaves_the_content_alone(path: str) -> None:
    assert not changed(path)


@pytest.mark.parametrize("path", ORDER)
def test_a_position_counts_only_in_what_it_sorts(path: str) -> None:
    assert not changed(path, "l")
    assert changed(path, "z")


def many(counted: Plain, kind: str) -> int:
    """How many things of a list are in the content."""
    if isinstance(counted, list):
        return sum(many(one, kind) for one in counted)
    if not isinstance(counted, dict):
        return 0
    own = counted.get(kind)
    return (len(own) if isinstance(own, list) else 0) + sum(
        many(one, kind) for one in counted.values()
    )


@pytest.mark.parametrize("path", TAKE_AWAY)
def test_what_is_taken_away_or_let_go_is_not_in_the_content(path: str) -> None:
    way, value = LEAVES[path], "let-go" if path.endswith("state") else VERSION
    assert not changed(path, "reached")
    document = full_document()
    change(document, *way, value)
    kind = "steps" if "steps" in path else path.split("/")[0]
    assert many(content(document), kind) == many(content(full_document()), kind) - 1
    gone = digest(document)
    for other, inside in LEAVES.items():
        thing = path.rpartition("/")[0]
        if other.startswith(f"{thing}/") and other not in TAKE_AWAY:
            change(document, *inside)
    assert digest(document) == gone
    change(document, *way, "said otherwise")
    assert digest(document) != gone


def test_what_comes_back_is_the_content_that_it_was() -> None:
    document = full_document()
    before = digest(document)
    change(document, *LEAVES["goals/*/removed"], VERSION)
    change(document, *LEAVES["goals/*/removed"], "")
    assert digest(document) == before


def test_the_content_of_an_earlier_version_stays_what_it_was() -> None:
    document = full_document()
    before, heads, said = digest(document), document.heads, content(document)
    for path in COUNT:
        change(document, *LEAVES[path])
    assert digest(document, heads) == before
    assert content(document, heads) == said
    assert digest(document) != before


def test_the_digest_is_of_canonical_json_as_any_program_can_make_it() -> None:
    document = full_document()
    document.transact(
        lambda writer: writer.splice(TITLE_TEXT, Splice(0, 0, "Año “é” \u20ac\U0001f600 \x7f"))
    )
    said = content(document)
    assert said["format"] == FORMAT
    written = rfc8785.dumps(said)
    assert (
        written
        == json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )
    assert digest(document) == sha256(written).digest()


def test_the_digest_of_a_new_contract_is_the_same_for_ever() -> None:
    blank = blank_document(actor("a"))
    assert digest(blank) == digest(blank_document(actor("b")))
    assert digest(blank).hex() == DIGEST_OF_A_NEW_CONTRACT


def test_nothing_that_overwrites_a_key_hides_words() -> None:
    document = full_document()
    before = content(document)
    document.transact(lambda writer: writer.put(None, "goals", "nothing"))
    document.transact(lambda writer: writer.make(None, "sections", Kind.MAP))
    document.transact(lambda writer: writer.put(SECTION_MAPS[INTERESTS], "body", "hidden words"))
    assert content(document) == before


@given(documents())
def test_whatever_a_document_holds_has_a_content(raws: list[bytes]) -> None:
    document = CrdtDocument(actor("r"))
    document.apply(raws)
    assert digest(document) == digest(document, document.heads)
    assert rfc8785.dumps(content(document))


edits = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(sorted(LEAVES)), st.text(max_size=3)))


@given(edits, st.permutations(range(3)))
def test_the_content_is_the_same_in_whichever_order_it_is_merged(
    script: list[tuple[int, str, str]], order: list[int]
) -> None:
    copies = [full_document("w").fork(actor(letter)) for letter in "xyz"]
    common = copies[0].heads
    for who, path, value in script:
        if LEAVES[path][1] is not Leaf.TEXT or value:
            change(copies[who], *LEAVES[path], value)
    news = [one.changes_since(common) for one in copies]
    one, other = full_document("w").fork(actor("1")), full_document("w").fork(actor("2"))
    for raws in news:
        one.apply(raws)
    for which in order:
        other.apply(news[which])
    assert content(one) == content(other)
    assert digest(one) == digest(other, one.heads)


def test_lists_that_are_nothing_are_empty() -> None:
    document = full_document()
    document.transact(lambda writer: writer.put(ROOT_OBJECTS["goals"], "a", "no map"))
    goals = content(document)["goals"]
    assert isinstance(goals, list)
    assert len(goals) == 1
