"""Keys and proofs that tests share; every seed is a name repeated, so that failures read well."""

from sync_server.access.devices import DeviceProof, accept, invite_device
from sync_server.access.invitation import Invitation, invite
from sync_server.access.keys import SigningKey, contract_id
from sync_server.access.proof import Proof, Role, claim

EXPIRES = 2_000_000_000


def key(name: str) -> SigningKey:
    return SigningKey(name.encode().ljust(32, b".")[:32])


CONTRACT_KEY = key("contract")
CONTRACT = contract_id(CONTRACT_KEY.public)


def invitation(
    role: Role = Role.PARENT,
    name: str = "Grandfather",
    relays: tuple[str, ...] = (),
    jti: str = "first",
) -> Invitation:
    return invite(
        CONTRACT_KEY,
        role,
        name,
        key=key("invitation"),
        jti=jti,
        expires=EXPIRES,
        relays=relays,
    )


def proof(seat: str = "seat") -> Proof:
    invited = invitation()
    return Proof(invited.certificate, claim(invited.key, invited.certificate, key(seat)))


def device_invitation(
    seat: str = "seat", relays: tuple[str, ...] = (), expires: int = EXPIRES
) -> Invitation:
    return invite_device(
        key(seat),
        proof(seat),
        key=key("device invitation"),
        jti="laptop",
        expires=expires,
        relays=relays,
    )


def first_device() -> DeviceProof:
    return DeviceProof(proof())


def further_device(device: str = "laptop") -> DeviceProof:
    return accept(device_invitation(), key(device))
