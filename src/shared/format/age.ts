import { apiTime } from '../domain/real-date'
import { printNumber } from './print-number'

const minute = 60_000
const hour = 60 * minute
const dayMs = 24 * hour

/** Age of displayed data: `just now`, `2 min ago`, `3 h ago`, `5 d ago`. */
export function ago(time: string | undefined, now: number): string {
  const past = now - Date.parse(time ?? '')
  if (Number.isNaN(past)) return ''
  if (past < minute) return 'just now'
  if (past < hour) return `${Math.floor(past / minute)} min ago`
  if (past < dayMs) return `${Math.floor(past / hour)} h ago`
  return `${printNumber(Math.floor(past / dayMs))} d ago`
}

/** Time remaining as `h:mm:ss` or `m:ss`; empty after the end or without one. */
export function remaining(until: string | undefined, now: number): string {
  const seconds = Math.ceil((Date.parse(until ?? '') - now) / 1000)
  if (Number.isNaN(seconds) || seconds <= 0) return ''
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** Whole days until a time, negative after it; undefined for an invalid time. */
export function daysUntil(time: string | null | undefined, now: number): number | undefined {
  const ms = apiTime(time ?? '')
  return Number.isNaN(ms) ? undefined : Math.floor((ms - now) / dayMs)
}
