import { ipcRenderer } from 'electron'

/** The first calls of every page, and the events that make their replies outdated. */
const earlyCalls = [
  ['workspace:get', 'workspace:changed'],
  ['settings:get', 'settings:changed'],
] as const

/** Called before the page has its scripts, so that the replies arrive meanwhile. */
const earlyReplies = new Map<string, Promise<unknown>>()
for (const [channel, changed] of earlyCalls) {
  const answer = ipcRenderer.invoke(channel, {})
  // The page that uses the reply gets the error; without one, it is ignored.
  answer.catch(() => undefined)
  earlyReplies.set(channel, answer)
  ipcRenderer.once(changed, () => earlyReplies.delete(channel))
}

/** Calls main. The first call of an early channel uses the early reply, unless it is outdated. */
export function call(channel: string, args: unknown): Promise<unknown> {
  const early = earlyReplies.get(channel)
  earlyReplies.delete(channel)
  return early ?? ipcRenderer.invoke(channel, args)
}
