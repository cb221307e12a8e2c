import { ipcRenderer } from 'electron'

/** What every page asks for first, and the event that makes an answer old. */
const first = [
  ['workspace:get', 'workspace:changed'],
  ['settings:get', 'settings:changed'],
] as const

/** Asked here, before the page has its scripts: the answers come while these are loaded. */
const asked = new Map<string, Promise<unknown>>()
for (const [channel, changed] of first) {
  const answer = ipcRenderer.invoke(channel, {})
  // The page that takes it is told; without one nobody is.
  answer.catch(() => undefined)
  asked.set(channel, answer)
  ipcRenderer.once(changed, () => asked.delete(channel))
}

/** Asks main; the first call of a channel that was asked early takes that answer, unless it is old by then. */
export function call(channel: string, args: unknown): Promise<unknown> {
  const early = asked.get(channel)
  asked.delete(channel)
  return early ?? ipcRenderer.invoke(channel, args)
}
