// Writes at an earlier version of a document, as `changeAt` does, and says as JSON what becomes of it: the changes of
// the document without the new one, the new one, and what it says where only its own past is known, and where all is.
//
//     node earlier.mjs KIND
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

const [later, earlier] = kinds[process.argv[2]]
let doc = A.change(A.init({ actor: actor("a") }), (d) => { d.text = "hello" })
const past = A.getAllChanges(doc)
const heads = A.getHeads(doc)
doc = A.change(doc, later)
const before = A.getAllChanges(doc)
doc = A.changeAt(doc, heads, earlier).newDoc
const raw = A.getAllChanges(doc).at(-1)

function taken(known) {
  try {
    const [doc] = A.applyChanges(A.init({ actor: actor("c") }), known)
    return A.applyChanges(doc, [raw])[0].text
  } catch (error) {
    return `failed: ${error.message}`
  }
}

const hex = (bytes) => Buffer.from(bytes).toString("hex")
console.log(JSON.stringify({ before: before.map(hex), change: hex(raw), alone: taken(past), together: taken(before) }))
