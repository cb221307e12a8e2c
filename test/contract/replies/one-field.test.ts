import { describe, expect, test } from 'vitest'
import { FleetError } from '@shared/ipc/result'
import { administration } from '../../coverage/administration'
import type { JsonSchema } from '../facts/facts'
import { committedFacts } from '../reference'
import { conformingReply } from './conforming'
import { lostValues } from './leaves'
import { mutationsOf, type Mutation } from './mutations'
import { readers, type Reader } from './readers'
import { OneReply } from './transport'

/** The JSON of a successful reply; undefined where the facts have none. */
function replyOf(operation: string): JsonSchema | undefined {
  const answers = committedFacts.operations[operation]?.answers ?? {}
  const success = Object.keys(answers).find((status) => status.startsWith('2')) ?? ''
  return answers[success]?.['application/json']
}

/** A reply of each kind: a sign-in has two. */
const repliesOf = (operation: string): readonly unknown[] => {
  const schema = replyOf(operation) ?? {}
  return (schema.oneOf ?? [schema]).map(conformingReply)
}

/** The new token is read by its own operation, when it is shown. */
const unread: readonly string[] = ['POST /sbc/token', 'POST /im/token']

const withoutRows = (path: Mutation['path']): string => path.filter((part) => typeof part === 'string').join('.')
const shown = ({ path, what, reply }: Mutation): string => {
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], reply)
  return `${path.join('.')} ${what === 'other type' ? `= ${JSON.stringify(value)}` : what}`
}

/** What is wrong with the way in which a reply with one mutated field is read; empty if nothing is. */
async function problemOf(reader: Reader, body: unknown, baseline: unknown, mutation: Mutation): Promise<string> {
  const { operation, identifiers = [], entries = [], unused = [], used } = reader
  const { path, what } = mutation
  const field = withoutRows(path)
  const isIdentifier = identifiers.includes(field)
  const reply = new OneReply(mutation.reply)
  let result: unknown
  try {
    result = await reader.read(reply, body)
  } catch (error) {
    if (!(error instanceof FleetError)) return `throws ${String(error)}`
    return isIdentifier ? '' : `is refused: ${error.detail.message}`
  }
  const isWholeEntry = entries.includes(field) || (isIdentifier && path.length > 1)
  const isUsed = isIdentifier || (used?.includes(field) ?? !unused.includes(field))
  if (!isUsed && !entries.includes(field)) return ''
  const lost = lostValues(baseline, result, body, isWholeEntry ? path.slice(0, -1) : path)
  if (lost.length > 0) return `loses ${lost.join(', ')}`
  if (what !== 'other type') return ''
  const isReported = reply.unexpected.some((line) => `${operation} ${path.join('.')}`.startsWith(line))
  return isReported ? '' : 'is not reported'
}

describe('a reply with one field that is missing, null or of another type is read without it', () => {
  test.each(readers.map((reader, index) => ({ ...reader, name: `${reader.operation} (${index})` })))(
    '$name',
    async (reader) => {
      const problems: string[] = []
      for (const body of repliesOf(reader.operation)) {
        const conforming = new OneReply(body)
        const baseline = await reader.read(conforming, body)
        expect(conforming.unexpected).toEqual([])
        for (const mutation of mutationsOf(body)) {
          const problem = await problemOf(reader, body, baseline, mutation)
          if (problem !== '') problems.push(`${shown(mutation)} ${problem}`)
        }
      }
      expect(problems).toEqual([])
    },
  )

  test('so it is for every operation whose reply the app reads', () => {
    const read = new Set(readers.map(({ operation }) => operation))
    const signIn = ['GET /auth/user', 'GET /login', 'POST /auth/sign_in', 'POST /auth/refresh_token']
    const missing = [...administration, ...signIn].filter(
      (operation) => replyOf(operation) !== undefined && !read.has(operation) && !unread.includes(operation),
    )
    expect(missing).toEqual([])
    const bodies = readers.flatMap(({ operation }) => repliesOf(operation))
    expect(bodies.flatMap((body) => [...mutationsOf(body)]).length).toBeGreaterThan(3000)
  })
})
