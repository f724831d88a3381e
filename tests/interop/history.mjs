// Writes what three JavaScript programs do to one document in all the ways that Automerge knows, as one change a line
// in hexadecimal. tests/sync_server/protocol/javascript_history.hex is what `history.mjs 3 120` said with automerge 3.5.0.
//
//     node history.mjs SEED STEPS
import * as A from "@automerge/automerge"

let state = Number(process.argv[2] ?? 1)
const steps = Number(process.argv[3] ?? 150)

// A generator of our own (mulberry32), so that the same seed makes the same history everywhere.
function chance(below) {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
}

const words = ["a", "é", "😀", "three words here", "\n", "👩‍👩‍👧", " "]
const word = () => words[chance(words.length)]

const edits = {
  type: (d) => A.splice(d, ["text"], chance(d.text.length + 1), 0, word()),
  typeOn: (d) => A.splice(d, ["text"], d.text.length, 0, word()),
  erase: (d) => d.text.length && A.splice(d, ["text"], chance(d.text.length), 1 + chance(4)),
  replace: (d) => A.splice(d, ["text"], 0, chance(6), word() + word()),
  assign: (d) => { d.note = word() + chance(9) },
  updateText: (d) => A.updateText(d, ["note"], word() + d.note.slice(0, 20)),
  push: (d) => { d.list.push(chance(99), { deep: [chance(9), word()] }, word()) },
  insertAt: (d) => A.insertAt(d.list, chance(d.list.length + 1), null, true, 1.5),
  deleteAt: (d) => d.list.length && A.deleteAt(d.list, chance(d.list.length)),
  put: (d) => { if (d.list.length) d.list[chance(d.list.length)] = [word(), { a: word() }] },
  map: (d) => { d.map["k" + chance(4)] = { at: new Date(1764000000000 + chance(9)), n: -chance(9) } },
  unmap: (d) => { delete d.map["k" + chance(4)] },
  scalar: (d) => { d.map["s" + chance(3)] = [true, null, 2 ** 40, 0.1, new Uint8Array([0, 255]), new A.RawString(word())][chance(6)] },
  counter: (d) => { d.map["c" + chance(2)] = new A.Counter(chance(9)) },
  increment: (d) => {
    const found = d.map["c" + chance(2)]
    if (found instanceof A.Counter) found.increment(chance(9) - 4)
  },
  conflict: (d) => { d.map["c" + chance(2)] = word() },
  mark: (d) => span(d, (range) => A.mark(d, ["text"], { ...range, expand: ["both", "none", "before", "after"][chance(4)] }, "m" + chance(2), [true, word(), chance(9)][chance(3)])),
  unmark: (d) => span(d, (range) => A.unmark(d, ["text"], range, "m" + chance(2))),
  block: (d) => d.text.length && A.splitBlock(d, ["text"], chance(d.text.length), { type: word(), parents: [], attrs: {} }),
}

function span(d, use) {
  if (d.text.length < 2) return
  const start = chance(d.text.length - 1)
  use({ start, end: start + 1 + chance(d.text.length - start) })
}

const actor = (digit) => digit.repeat(32)
let clock = 1764000000
const first = { text: "héllo", note: "", list: [], map: {} }
let docs = [A.change(A.init({ actor: actor("a") }), { time: clock++ }, (d) => { Object.assign(d, first) })]
docs.push(A.clone(docs[0], { actor: actor("b") }), A.clone(docs[0], { actor: actor("7") }))
const kinds = Object.keys(edits)

for (let step = 0; step < steps; step++) {
  const who = chance(3)
  const what = chance(10)
  const options = { time: clock++, message: chance(5) ? undefined : word() }
  if (what < 2) {
    docs[who] = A.merge(docs[who], A.clone(docs[(who + 1 + chance(2)) % 3]))
  } else if (what === 2 && !chance(4)) {
    docs[who] = A.emptyChange(docs[who], options)
  } else {
    // Several edits now and then make one change; what cannot be done in a place is left out.
    const some = Array.from({ length: chance(4) ? 1 : 4 }, () => kinds[chance(kinds.length)])
    try {
      docs[who] = A.change(docs[who], options, (d) => some.forEach((kind) => edits[kind](d)))
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TypeError)) process.stderr.write(`${some}: ${error.message}\n`)
    }
  }
}
const all = docs.reduce((one, other) => A.merge(one, A.clone(other)))
for (const raw of A.getAllChanges(all)) process.stdout.write(Buffer.from(raw).toString("hex") + "\n")
