// A seat in a learning contract, for programs that are not contract-tui: read an invitation, take the seat with a key
// made here, show a relay who is asking, and seal what was written. Only node:crypto is needed for it.
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign } from "node:crypto"
import { cbor, interpretAsDocumentId } from "@automerge/automerge-repo"

const ROLES = ["student", "teacher", "parent", "observer"]
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest()
const base64url = (octets) => Buffer.from(octets).toString("base64url")

/** An Ed25519 key from 32 random bytes (RFC 8410 says what stands before them). */
export class Key {
  constructor(seed = randomBytes(32)) {
    this.seed = Buffer.from(seed)
    const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), this.seed])
    this.private = createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    this.public = Buffer.from(createPublicKey(this.private).export({ format: "jwk" }).x, "base64url")
  }

  sign(message) {
    return sign(null, message, this.private)
  }

  /** The eight bytes with which every actor of this computer begins. */
  get prefix() {
    return sha256(this.public).subarray(0, 8)
  }

  /** A new actor, as each start of the program needs one. */
  newActor() {
    return Buffer.concat([this.prefix, randomBytes(8)]).toString("hex")
  }
}

/** The contract's id is the start of the hash of its key, as a UUID of version 4. */
function contractOf(publicKey) {
  const id = Buffer.from(sha256(publicKey).subarray(0, 16))
  id[6] = (id[6] & 0x0f) | 0x40
  id[8] = (id[8] & 0x3f) | 0x80
  return { id, text: interpretAsDocumentId(id) }
}

const jwk = (publicKey) => ({ crv: "Ed25519", kty: "OKP", x: base64url(publicKey) })

/** Compact JSON in ASCII: a certificate is written again from its fields, and has to come out to the letter. */
function json(value) {
  const escaped = (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped)
}

const token = (header, payload, signature) => `${base64url(json(header))}.${base64url(json(payload))}.${base64url(signature)}`

function signed(kind, payload, key) {
  const header = { alg: "EdDSA", typ: `lc-${kind}+jwt` }
  return token(header, payload, key.sign(`${base64url(json(header))}.${base64url(json(payload))}`))
}

/** What a link says: the certificate, the one-time key with which it is claimed, and the relays. */
export function readInvitation(link) {
  const text = link.replace(/\s+/g, "")
  if (!text.startsWith("learning-contract:")) throw new Error("this is not an invitation")
  const packed = Buffer.from(text.slice("learning-contract:".length), "base64url")
  const body = packed.subarray(0, -4)
  const check = sha256("learning-contract:", body).subarray(0, 4)
  if (!check.equals(packed.subarray(-4))) throw new Error("this invitation is damaged: copy the whole link again")
  const [form, seed, relays, certificate, further] = cbor.decode(body)
  if (form !== 2) throw new Error("this invitation is of another version")
  if (further) throw new Error("this program takes a seat; it does not join a person's other computers")
  const [publicKey, signature, role, name, jti, expires, replaces] = certificate
  const key = new Key(seed)
  const contract = contractOf(publicKey)
  const payload = {
    cnf: { jwk: jwk(key.public) },
    exp: expires,
    iss: contract.text,
    jti: typeof jti === "string" ? jti : base64url(jti),
    name,
    role: ROLES[role],
    ...(replaces && { replaces: Buffer.from(replaces).toString("hex") }),
  }
  const header = { alg: "EdDSA", jwk: jwk(publicKey), kid: contract.text, typ: "lc-certificate+jwt" }
  return { contract, key, relays, role: ROLES[role], name, jti: payload.jti, certificate: token(header, payload, signature) }
}

/** One person's place in one contract, on this computer. */
export class Seat {
  constructor(key, contract, role, name, proof) {
    Object.assign(this, { key, contract, role, name, proof })
  }

  /** Take the seat that an invitation offers, with a key that is made here and stays here. */
  static take(invitation) {
    const { contract, certificate, jti, role, name } = invitation
    const key = new Key()
    const possession = key.sign(Buffer.concat([Buffer.from("learning-contract claim 1\0"), sha256(certificate)]))
    const payload = { cnf: { jwk: jwk(key.public) }, iss: contract.text, jti, pop: base64url(possession) }
    const claim = signed("claim", payload, invitation.key)
    return new Seat(key, contract, role, name, `${certificate}~${claim}`)
  }

  static from(kept) {
    const { seed, contract, role, name, proof } = JSON.parse(kept)
    const id = Buffer.from(contract, "hex")
    return new Seat(new Key(Buffer.from(seed, "hex")), { id, text: interpretAsDocumentId(id) }, role, name, proof)
  }

  /** What has to be kept, where nobody else can read it. */
  toString() {
    const { key, contract, role, name, proof } = this
    return JSON.stringify({ seed: key.seed.toString("hex"), contract: contract.id.toString("hex"), role, name, proof })
  }

  /** A credential for the `access` parameter: for this relay alone, and good until it expires. */
  credential(relay, seconds = 3600) {
    const url = new URL(relay)
    const port = url.port || (url.protocol === "wss:" ? "443" : "80")
    const now = Math.floor(Date.now() / 1000)
    const payload = {
      aud: `${url.protocol}//${url.hostname}:${port}`,
      exp: now + seconds,
      iat: now,
      iss: this.contract.text,
      jti: base64url(randomBytes(12)),
      proof: this.proof,
    }
    return signed("credential", payload, this.key)
  }

  /** This computer's word that a change of its own, and all that the same actor did before, is its own. */
  seal(actor, change) {
    const named = Buffer.concat([Buffer.from(actor, "hex"), Buffer.from(change, "hex")])
    const message = Buffer.concat([Buffer.from("learning-contract seal 1\0"), this.contract.id, named])
    return Uint8Array.from(Buffer.concat([named, this.key.public, this.key.sign(message)]))
  }
}
