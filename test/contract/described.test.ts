import { expect, test } from 'vitest'
import type { z } from 'zod'
import { resourceIds } from '@shared/resources/ids'
import { resourceOf } from '@shared/resources/registry'
import type { Resource } from '@shared/resources/resource'
import { compareVersions } from '@shared/resources/version'
import { createSchema, documentedAnswer, documentedRow, updateSchema } from '@shared/resources/schema'
import { compare } from './compare'
import { meantDifferences } from './described'
import { Reference, type JsonSchema } from './reference'

const reference = Reference.load()

interface Comparable {
  readonly operation: string
  readonly ours: z.ZodType
  readonly theirs: (from: Reference) => JsonSchema
  /** Of an answer nothing is required: it is read as it comes. */
  readonly answer: boolean
}

const answer = (operation: string, ours: z.ZodType): Comparable => ({
  operation,
  ours,
  theirs: (from) => from.answer(operation),
  answer: true,
})
const body = (operation: string, ours: z.ZodType): Comparable => ({
  operation,
  ours,
  theirs: (from) => from.body(operation),
  answer: false,
})

/** Without the fields that came after the reference's generation. */
const asInReference = (resource: Resource): Resource => ({
  ...resource,
  fields: resource.fields.filter(({ since }) => since === undefined || compareVersions(since, '22.2') <= 0),
})

function comparables(resource: Resource): readonly Comparable[] {
  const { path } = resource
  if (resource.kind === 'single')
    return [answer(`GET ${path}`, documentedAnswer(resource)), body(`POST ${path}`, updateSchema(resource))]
  const list = `GET ${path}`
  return [
    { operation: list, ours: documentedRow(resource), theirs: (from) => from.row(list), answer: true },
    answer(`GET ${path}/{id}`, documentedAnswer(resource)),
    body(`POST ${path}`, createSchema(resource)),
    body(`POST ${path}/{id}`, updateSchema(resource)),
  ]
}

test.skipIf(reference === undefined).each(resourceIds.flatMap((id) => comparables(asInReference(resourceOf(id)))))(
  '$operation: our description says what the reference says',
  ({ operation, ours, theirs, answer: isAnswer }) => {
    if (reference === undefined) return
    const except = meantDifferences[operation] ?? {}
    expect(compare(ours, theirs(reference), { except, defaults: true, ...(isAnswer && { needed: [] }) })).toEqual([])
  },
)
