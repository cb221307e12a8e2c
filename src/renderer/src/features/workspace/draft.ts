import { serverDraftSchema, type ServerDraft, type ServerRecord } from '@shared/domain/server'
import { parseAddress } from '@shared/domain/address'
import type { FieldError } from '@shared/ipc/result'

export type DraftErrors = { readonly [K in keyof ServerDraft]?: string }

export const draftKeys = Object.keys(serverDraftSchema.shape) as readonly (keyof ServerDraft)[]

/** The fields as the form calls them. */
export const draftLabels: Readonly<Record<keyof ServerDraft, string>> = {
  name: 'Name',
  folder: 'Folder',
  address: 'Address',
  secondAddress: 'Second address',
  username: 'Username',
  domain: 'Tenant domain',
  remember: 'Offer to remember the password',
  protection: 'Protection level',
  tags: 'Tags',
  colour: 'Color',
  notes: 'Notes',
}

/** The editable part of a server. */
export const draftOf = (server: ServerRecord): ServerDraft =>
  Object.fromEntries(draftKeys.map((key) => [key, server[key]])) as ServerDraft

/** The first error of each field, and separately those of no field in the form. */
export function byField(errors: readonly FieldError[]): {
  readonly fields: DraftErrors
  readonly others: readonly string[]
} {
  const fields: { [K in keyof ServerDraft]?: string } = {}
  const others: string[] = []
  for (const { path, message } of errors) {
    const parts = path.split('.')
    const key = draftKeys.find((field) => parts.includes(field))
    if (key === undefined) others.push(message)
    else fields[key] ??= message
  }
  return { fields, others }
}

/** Validates a draft before it is sent. */
export function checkDraft(draft: ServerDraft): DraftErrors {
  const parsed = serverDraftSchema.safeParse(draft)
  const issues = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const first = parseAddress(draft.address)
  const second = draft.secondAddress.trim() === '' ? undefined : parseAddress(draft.secondAddress)
  return {
    ...byField(issues).fields,
    ...(first.ok ? {} : { address: first.message }),
    ...(second === undefined || second.ok ? {} : { secondAddress: second.message }),
  }
}

/** Parses tags separated by commas, without empty ones and duplicates. */
export const parseTags = (typed: string): readonly string[] => [
  ...new Set(
    typed
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  ),
]
