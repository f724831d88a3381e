// Opens a contract's file as any Automerge program does, says as JSON what its sections hold, writes into the interests
// and saves it all to another file.
//
//     node file.mjs FILE OTHER TEXT
import { readFileSync, writeFileSync } from "node:fs"
import * as A from "@automerge/automerge"

const [from, to, text] = process.argv.slice(2)
let doc = A.load(new Uint8Array(readFileSync(from)))
const sections = Object.entries(doc.sections).map(([name, section]) => [name, section.body])
doc = A.change(doc, (d) => A.splice(d, ["sections", "interests", "body"], 0, 0, text))
writeFileSync(to, A.save(doc))
console.log(JSON.stringify(Object.fromEntries(sections)))
