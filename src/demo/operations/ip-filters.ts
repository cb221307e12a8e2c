import { z } from 'zod'
import { parseCidr } from '@shared/domain/cidr'
import type { IpRule } from '@shared/domain/ip-rule'
import { csvCell } from '@shared/text/csv-cell'
import { done, noContent, ok } from '../answer'
import { notFound } from '../api-problem'
import { internalNumber } from '../data/ids'
import { operation, operationWithBody, type Call, type Operation } from '../operation'

const allow = ['SystemAdmin'] as const
const linesPerPiece = 1000

/** According to the API: offsets other than Z are allowed, and expiry and description may be missing or blank. */
const bodySchema = z.object({
  cidr: z.string().refine((text) => text.includes('/') && parseCidr(text).ok, 'Not a CIDR range'),
  target: z.enum(['ACCEPT', 'DENY']),
  expire_at: z.iso.datetime({ offset: true }).nullish(),
  description: z.string().max(255).nullish(),
})

const changeSchema = bodySchema.partial()

function ruleOf({ world, params }: Call<unknown>): IpRule {
  const rule = world.rules.get(params['id'] ?? '')
  if (rule === undefined) throw notFound('The IP rule')
  return rule
}

const inUtc = (time: string): string => `${new Date(time).toISOString().slice(0, 19)}Z`

/** The stored fields: times in UTC with whole seconds, blank text as null. */
const storedFields = (body: z.infer<typeof changeSchema>): Partial<IpRule> => ({
  ...(body.cidr === undefined ? {} : { cidr: body.cidr }),
  ...(body.target === undefined ? {} : { target: body.target }),
  ...(body.expire_at === undefined ? {} : { expire_at: body.expire_at === null ? null : inUtc(body.expire_at) }),
  ...(body.description === undefined ? {} : { description: body.description === '' ? null : body.description }),
})

/**
 * The columns of this file are not documented; they are derived from other exports. IDs are the numbers inside the
 * opaque ones.
 */
function* exported(rules: readonly IpRule[]): Iterable<string> {
  yield 'id,cidr,target,expire_at,description\r\n'
  for (let from = 0; from < rules.length; from += linesPerPiece) {
    let piece = ''
    for (const { id, cidr, target, expire_at, description } of rules.slice(from, from + linesPerPiece))
      piece += `${internalNumber(id)},${cidr},${target},${expire_at ?? ''},${csvCell(description ?? '')}\r\n`
    yield piece
  }
}

export const ipFilterOperations: readonly Operation[] = [
  operation({ method: 'GET', path: '/ip_filters', allow, answer: ({ world, query }) => ok(world.rules.page(query)) }),
  operationWithBody({
    method: 'POST',
    path: '/ip_filters',
    allow,
    body: bodySchema,
    answer: ({ world, body }) => {
      const id = world.ids.next()
      const { cidr, target } = body
      world.rules.add({ id, cidr, target, expire_at: null, description: null, ...storedFields(body) })
      return ok({ id })
    },
  }),
  operation({
    method: 'GET',
    path: '/ip_filters/export',
    allow,
    answer: ({ world }) => {
      const rules = [...world.rules.all()]
      return { status: 200, file: { name: 'ip_filters.csv', pieces: () => exported(rules) } }
    },
  }),
  operation({ method: 'GET', path: '/ip_filters/:id', allow, answer: (call) => ok(ruleOf(call)) }),
  operationWithBody({
    method: 'POST',
    path: '/ip_filters/:id',
    allow,
    body: changeSchema,
    answer: (call) => {
      call.world.rules.replace({ ...ruleOf(call), ...storedFields(call.body) })
      return done
    },
  }),
  operation({
    method: 'POST',
    path: '/ip_filters/:id/destroy',
    allow,
    answer: (call) => {
      call.world.rules.remove(ruleOf(call).id)
      return noContent
    },
  }),
]
