import { gzipSync } from 'node:zlib'
import { Random } from '@demo/random'
import { conformingReply } from '../contract/replies/conforming'
import { committedFacts } from '../contract/reference'
import type { Variation } from './bomb-bodies'
import { mutatedJson } from './mutated'

/** What the facts say a PBX answers to each operation of `bombed-program.ts`, in its order. */
const operations: readonly string[] = [
  'GET /ip_filters',
  'GET /ip_filters',
  'GET /providers',
  'GET /dealers',
  'GET /providers/{id}/assignees',
  'GET /tenants/{id}',
  'GET /admin/status',
  'POST /auth/sign_in',
  'GET /auth/user',
  'POST /ip_filters',
  'POST /ip_filters/{id}/destroy',
  'GET /ip_filters',
]

/** A refusal, as any operation may have one. */
const refusal = {
  errors: [{ code: 'VALIDATE_FAILED', message: 'cidr is invalid', detail: [{ field: 'cidr', message: 'is invalid' }] }],
}

function bodyOf(operation: string): unknown {
  const answers = Object.entries(committedFacts.operations[operation]?.answers ?? {})
  const schema = answers.find(([status]) => status.startsWith('2'))?.[1]?.['application/json']
  if (schema === undefined) return {}
  return conformingReply(schema.oneOf?.[0] ?? schema)
}
const bodies = operations.map(bodyOf)

const statuses = [200, 200, 200, 200, 200, 201, 204, 400, 401, 403, 404, 409, 429, 500, 502, 503] as const
const types = ['application/json', 'application/json', 'application/json; charset=utf-8', 'text/html', ''] as const
const waits = ['1', '0', '-1', '99999', '1e9', 'Fri, 31 Dec 9999 23:59:59 GMT', 'soon', ''] as const

/** What a PBX answers to operation `index`, with some of it changed; the same numbers produce the same response. */
export function mutatedReply(seed: number, index: number): Variation {
  const random = new Random(seed * 50_021 + index)
  const status = random.pick(statuses)
  const isRefusal = status >= 400 && random.chance(0.7)
  const place = index % operations.length
  const body = mutatedJson(isRefusal ? refusal : (bodies[place] ?? {}), random)
  const isPacked = random.chance(0.3)
  const type = random.chance(0.9) ? 'application/json' : random.pick(types)
  const headers = {
    ...(type !== '' && { 'content-type': type }),
    ...(isPacked && { 'content-encoding': 'gzip' }),
    ...(random.chance(0.2) && { 'retry-after': random.pick(waits) }),
    ...(random.chance(0.1) && { date: random.pick(['Fri, 31 Dec 9999 23:59:59 GMT', 'yesterday', '']) }),
  }
  const sent = isPacked ? gzipSync(body, { level: 1 }) : body
  // Now and then it is cut off.
  const received = random.chance(0.1) ? sent.subarray(0, random.below(sent.length + 1)) : sent
  const title = `${status} ${operations[place]} ${body.subarray(0, 200).toString('utf8')}`
  return { title, status, headers, pieces: () => [received] }
}
