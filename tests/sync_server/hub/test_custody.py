"""What is believed about who wrote what, and how that is kept and passed on."""

from dataclasses import replace

import pytest

from sync_server.access.devices import DeviceProof, accept, invite_device
from sync_server.access.errors import AccessError, Foreign, Forged, Malformed, ProofError, Used
from sync_server.access.keys import SigningKey
from sync_server.access.proof import Role
from sync_server.access.voucher import MOST_VOUCHERS, vouch
from sync_server.hub.custody import MOST_COMPUTERS, Custody
from sync_server.hub.records import CLAIM, CONTESTED, REVOCATIONS, SEAL, VOUCHER
from sync_server.protocol.chunk import Change
from sync_server.protocol.graph import Graph
from sync_server.protocol.ids import Actor
from tests.sync_server.hub.company import (
    CONTRACT,
    CONTRACT_KEY,
    EXPIRES,
    Person,
    company,
    key,
    observer,
    revocation,
)
from tests.sync_server.hub.sealed import author, last_seals, written

HEIDI, CLARA, PETER = COMPANY = company()
HISTORY = written(30)


def custody(*believed: Person, past: tuple[Change, ...] = HISTORY) -> Custody:
    graph = Graph()
    graph.add(past)
    made = Custody(CONTRACT, graph)
    for person in believed:
        made.learn(person.device, person.proof)
    return made


def test_a_proof_is_kept_once() -> None:
    made = custody()
    [record] = made.take_proof(HEIDI.proof.text)
    assert (record.kind, record.name) == (CLAIM, b"Heidi")
    assert made.take_proof(HEIDI.proof.text) == []
    assert made.learn(HEIDI.device, HEIDI.proof) == []
    assert list(made.pages()) == [((HEIDI.proof.text,), (), ())]


def test_a_seat_has_so_many_computers_and_no_more() -> None:
    made = custody(HEIDI)
    laptops = [_laptop(HEIDI, number) for number in range(MOST_COMPUTERS)]
    for proof in laptops[:-1]:
        assert made.take_proof(proof.text)
    with pytest.raises(AccessError, match="too many computers"):
        made.take_proof(laptops[-1].text)
    assert made.take_proof(laptops[0].text) == [], "what is known stays so"
    assert made.take_proof(_laptop(CLARA, 1).text)


def _laptop(person: Person, number: int) -> DeviceProof:
    """The proof of a further computer of somebody."""
    name = f"{person.name}-{number}"
    invited = invite_device(
        person.key,
        person.proof.proof,
        key=key(f"for {name}"),
        jti=name,
        expires=EXPIRES,
        relays=(),
    )
    return accept(invited, key(name))


def test_the_second_claim_to_a_seat_is_refused_and_seen() -> None:
    made = custody(HEIDI)
    eve = Person("Eve", Role.STUDENT, invitation="Heidi")
    for _ in range(2):
        with pytest.raises(Used):
            made.take_proof(eve.proof.text)
    [record] = made.contests.take_fresh()
    assert (record.kind, record.name) == (CONTESTED, b"Heidi")
    assert made.contests.latest == [{"invitation": "Heidi", "name": "Eve", "role": "student"}]
    assert made.contests.take_fresh() == []
    assert list(made.pages()) == [((HEIDI.proof.text,), (), ())]


@pytest.mark.parametrize("text", ["", "~", "a~b", "a~b~c~d", "a~b~c"])
def test_what_is_no_proof_is_not_believed(text: str) -> None:
    with pytest.raises(Malformed):
        custody().take_proof(text)


def test_a_proof_of_another_contract_is_not_believed() -> None:
    stranger = Person("Eve", Role.TEACHER, contract_key=key("another contract"))
    with pytest.raises(Foreign):
        custody().take_proof(stranger.proof.text)


def test_a_claim_behind_another_certificate_is_not_believed() -> None:
    mixed = DeviceProof(type(HEIDI.proof.proof)(HEIDI.proof.proof.certificate, _claim(CLARA)))
    with pytest.raises(ProofError):
        custody().take_proof(mixed.text)


def _claim(person: Person) -> str:
    return person.proof.proof.claim


def test_a_seal_of_a_change_that_is_here_is_kept_and_replaces_the_older_one() -> None:
    made = custody(*COMPANY)
    mine = [change for change in HISTORY if HEIDI.wrote(change)]
    older, newer = HEIDI.seal(mine[2]), HEIDI.seal(mine[5])
    [record] = made.take_seal(older)
    assert (record.kind, record.name, record.data) == (SEAL, mine[2].actor, older)
    [record] = made.take_seal(newer)
    assert (record.name, record.data) == (mine[2].actor, newer)
    assert made.take_seal(older) == []
    assert made.take_seal(newer) == []
    assert [page.seals for page in made.pages()] == [(newer,)]


def test_a_seal_of_a_change_to_come_is_kept_when_that_comes() -> None:
    made = custody(*COMPANY, past=HISTORY[:-1])
    data = author(HISTORY[-1], COMPANY).seal(HISTORY[-1])
    assert made.take_seal(data) == []
    assert made.take_fresh() == [HISTORY[-1].hash]
    assert made.take_fresh() == []
    assert made.covers(HISTORY[-1])
    assert not made.covers(HISTORY[-2])
    made._graph.add(HISTORY[-1:])
    header = made._graph.header(len(HISTORY) - 1)
    [record] = made.entered(header)
    assert record.data == data
    assert made.entered(header) == []


def test_a_seal_over_the_work_of_another_is_worth_nothing() -> None:
    """The same bytes, signed by another's device, or naming the other's actor."""
    made = custody(*COMPANY, past=())
    theirs = next(change for change in HISTORY if CLARA.wrote(change))
    forged = CLARA.seal(theirs)[:-1] + b"\x00"
    with pytest.raises(Malformed):
        made.take_seal(forged)
    renamed = replace(theirs, actor=HEIDI.actor())
    made.take_seal(HEIDI.seal(renamed))
    assert not made.covers(theirs)
    made._graph.add(HISTORY)
    position = made._graph.positions[theirs.hash]
    assert made.entered(made._graph.header(position)) == []


def test_a_seal_needs_a_proof_of_somebody_who_writes() -> None:
    otto, made = observer(), custody(HEIDI)
    sealed = replace(HISTORY[0], actor=otto.actor())
    for data in (CLARA.seal(HISTORY[7]), otto.seal(sealed)):
        with pytest.raises(Foreign):
            made.take_seal(data)
    made.learn(otto.device, otto.proof)
    with pytest.raises(Foreign):
        made.take_seal(otto.seal(sealed))


def test_the_list_with_the_larger_number_counts() -> None:
    made = custody(*COMPANY)
    first, second = revocation(1, HEIDI), revocation(2, CLARA)
    [record] = made.take_revocations(second)
    assert (record.kind, record.name) == (REVOCATIONS, b"")
    assert made.take_revocations(first) == []
    assert made.take_revocations(second) == []
    assert made.is_revoked(CLARA.device)
    assert not made.is_revoked(HEIDI.device)
    assert made.revoking == second
    with pytest.raises((Forged, Malformed)):
        made.take_revocations(second[:-2] + "AA")


def test_everything_is_there_again_after_a_restart() -> None:
    made = custody(past=HISTORY)
    kept = [record for person in COMPANY for record in made.take_proof(person.proof.text)]
    kept += [record for data in last_seals(HISTORY, COMPANY) for record in made.take_seal(data)]
    kept += made.take_revocations(revocation(3, PETER))
    kept += made.take_voucher(vouched(HISTORY[-1]))
    again = custody(past=HISTORY)
    again.restore(sorted(kept, key=lambda record: (record.kind, record.name)))
    assert said(again) == said(made)
    assert again.is_revoked(PETER.device)
    assert len(again) == len(made) == 8


def said(made: Custody) -> tuple[list[str], list[bytes], list[str]]:
    [(proofs, seals, vouchers)] = made.pages()
    return sorted(proofs), sorted(seals), sorted(vouchers)


def test_what_is_damaged_on_the_disk_is_passed_over() -> None:
    made = custody(past=HISTORY)
    kept = made.take_proof(HEIDI.proof.text) + made.take_proof(CLARA.proof.text)
    damaged = [type(kept[0])(CONTRACT, kind, b"x", b"\xff\x00") for kind in (CLAIM, SEAL, VOUCHER)]
    again = custody(past=HISTORY)
    again.restore([*damaged, kept[1]])
    assert list(again.pages()) == [((CLARA.proof.text,), (), ())]


# Vouchers


def vouched(change: Change, by: SigningKey = CONTRACT_KEY) -> str:
    return vouch(by, change.actor, change.hash)


def test_what_the_contracts_key_vouches_for_is_covered_whoever_wrote_it() -> None:
    made = custody(past=())
    for change in HISTORY[-2:]:
        assert made.take_voucher(vouched(change)) == []
        assert made.covers(change)
    assert made.take_fresh() == [change.hash for change in HISTORY[-2:]]
    assert not made.covers(HISTORY[0])


def test_a_voucher_is_kept_as_soon_as_its_change_is_here_and_replaces_the_older_one() -> None:
    made = custody(past=HISTORY[:-1])
    mine = [change for change in HISTORY if change.actor == HISTORY[-1].actor]
    older, newer = vouched(mine[0]), vouched(mine[-1])
    [record] = made.take_voucher(older)
    assert (record.kind, record.name, record.data) == (VOUCHER, mine[0].actor, older.encode())
    assert made.take_voucher(newer) == []
    assert made.take_voucher(newer) == []
    made._graph.add(HISTORY[-1:])
    [record] = made.entered(made._graph.header(len(HISTORY) - 1))
    assert record.data == newer.encode()
    assert made.take_voucher(older) == []
    assert [page.vouchers for page in made.pages()] == [(newer,)]


def test_a_seal_and_a_voucher_for_one_change_are_both_kept() -> None:
    made = custody(*COMPANY, past=HISTORY[:-1])
    made.take_seal(author(HISTORY[-1], COMPANY).seal(HISTORY[-1]))
    made.take_voucher(vouched(HISTORY[-1]))
    made._graph.add(HISTORY[-1:])
    kept = made.entered(made._graph.header(len(HISTORY) - 1))
    assert [record.kind for record in kept] == [SEAL, VOUCHER]


def test_a_voucher_by_any_other_key_is_worth_nothing() -> None:
    made = custody(*COMPANY, past=())
    for other in (HEIDI.key, key("another contract")):
        with pytest.raises(Foreign):
            made.take_voucher(vouched(HISTORY[-1], other))
    token = vouched(HISTORY[-1])
    with pytest.raises((Forged, Malformed)):
        made.take_voucher(token[:-2] + "AA")
    with pytest.raises((Forged, Malformed)):
        made.take_voucher(token[:-20])
    assert not made.covers(HISTORY[-1])


def test_a_voucher_that_names_another_actor_covers_nothing() -> None:
    made = custody(*COMPANY, past=())
    change = HISTORY[-1]
    made.take_voucher(vouch(CONTRACT_KEY, HEIDI.actor(), change.hash))
    assert not made.covers(change)
    made._graph.add(HISTORY)
    assert made.entered(made._graph.header(len(HISTORY) - 1)) == []


def test_vouchers_are_kept_for_so_many_and_no_more() -> None:
    made = custody(past=())
    strangers = [replace(HISTORY[0], actor=Actor(n.to_bytes(16))) for n in range(MOST_VOUCHERS + 1)]
    for change in strangers:
        made.take_voucher(vouched(change))
    assert not made.covers(strangers[0]), "the earliest of those whose change never came"
    assert made.covers(strangers[-1])
    assert len(made._vouchers._early) == MOST_VOUCHERS
