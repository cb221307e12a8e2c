import { safeCsv } from '../exports/safe-csv'
import type { Plan } from './plan'

const columns = ['n', 'row', 'object', 'action', 'before', 'after', 'outcome', 'message', 'attempt', 'entry'] as const

/**
 * All steps of a plan with their results as CSV that is safe in spreadsheets. `entry` is the number of the journal
 * entry.
 */
export function planCsv(plan: Plan): string {
  const { items } = plan.rows({ offset: 0, limit: plan.steps.length })
  const rows = items.map((row) => columns.map((key) => String(row[key] ?? '')))
  return safeCsv(['step', ...columns.slice(1)], rows)
}
