import type { AppError } from '@shared/ipc/result'

/** The lines of an error: its message unless that is the title, field messages, the hint, then the operation for a ticket. */
export function detailLines(title: string, detail: AppError | string | undefined): readonly string[] {
  if (detail === undefined) return []
  if (typeof detail === 'string') return [detail]
  const fields = (detail.fields ?? []).map((field) => `${field.path}: ${field.message}`)
  return [detail.message === title ? '' : detail.message, ...fields, detail.hint ?? '', technicalLine(detail)].filter(
    (line) => line !== '',
  )
}

/** For example `GET /ip_filters · HTTP 502 · server-error`. */
export function technicalLine(error: AppError): string {
  const status = error.status === undefined ? '' : `HTTP ${error.status}`
  return [error.operation ?? '', status, error.code].filter((part) => part !== '').join(' · ')
}
