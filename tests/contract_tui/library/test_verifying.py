"""What a contract's file shows by itself, and what nobody can forge in it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from contract_tui.contract.agreement.content import FORMAT
from contract_tui.contract.agreement.values import Answer
from contract_tui.contract.agreement.words import FAULTS, Fault
from contract_tui.contract.contract import Contract
from contract_tui.contract.past.milestones import AGREEMENTS
from contract_tui.contract.schema import INTERESTS, SEATS_MAP
from contract_tui.contract.text.splice import Splice
from contract_tui.library import verifying
from contract_tui.library.carrying import carry
from contract_tui.library.errors import NotAContract
from contract_tui.library.parcels import Parcel
from contract_tui.library.verifying import Verified, verify_file
from sync_server.access.answer import SignedAnswer, sign_answer
from sync_server.access.keys import SigningKey, contract_id
from sync_server.access.proof import Proof, Role, claim, issue_certificate, verify_proof
from sync_server.access.revocation import revoke
from sync_server.access.seal import seal
from sync_server.access.voucher import vouch
from sync_server.protocol.chunk import parse_changes
from sync_server.protocol.ids import ChangeHash
from tests.contract_tui.contract.people import (
    BEGINNING,
    CONTRACT,
    CONTRACT_KEY,
    MAYA,
    MAYA_PROOF,
    OKAFOR,
    actor,
    actor_of,
    key_of,
)
from tests.contract_tui.history.noting import DAY, PAPA, Table, note, put_inside, signed, signed_by

NOW = BEGINNING + 10 * DAY


@pytest.fixture
def table() -> Table:
    """Three people who agree with a contract that says something."""
    table = Table()
    table.write(table.maya, 60, "kites")
    for who in (MAYA, OKAFOR, PAPA):
        table.agree(who, seconds=120)
    return table


def written(contract: Contract, path: Path, *parcels: Parcel) -> Path:
    file = path / "c.automerge"
    changes = parse_changes(contract.changes_since())
    carried = carry(parcels, contract.heads, max(one.max_op for one in changes))
    file.write_bytes(b"".join(one.raw for one in changes) + carried)
    return file


def verified(contract: Contract, path: Path, *parcels: Parcel) -> Verified:
    return verify_file(written(contract, path, *parcels), NOW)


def test_a_sound_file_says_so_and_who_agrees(table: Table, tmp_path: Path) -> None:
    found = verified(table.maya, tmp_path)
    assert found.broken == found.uncounted == ()
    assert found.agreement.all_agree
    assert found.contract == CONTRACT
    assert [one.fault for one in found.answers] == [None] * 3


def test_words_that_have_moved_on_break_nothing(table: Table, tmp_path: Path) -> None:
    table.maya.splice(INTERESTS, Splice(0, 0, "owls and "))
    found = verified(table.maya, tmp_path)
    assert found.broken == ()
    assert not found.agreement.all_agree


def another_seats_key(contract: Contract) -> str:
    return signed_by(key_of("Papa"), contract, BEGINNING)


def unknown_heads(contract: Contract) -> str:
    heads = (ChangeHash(b"?" * 32),)
    said = SignedAnswer(FORMAT, contract.answers.digest, heads, "agree", "", BEGINNING)
    return sign_answer(key_of("Maya"), CONTRACT, said)


def another_digest(contract: Contract) -> str:
    said = SignedAnswer(FORMAT, bytes(32), contract.heads, "agree", "", BEGINNING)
    return sign_answer(key_of("Maya"), CONTRACT, said)


def a_changed_note(contract: Contract) -> str:
    mine = signed_by(key_of("Maya"), contract, BEGINNING, Answer.NOTE, "with Grandma").split(".")
    other = signed_by(key_of("Maya"), contract, BEGINNING, Answer.NOTE, "with Grandpa").split(".")
    return ".".join([mine[0], other[1], mine[2]])


def another_contracts(contract: Contract) -> str:
    said = SignedAnswer(FORMAT, contract.answers.digest, contract.heads, "agree", "", BEGINNING)
    return sign_answer(key_of("Maya"), contract_id(SigningKey(b"e" * 32).public), said)


@pytest.mark.parametrize(
    ("forge", "fault"),
    [
        (another_seats_key, Fault.FORGED),
        (unknown_heads, Fault.NO_SUCH_VERSION),
        (another_digest, Fault.OTHER_WORDS),
        (a_changed_note, Fault.FORGED),
        (another_contracts, Fault.FOREIGN),
    ],
)
def test_a_forged_answer_is_named_and_changes_nobodys(
    table: Table, tmp_path: Path, forge: Callable[[Contract], str], fault: Fault
) -> None:
    forged = {"forged": forge(table.maya)}
    put_inside(table.maya, PAPA, AGREEMENTS, MAYA.id, forged)
    found = verified(table.maya, tmp_path)
    assert found.broken == (FAULTS[fault].format(name="Maya"),)
    assert found.agreement.all_agree, "the answers of before still stand"


def test_an_answer_moved_to_another_seat_is_named(tmp_path: Path) -> None:
    table = Table()
    token = signed(table.maya, MAYA)
    note(table.maya, PAPA, lambda writer: writer.put(AGREEMENTS, PAPA.id, {"a": token}))
    found = verified(table.maya, tmp_path)
    assert found.broken == (FAULTS[Fault.FORGED].format(name="Papa"),)
    assert not any(one.given for one in found.agreement.standings)


def test_a_replayed_answer_is_the_answer_that_it_was(table: Table, tmp_path: Path) -> None:
    old = signed(table.maya, MAYA, 120)
    table.write(table.maya, DAY, " and owls")
    table.agree(MAYA, name="b", seconds=DAY, answer=Answer.NOT_YET)
    put_inside(table.maya, PAPA, AGREEMENTS, MAYA.id, {"c": old})
    found = verified(table.maya, tmp_path)
    mine = found.agreement.of(MAYA.id)
    assert mine is not None
    assert mine.given is not None
    assert mine.given.answer is Answer.NOT_YET
    assert found.broken == ()


def test_a_certificate_of_another_contract_seats_nobody(table: Table, tmp_path: Path) -> None:
    other, proof = _seat(SigningKey(b"e" * 32), "Mallory")
    entry = {"role": "parent", "name": "Mallory", "proof": proof.text}
    note(table.maya, PAPA, lambda writer: writer.put(SEATS_MAP, other, entry))
    token = signed_by(key_of("Mallory"), table.maya, BEGINNING)
    note(table.maya, PAPA, lambda writer: writer.put(AGREEMENTS, other, {"a": token}))
    found = verified(table.maya, tmp_path)
    assert any("the invitation is for another contract" in one for one in found.broken)
    assert len(found.agreement.standings) == 3
    carried = verified(table.maya, tmp_path, Parcel((proof.text,)))
    assert any("goes with the contract is not sound" in one for one in carried.broken)
    assert len(carried.agreement.standings) == 3


def test_a_seat_whose_proof_was_taken_out_is_no_seat(table: Table, tmp_path: Path) -> None:
    put_inside(table.maya, OKAFOR, SEATS_MAP, MAYA.id, {"proof": "gone"})
    found = verified(table.maya, tmp_path)
    assert any("is not proven" in one for one in found.broken)
    again = verified(table.maya, tmp_path, Parcel((MAYA_PROOF.text,)))
    assert again.agreement.of(MAYA.id) is not None, "it goes with the file as well"


def test_everything_signed_anew_under_another_key_is_another_contract(tmp_path: Path) -> None:
    thief = SigningKey(b"t" * 32)
    copied = Contract.create(actor("t"), thief.public.text, "Maya's contract")
    copied.splice(INTERESTS, Splice(0, 0, "kites and homework"))
    for name, role in (("Maya", Role.STUDENT), ("Papa", Role.PARENT)):
        _, proof = _seat(thief, name, role)
        copied.add_seat(verify_proof(proof, contract_id(thief.public)), proof)
    for name, who in (("Maya", MAYA), ("Papa", PAPA)):
        copied.change(copied.answers.note(who.id, name, signed_by(key_of(name), copied, BEGINNING)))
    found = verified(copied, tmp_path)
    assert found.broken == ()
    assert found.agreement.all_agree
    assert found.contract == contract_id(thief.public) != CONTRACT


def test_another_key_alone_makes_all_seats_unproven(table: Table, tmp_path: Path) -> None:
    other = SigningKey(b"t" * 32).public.text
    note(table.maya, PAPA, lambda writer: writer.put(None, "contract", other))
    found = verified(table.maya, tmp_path)
    assert len([one for one in found.broken if "is not proven" in one]) == 3
    assert not found.agreement.standings


def test_what_does_not_say_which_contract_it_is_cannot_be_checked(
    table: Table, tmp_path: Path
) -> None:
    note(table.maya, PAPA, lambda writer: writer.delete(None, "contract"))
    with pytest.raises(NotAContract):
        verified(table.maya, tmp_path)


def test_who_was_taken_out_counts_no_more_and_nothing_is_broken(
    table: Table, tmp_path: Path
) -> None:
    token = revoke(CONTRACT_KEY, 1, [bytes.fromhex(PAPA.id)])
    found = verified(table.maya, tmp_path, Parcel(revocations=token))
    assert found.broken == ()
    assert found.uncounted == (FAULTS[Fault.TAKEN_OUT].format(name="Papa"),)
    assert not found.agreement.all_agree
    forged = revoke(SigningKey(b"t" * 32), 2, [bytes.fromhex(MAYA.id)])
    other = verified(table.maya, tmp_path, Parcel(revocations=forged))
    assert any("list of who was taken out" in one for one in other.broken)
    assert other.agreement.all_agree


def test_an_answer_in_the_future_is_named(table: Table, tmp_path: Path) -> None:
    table.agree(MAYA, name="later", seconds=12 * DAY)
    found = verified(table.maya, tmp_path)
    assert found.broken == (verifying.FUTURE.format(name="Maya"),)


def test_seals_and_vouchers_that_go_with_it_are_checked(table: Table, tmp_path: Path) -> None:
    mine, head = actor_of(MAYA), table.maya.heads[0]
    sealed = seal(key_of("Maya"), CONTRACT, mine, head)
    sound = Parcel(seals=(sealed.to_bytes(),), vouchers=(vouch(CONTRACT_KEY, mine, head),))
    assert verified(table.maya, tmp_path, sound).broken == ()
    moved = replace(sealed, actor=actor_of(MAYA, 9)).to_bytes()
    for parcel in (
        Parcel(seals=(moved,)),
        Parcel(seals=(b"short",)),
        Parcel(vouchers=(vouch(key_of("Papa"), mine, head),)),
    ):
        assert len(verified(table.maya, tmp_path, parcel).broken) == 1


@pytest.mark.parametrize("cut", [1, 100, 400])
def test_a_file_that_was_cut_off_is_named(table: Table, tmp_path: Path, cut: int) -> None:
    file = written(table.maya, tmp_path)
    file.write_bytes(file.read_bytes()[:-cut])
    assert verifying.TORN in verify_file(file, NOW).broken


def test_a_file_of_which_the_middle_is_missing_is_named(table: Table, tmp_path: Path) -> None:
    raws = table.maya.changes_since()
    file = tmp_path / "c.automerge"
    file.write_bytes(b"".join([*raws[:4], *raws[5:]]))
    found = verify_file(file, NOW)
    assert any("lack others" in one for one in found.broken)


def _seat(key: SigningKey, name: str, role: Role = Role.PARENT) -> tuple[str, Proof]:
    """A seat in the contract of a key, by the hex of its prefix."""
    invited, own = SigningKey(b"i" * 32), key_of(name)
    certificate = issue_certificate(key, role, name, invited.public, name, BEGINNING)
    proof = Proof(certificate, claim(invited, certificate, own))
    return verify_proof(proof, contract_id(key.public)).id, proof
