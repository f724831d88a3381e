// An automerge-repo program driven by a test: one JSON command a line on standard input, one JSON answer a line on
// standard output. Ephemeral messages come in between, as {"event": "ephemeral", …}.
import { createInterface } from "node:readline"
import { Repo, parseAutomergeUrl } from "@automerge/automerge-repo"
import * as A from "@automerge/automerge"
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket"

const repo = new Repo({ network: [], peerId: `peer-of-a-test-${process.pid}` })
const handles = new Map()
let adapter

const say = (message) => process.stdout.write(JSON.stringify(message) + "\n")
const at = (value, path) => path.reduce((inside, key) => inside?.[key], value)
const plain = (value) => (value === undefined ? null : JSON.parse(JSON.stringify(value)))

async function opened(url) {
  if (!handles.has(url)) {
    const handle = await repo.find(url, { signal: AbortSignal.timeout(20_000) })
    await handle.whenReady()
    remember(handle, url)
  }
  return handles.get(url)
}

// What nobody has yet may come: only `find` gives up on it.
async function awaited(url) {
  if (!handles.has(url)) await opened(url).catch(() => commands.ready({ url }))
  return handles.get(url)
}

function remember(handle, url) {
  handles.set(url, handle)
  handle.on("ephemeral-message", ({ message }) => say({ event: "ephemeral", url, message }))
  return handle
}

function until(handle, holds) {
  return new Promise((resolve) => {
    const look = () => {
      const doc = handle.doc()
      if (!holds(doc)) return
      handle.off("change", look)
      resolve(doc)
    }
    handle.on("change", look)
    look()
  })
}

const commands = {
  connect({ url }) {
    adapter = new WebSocketClientAdapter(url, 200)
    const connected = new Promise((resolve) => repo.networkSubsystem.once("peer", resolve))
    repo.networkSubsystem.addNetworkAdapter(adapter)
    return connected.then(() => null)
  },
  create({ value }) {
    const handle = repo.create(value)
    return remember(handle, handle.url).url
  },
  async find({ url }) {
    await opened(url)
    return null
  },
  async ready({ url }) {
    const handle = repo.handles[parseAutomergeUrl(url).documentId]
    await handle.whenReady(["ready"])
    remember(handle, url)
    return null
  },
  async read({ url, path }) {
    return plain(at((await opened(url)).doc(), path))
  },
  async until({ url, path, value, contains }) {
    const holds = (doc) => {
      const found = at(doc, path)
      return contains === undefined ? found === value : String(found).includes(contains)
    }
    return plain(at(await until(await awaited(url), holds), path))
  },
  async splice({ url, path, start, remove, insert }) {
    const handle = await opened(url)
    handle.change((doc) => A.splice(doc, path, start, remove, insert))
    return null
  },
  async put({ url, path, value }) {
    const handle = await opened(url)
    handle.change((doc) => {
      at(doc, path.slice(0, -1))[path.at(-1)] = value
    })
    return null
  },
  async broadcast({ url, message }) {
    const handle = await opened(url)
    handle.broadcast(message)
    return null
  },
  async heads({ url }) {
    return A.getHeads((await opened(url)).doc())
  },
}

const lines = createInterface({ input: process.stdin })
lines.on("line", async (line) => {
  const { id, command, ...rest } = JSON.parse(line)
  try {
    say({ id, answer: await commands[command](rest) })
  } catch (error) {
    say({ id, error: String(error?.stack ?? error) })
  }
})
lines.on("close", () => process.exit(0))
say({ event: "ready" })
