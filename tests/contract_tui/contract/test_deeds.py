"""What a person is shown of some changes before they decide on them."""

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.deeds import Deeds, Words, deeds
from contract_tui.contract.schema import INTERESTS, SUPPORTS, TITLE, PartId, StructureChoice
from contract_tui.contract.text.splice import Splice
from sync_server.access.keys import SigningKey
from sync_server.protocol.ids import Actor
from tests.contract_tui.contract.past.test_seen import two
from tests.contract_tui.contract.people import MAYA

KEY = SigningKey(b"k" * 32).public.text
HEIDI, CLARA = Actor(b"h" * 16), Actor(b"c" * 16)


class Two:
    """Heidi's contract, and what Clara does in it."""

    def __init__(self, words: str = "") -> None:
        self.heidi = Contract.create(HEIDI, KEY, "My year")
        self._heidi_wrote(words)
        self.clara = Contract.open(self.heidi.changes_since(), CLARA)
        self.done: list[bytes] = []

    def _heidi_wrote(self, words: str) -> None:
        for at, letter in enumerate(words):
            self.heidi.splice(INTERESTS, Splice(at, at, letter))

    def writes(self, at: int, words: str, part: PartId = INTERESTS) -> None:
        for offset, letter in enumerate(words):
            self.done.append(self.clara.splice(part, Splice(at + offset, at + offset, letter)))

    def takes_out(self, start: int, end: int) -> None:
        self.done.append(self.clara.splice(INTERESTS, Splice(start, end, "")))

    @property
    def deeds(self) -> Deeds:
        return deeds(self.clara, self.done, self.clara.changes_since)


def test_words_are_shown_as_they_stand() -> None:
    two = Two("I like goats")
    two.writes(2, "really ")
    two.writes(0, "My title", TITLE)
    assert two.deeds == Deeds((Words(INTERESTS, "really "), Words(TITLE, "My title")))


def test_words_are_cut_where_others_wrote_between_them() -> None:
    two = Two()
    two.writes(0, "I like goats")
    between = two.clara.changes_since()
    heidi = Contract.open(between, HEIDI)
    heidi.splice(INTERESTS, Splice(2, 2, "never "))
    seen = deeds(heidi, two.done, heidi.changes_since)
    assert [words.text for words in seen.written] == ["I ", "like goats"]


def test_what_was_written_and_is_gone_again_is_shown_too() -> None:
    two = Two()
    two.writes(0, "no yes")
    two.takes_out(0, 3)
    assert two.deeds == Deeds((Words(INTERESTS, "yes"),), (Words(INTERESTS, "no "),))


def test_what_was_taken_out_of_others_words_is_shown() -> None:
    two = Two("I like goats")
    two.takes_out(2, 7)
    two.takes_out(0, 1)
    assert two.deeds.written == two.deeds.gone == ()
    assert [words.text for words in two.deeds.taken] == ["I", "like "]


def test_a_choice_is_shown_and_what_is_no_words_is_said_to_be_there() -> None:
    two = Two()
    raw = two.clara.choose_structure(StructureChoice.STEPS, turn_at=7)
    assert raw is not None
    two.done.append(raw)
    assert two.deeds == Deeds(chosen=("steps",))
    document = CrdtDocument(CLARA)
    document.apply(two.clara.changes_since())
    odd = document.transact(lambda writer: writer.put(None, "unheard of", "x"))
    assert odd is not None
    assert deeds(two.clara, [odd.raw], list) == Deeds(more=True)


def test_nothing_else_is_read_where_nothing_was_taken_out() -> None:
    two = Two()
    two.writes(0, "words", SUPPORTS)

    def nobody() -> list[bytes]:
        raise AssertionError("all changes are only for the words of others")

    assert deeds(two.clara, two.done, nobody).written == (Words(SUPPORTS, "words"),)


def test_what_its_author_covered_is_not_shown_here_either() -> None:
    maya, _ = two()
    before = maya.heads
    for at, letter in enumerate("call 0151\n23 soon"):
        maya.splice(INTERESTS, Splice(at, at, letter))
    raws = maya.changes_since(before)
    maya.cover(INTERESTS, maya.text(INTERESTS).ids[5:12], "a", MAYA.id)
    shown = deeds(maya, raws, maya.changes_since)
    assert [words.text for words in shown.written] == ["call  soon"]
    assert [words.text for words in shown.gone] == ["▒▒▒▒\n▒▒"]
