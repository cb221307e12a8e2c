import type { PlanResult, PlanStep } from '@shared/domain/plan'
import { entryField } from '@shared/journal/entry-field'
import { fieldsOf } from '../journal/journal-rows'

/** Joins sentences, of which none ends with a period; empty ones are left out. */
export const sentences = (parts: readonly string[]): string =>
  parts
    .filter(Boolean)
    .map((part) => part.replace(/\.$/, ''))
    .join('. ')

/** Why a step was not done, with the fields that the server refused; empty without an error. */
export function failureText({ write }: Pick<PlanStep, 'write'>, result: Pick<PlanResult, 'error'> | undefined): string {
  if (result?.error === undefined) return ''
  const { message, fields = [] } = result.error
  const known = fieldsOf({ write })
  const errors = fields.map(({ path, message: text }) => `${entryField(known, path).label}: ${text}`)
  return sentences([message, ...errors.filter((text) => !message.includes(text))])
}
