"""Three people with keys and seats, and contracts in their hands."""

from functools import cache

from contract_tui.contract.contract import Contract
from contract_tui.contract.crdt import CrdtDocument
from contract_tui.contract.opening.opening import blank_document
from contract_tui.contract.schema import BODY_TEXTS, INTERESTS
from contract_tui.contract.text.mirror import SharedText
from contract_tui.contract.text.splice import Splice
from sync_server.access.keys import SigningKey, contract_id, new_actor
from sync_server.access.proof import Proof, Role, Seat, claim, issue_certificate, verify_proof
from sync_server.protocol.ids import Actor

CONTRACT_KEY = SigningKey(b"c" * 32)
CONTRACT = contract_id(CONTRACT_KEY.public)
BODY = BODY_TEXTS[INTERESTS]
BEGINNING = 1_700_000_000
"""14 November 2023, 22:13:20 UTC."""


def key_of(name: str) -> SigningKey:
    """The private key of a person; the same name has the same one each time."""
    return SigningKey(name.encode().ljust(32, b"."))


@cache
def seat(name: str, role: Role) -> tuple[Seat, Proof]:
    """A proven seat; the same name has the same key each time."""
    invitation, device = SigningKey(b"i" * 32), key_of(name)
    jti, expires = name.replace(" ", "-"), BEGINNING + 86_400
    certificate = issue_certificate(CONTRACT_KEY, role, name, invitation.public, jti, expires)
    proof = Proof(certificate, claim(invitation, certificate, device))
    return verify_proof(proof, CONTRACT), proof


MAYA, MAYA_PROOF = seat("Maya", Role.STUDENT)
OKAFOR, OKAFOR_PROOF = seat("Ms Okafor", Role.TEACHER)


def actor_of(person: Seat, start: int = 0) -> Actor:
    """The actor of a person at one start of the program."""
    return new_actor(person.key, bytes([start]) * 8)


def actor(letter: str) -> Actor:
    """An actor that belongs to nobody known."""
    return Actor(letter.encode() * 16)


def new_contract(title: str = "Maya's contract") -> Contract:
    """A contract that Maya has just made and taken her seat in."""
    contract = Contract.create(actor_of(MAYA), CONTRACT_KEY.public.text, title, BEGINNING)
    contract.add_seat(MAYA, MAYA_PROOF)
    return contract


def copy(contract: Contract, person: Actor) -> Contract:
    """The contract as it arrives at another computer."""
    return Contract.open(contract.changes_since(), person, CONTRACT)


def exchange(*contracts: Contract) -> None:
    """Bring everything to everybody."""
    everything = [raw for contract in contracts for raw in contract.changes_since()]
    for contract in contracts:
        known = set(contract.changes_since())
        contract.apply([raw for raw in dict.fromkeys(everything) if raw not in known])


def document_with(text: str, letter: str = "a") -> CrdtDocument:
    """A document in which somebody wrote a text under interests."""
    document = blank_document(actor(letter))
    if text:
        document.transact(lambda writer: writer.splice(BODY, Splice(0, 0, text)))
    return document


def fully_read(document: CrdtDocument, text: SharedText) -> tuple[str, list[object]]:
    """What the document says that a mirror should hold."""
    elements = document.elements(text.object)
    written = "".join(element.text for element in elements)
    return written, [element.id for element in elements for _ in element.text]
