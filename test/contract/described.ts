import type { z } from 'zod'
import type { Resource } from '@shared/resources/resource'
import { createSchema, documentedAnswer, documentedRow, updateSchema } from '@shared/resources/schema'
import { asOfVersion, compareVersions, isVersionIn } from '@shared/resources/version'
import { compare, type Comparison } from './compare'
import type { JsonSchema } from './facts/facts'
import type { Reference } from './reference'

const noUrl = 'the URL has the pattern of the username by mistake'
const mailAddressOnly = { 'reply_to.pattern': 'an invalid email address is rejected before it is sent' }
const eventUrl = { 'cdr_event.url.pattern': noUrl, 'extension_event.url.pattern': noUrl }

/**
 * Where a described resource differs from the reference on purpose, by operation (`GET /network`) and then by `field.aspect`, each with the reason.
 * What is not here must be the same to the letter.
 */
export const meantDifferences: Readonly<Record<string, Comparison['except']>> = {
  'GET /admin/notification': mailAddressOnly,
  'POST /admin/notification': mailAddressOnly,
  'GET /tenant/notification': mailAddressOnly,
  'POST /tenant/notification': mailAddressOnly,
  'GET /tenants/{id}': eventUrl,
  'POST /tenants': eventUrl,
  'POST /tenants/{id}': eventUrl,
  'GET /tenant': eventUrl,
  'POST /tenant': {
    ...eventUrl,
    'avatar_file_id.name': 'a picture is uploaded in the portal',
    'outbound_caller_ids.name': 'they name trunks by their IDs, so they are only shown',
  },
}

/** The same for a PBX from 22.6 on. */
const meantSince226: typeof meantDifferences = {
  'GET /admin/notification': { 'notify_trunk_status_changed.default': 'stated nowhere, so as its neighbours' },
  'POST /admin/notification': { 'notify_trunk_status_changed.default': 'stated nowhere, so as its neighbours' },
  'POST /dealer': {
    'email.required': 'it cannot be cleared, but a change may leave it out',
    'display_name.required': 'it cannot be cleared, but a change may leave it out',
  },
}

/** One schema of ours beside the reference's of the same operation. */
export interface Comparable {
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

/** What our description says of a PBX of this generation. */
export const resourceAt = (resource: Resource, version: string): Resource => ({
  ...resource,
  fields: resource.fields
    .filter((field) => isVersionIn(version, field))
    .map((field) => asOfVersion(field, version)) as Resource['fields'],
})

/** Every schema that follows from a description. */
export function comparables(resource: Resource): readonly Comparable[] {
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

/** What differs without being meant to. */
export const differences = (
  { operation, ours, theirs, answer: isAnswer }: Comparable,
  reference: Reference,
): readonly string[] =>
  compare(ours, theirs(reference), {
    except: {
      ...meantDifferences[operation],
      ...(compareVersions(reference.version, '22.6') >= 0 && meantSince226[operation]),
    },
    defaults: true,
    ...(isAnswer && { needed: [] }),
  })
