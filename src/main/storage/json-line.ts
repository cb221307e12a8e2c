/** The value of a line of JSON; undefined if it is none, such as one that a killed app left incomplete. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
