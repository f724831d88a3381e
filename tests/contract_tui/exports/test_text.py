from contract_tui.contract.contract import Contract
from contract_tui.contract.opening.opening import Opening
from contract_tui.contract.schema import INTERESTS
from contract_tui.contract.text.splice import Splice
from contract_tui.exports.text import to_text
from tests.contract_tui.contract.people import actor, new_contract
from tests.contract_tui.exports.readings import EMPTY, ODD, SAMPLE, SECRETS, reading


def test_a_contract_reads_from_top_to_bottom() -> None:
    assert to_text(SAMPLE) == (
        "Birds and me\n"
        "============\n"
        "\n"
        "Interests\n"
        "---------\n"
        "I like birds.\n"
        "\n"
        "Big ones:\n"
        "  eagles\n"
        "\n"
        "Supports needed\n"
        "---------------\n"
        "\n"
        "Structure wanted\n"
        "----------------\n"
        "[Check in with me]\n"
        "Ask me on Mondays.\n"
    )


def test_nothing_is_added_inside_the_words() -> None:
    assert ODD.sections[0].text in to_text(ODD)


def test_a_title_of_two_lines_is_one() -> None:
    assert to_text(reading(title="Birds\nand me")) == "Birds and me\n============\n"


def test_a_contract_of_nothing_is_an_empty_line() -> None:
    assert to_text(EMPTY) == "\n"


def test_the_same_version_gives_the_same_bytes_on_every_computer() -> None:
    maya = new_contract()
    maya.splice(INTERESTS, Splice(0, 0, "birds"))
    raws = maya.changes_since()
    opening = Opening([*raws[:1], *raws[:0:-1]], actor("b"))
    opening.complete()
    other = Contract.opened(opening)
    assert other.heads == maya.heads
    assert to_text(other.reading()).encode() == to_text(maya.reading()).encode()
    heads = maya.heads
    maya.splice(INTERESTS, Splice(5, 5, " and bees"))
    assert to_text(maya.reading(heads)) == to_text(other.reading())


def test_no_key_is_shown() -> None:
    assert not [secret for secret in SECRETS if secret in to_text(SAMPLE)]
