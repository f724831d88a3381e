import json

import pytest

from contract_tui.contract.membership.authorship import Doubted
from contract_tui.contract.schema import INTERESTS, STRUCTURE, PartId, StructureChoice
from contract_tui.exports.difference import to_json, to_markdown, to_text
from contract_tui.history.comparison import Mark, Run
from contract_tui.history.difference import Difference, PartDifference
from sync_server.protocol.ids import Actor, ChangeHash

MAYA, OKAFOR = Actor(b"m" * 16), Actor(b"o" * 16)
OLD, NEW = ChangeHash(b"\1" * 32), ChangeHash(b"\2" * 32)


def kept(text: str) -> Run:
    return Run(text, Mark.KEPT, MAYA)


def added(text: str, author: Actor = OKAFOR) -> Run:
    return Run(text, Mark.ADDED, author)


def removed(text: str, taker: Actor | None = OKAFOR) -> Run:
    return Run(text, Mark.REMOVED, MAYA, taker)


def of(
    *runs: Run,
    part: PartId = INTERESTS,
    choice: tuple[StructureChoice, StructureChoice] | None = None,
) -> Difference:
    parts = (PartDifference(part, "What I like", runs),) if runs else ()
    return Difference((OLD,), (NEW,), parts, choice, {MAYA: "Maya", OKAFOR: "Ms Okafor"})


@pytest.mark.parametrize(
    ("runs", "line"),
    [
        ([kept("I "), added("adore"), removed("like"), kept(" it")],
         "I [Ms Okafor: “like” became “adore”] it"),
        ([kept("I "), added("really "), kept("do")], "I [Ms Okafor wrote “really ”]do"),
        ([kept("I "), removed("like"), kept(" it")], "I [Ms Okafor took out “like”] it"),
        ([kept("I "), removed("like", None)], "I [without “like”]"),
        ([added("you", MAYA), removed("I")], "[Ms Okafor took out “I”][Maya wrote “you”]"),
        ([kept("one"), added("\ntwo")], "one[Ms Okafor wrote “ / two”]"),
    ],
)  # fmt: skip
def test_a_change_is_told_where_it_was_made(runs: list[Run], line: str) -> None:
    assert to_text(of(*runs)) == f"What I like\n-----------\n{line}\n"


def test_no_mark_of_markdown_stands_beside_a_space() -> None:
    told = to_markdown(of(kept("birds"), added(" and owls "), removed(" a  lot ", None), kept("x")))
    line = told.splitlines()[2]
    assert line == "birds **and owls** (Ms Okafor)  ~~a  lot~~ x"


def test_paragraphs_that_stayed_are_left_out() -> None:
    text = to_text(of(kept("a\nb\nc "), added("x"), kept("\nd\ne")))
    assert text.splitlines()[2:] == ["…", "c [Ms Okafor wrote “x”]", "…"]


def test_the_choice_is_told_from_and_to() -> None:
    choice = StructureChoice.NOT_CHOSEN, StructureChoice.STEPS
    told = of(choice=choice)
    assert to_text(told) == "Structure wanted: from no choice to Show me the steps\n"
    assert to_markdown(told) == "Structure wanted: ~~no choice~~ **Show me the steps**\n"
    assert json.loads(to_json(told))["structure_choice"] == {"from": "", "to": "steps"}


def test_markdown_marks_what_came_and_what_went_and_nothing_else() -> None:
    told = of(kept("# a*b* "), added("x_y"), removed("z"), part=STRUCTURE)
    assert to_markdown(told) == (
        "## What I like\n\n\\# a\\*b\\* **x\\_y** (Ms Okafor)~~z~~ (Ms Okafor)\n"
    )


def test_json_holds_every_letter_with_who_wrote_and_who_removed_it() -> None:
    content = json.loads(to_json(of(kept("a"), added("b"), removed("c"), removed("d", None))))
    assert (content["from"], content["to"]) == (["01" * 32], ["02" * 32])
    [section] = content["sections"]
    assert (section["id"], section["heading"]) == ("interests", "What I like")
    assert section["runs"] == [
        {"text": "a", "kind": "kept", "author": "Maya", "removed_by": None},
        {"text": "b", "kind": "added", "author": "Ms Okafor", "removed_by": None},
        {"text": "c", "kind": "removed", "author": "Maya", "removed_by": "Ms Okafor"},
        {"text": "d", "kind": "removed", "author": "Maya", "removed_by": None},
    ]


def test_no_difference_is_nothing() -> None:
    assert (to_text(of()), to_markdown(of()), to_json(of())) == ("", "", "")


def test_whoever_is_in_doubt_is_not_named_as_the_one_who_did_it() -> None:
    doubted = Actor(Doubted(OKAFOR))
    told = of(kept("I "), removed("do", doubted), added("may", doubted), added(" not"))
    assert to_text(told).splitlines()[2] == (
        "I [somebody in Ms Okafor’s name took out “do”][somebody in Ms Okafor’s name wrote “may”]"
        "[Ms Okafor wrote “ not”]"
    )
    assert "**may** (somebody in Ms Okafor’s name)" in to_markdown(told)
    _, gone, may, no = json.loads(to_json(told))["sections"][0]["runs"]
    assert gone["removed_by"] == may["author"] == "somebody in Ms Okafor’s name"
    assert no["author"] == "Ms Okafor"


def test_what_one_in_doubt_put_in_the_place_of_words_is_one_sentence() -> None:
    doubted = Actor(Doubted(OKAFOR))
    told = of(removed("do", doubted), added("may", doubted))
    assert "[somebody in Ms Okafor’s name: “do” became “may”]" in to_text(told)
