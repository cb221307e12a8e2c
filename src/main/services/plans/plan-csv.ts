import Papa from 'papaparse'
import { safeCell } from '../exports/cell-safety'
import type { Plan } from './plan'

const columns = ['n', 'row', 'object', 'action', 'before', 'after', 'outcome', 'message', 'attempt', 'entry'] as const

/**
 * All steps of a plan with their results as CSV that is safe in spreadsheets. `entry` is the number of the journal
 * entry.
 */
export function planCsv(plan: Plan): string {
  const { items } = plan.rows({ offset: 0, limit: plan.steps.length })
  const cells = items.map((row) => columns.map((key) => safeCell(String(row[key] ?? ''))))
  return `\ufeff${Papa.unparse([['step', ...columns.slice(1)], ...cells], { newline: '\r\n' })}\r\n`
}
