// Writes at an earlier version of a document, as `changeAt` does, and says as JSON what becomes of it, for each kind of
// change: the changes of the document without the new one, the new one, and what it says where only its own past is
// known, and where all is.
//
//     node earlier.mjs
import * as A from "@automerge/automerge"

const actor = (digit) => digit.repeat(32)
const insert = (at, text) => (d) => A.splice(d, ["text"], at, 0, text)
const mark = (d) => A.mark(d, ["text"], { start: 1, end: 3, expand: "none" }, "bold", true)
const kinds = {
  typing: [insert(5, "X"), insert(5, "Y")],
  replacing: [(d) => A.splice(d, ["text"], 1, 3, "new"), (d) => A.splice(d, ["text"], 1, 3, "old")],
  marking: [insert(2, "X"), mark],
  behindLaterMark: [mark, insert(3, "Y")],
}

function taken(known, raw) {
  try {
    const [doc] = A.applyChanges(A.init({ actor: actor("c") }), known)
    return A.applyChanges(doc, [raw])[0].text
  } catch (error) {
    return `failed: ${error.message}`
  }
}

const hex = (bytes) => Buffer.from(bytes).toString("hex")

function written(later, earlier) {
  let doc = A.change(A.init({ actor: actor("a") }), (d) => { d.text = "hello" })
  const past = A.getAllChanges(doc)
  const heads = A.getHeads(doc)
  doc = A.change(doc, later)
  const before = A.getAllChanges(doc)
  doc = A.changeAt(doc, heads, earlier).newDoc
  const raw = A.getAllChanges(doc).at(-1)
  return { before: before.map(hex), change: hex(raw), alone: taken(past, raw), together: taken(before, raw) }
}

console.log(JSON.stringify(Object.fromEntries(Object.entries(kinds).map(([kind, deeds]) => [kind, written(...deeds)]))))
