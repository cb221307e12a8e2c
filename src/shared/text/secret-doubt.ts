import { withoutInvisible } from './invisible'

/**
 * What is doubtful about a password and cannot be seen, because it was copied with it: each try with it counts. It may be
 * meant, so it is left as it is. `what` begins the sentence.
 */
export function secretDoubt(secret: string, what: string): string | undefined {
  if (withoutInvisible(secret) !== secret) return `${what} contains invisible characters`
  if (secret.trim() === secret || secret.trim() === '') return undefined
  return /^\s/.test(secret)
    ? `${what} begins ${/\s$/.test(secret) ? 'and ends ' : ''}with a blank`
    : `${what} ends with a blank`
}
