// Takes a seat in a learning contract on a closed relay, and writes one sentence into its interests.
//
//   node join.mjs INVITATION "I like maps."                      a link
//   node join.mjs ABC-DEF-GHJ "I like maps." --relay URL         a short code, read aloud
//   node join.mjs --key FILE "And charts."                       again, with the seat that was taken
//
// Options: --relay URL, --key FILE (default: seat.json; it holds the private key, and is for you alone).
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import * as A from "@automerge/automerge"
import { Repo } from "@automerge/automerge-repo"
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket"
import { Seat, readInvitation } from "./seat.mjs"

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { relay: { type: "string" }, key: { type: "string", default: "seat.json" } },
})
const sentence = positionals.at(-1)

/** The link that a relay keeps under a short code; it gives it out once. */
async function redeemed(code, relay) {
  const url = new URL(`/code/${code.replace(/[\s-]/g, "")}`, relay.replace(/^ws/, "http"))
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(await answer.text())
  return answer.text()
}

/** The seat that was taken before, or the one that the invitation offers: its key is kept before anybody sees it. */
async function mySeat() {
  if (positionals.length === 1) {
    const { relay, ...kept } = JSON.parse(readFileSync(values.key, "utf8"))
    return { seat: Seat.from(JSON.stringify(kept)), relay: values.relay ?? relay }
  }
  if (existsSync(values.key)) throw new Error(`${values.key} holds a seat already: choose another file with --key`)
  const [first] = positionals
  const link = first.startsWith("learning-contract:") ? first : await redeemed(first, values.relay)
  const invitation = readInvitation(link)
  const seat = Seat.take(invitation)
  const relay = values.relay ?? invitation.relays[0]
  writeFileSync(values.key, JSON.stringify({ ...JSON.parse(seat.toString()), relay }), { mode: 0o600, flag: "wx" })
  return { seat, relay }
}

/** Resolves when the relay has said that it has a change: it says so once the change is on its disk. */
function stored(adapter, change) {
  return new Promise((resolve) => {
    adapter.on("message", ({ type, data }) => {
      if (type === "sync" && A.decodeSyncMessage(data).heads.includes(change)) resolve()
    })
  })
}

const { seat, relay } = await mySeat()
const adapter = new WebSocketClientAdapter(`${relay}/?access=${seat.credential(relay)}`)
const repo = new Repo({ network: [adapter] })
const handle = await repo.find(`automerge:${seat.contract.text}`, { signal: AbortSignal.timeout(20_000) })

// Everybody reads off an actor's first bytes whose computer wrote, so ours has to begin with our own.
const actor = seat.key.newActor()
handle.update((doc) => A.clone(doc, { actor }))
handle.change((doc) => {
  const prefix = seat.key.prefix.toString("hex")
  if (!doc.seats[prefix]) {
    const entry = { role: seat.role, name: seat.name, proof: seat.proof }
    doc.seats[prefix] = Object.fromEntries(Object.entries(entry).map(([k, v]) => [k, new A.ImmutableString(v)]))
  }
  const interests = ["sections", "interests", "body"]
  A.splice(doc, interests, doc.sections.interests.body.length, 0, sentence)
})
const change = A.decodeChange(A.getLastLocalChange(handle.doc())).hash

// From us the relay takes our words as they are. Under our seal it also takes them from whoever brings them later.
adapter.send({
  type: "custody",
  senderId: repo.peerId,
  targetId: adapter.remotePeerId,
  documentId: seat.contract.text,
  proofs: [seat.proof],
  seals: [seat.seal(actor, change)],
})
await stored(adapter, change)
console.log(JSON.stringify({ name: seat.name, role: seat.role, actor, change }))
process.exit(0)
