// Opens a whole contract's file as any Automerge program does, says as JSON what it holds of one goal, writes in that
// goal as a JavaScript program does (a splice, and strings assigned), adds a step, and saves it all to another file.
//
//     node whole.mjs FILE OTHER GOAL TEXT STATE
import { readFileSync, writeFileSync } from "node:fs"
import * as A from "@automerge/automerge"

const [from, to, goal, text, state] = process.argv.slice(2)
let doc = A.load(new Uint8Array(readFileSync(from)))
const before = JSON.stringify({
  goal: doc.goals[goal],
  promises: Object.values(doc.promises).map((one) => String(one.what)),
  notes: Object.values(doc.notes).map((one) => String(one.kind)),
})
doc = A.change(doc, (d) => {
  A.splice(d, ["goals", goal, "what"], 0, 0, text)
  d.goals[goal].state = state
  d.goals[goal].steps["js" + Object.keys(d.goals[goal].steps).length] = { what: "😀 one more", done: false, pos: "zz" }
})
writeFileSync(to, A.save(doc))
console.log(before)
