import type { AppError } from '@shared/ipc/result'
import { entryField } from '@shared/journal/entry-field'
import type { FieldSpec } from '@shared/resources/field'

/** The messages about single fields, each with its label; fields without a description have their API name. */
export const fieldLines = ({ fields = [] }: AppError, described: readonly FieldSpec[]): readonly string[] =>
  fields.map(({ path, message }) => (path === '' ? message : `${entryField(described, path).label}: ${message}`))

/** The lines of an error: its message unless that is the title, field messages, the hint, then the operation for a ticket. */
export function detailLines(
  title: string,
  detail: AppError | string | undefined,
  described: readonly FieldSpec[] = [],
): readonly string[] {
  if (detail === undefined) return []
  if (typeof detail === 'string') return [detail]
  const message = detail.message === title ? '' : detail.message
  return [message, ...fieldLines(detail, described), detail.hint ?? '', technicalLine(detail)].filter(
    (line) => line !== '',
  )
}

/** For example `GET /ip_filters · HTTP 502 · server-error`. */
export function technicalLine(error: AppError): string {
  const status = error.status === undefined ? '' : `HTTP ${error.status}`
  return [error.operation ?? '', status, error.code].filter((part) => part !== '').join(' · ')
}
