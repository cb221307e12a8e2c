import { visibleText } from '../domain/visible-text'
import { countText } from '../format/count-text'
import { printNumber } from '../format/print-number'
import type { BoardRow } from './board-row'
import { worstFirst } from './worst-first'

/** Names of servers may be long, and a notification is small. */
const nameLength = 40
const shownLines = 3

const clipped = (text: string): string => {
  const characters = [...text]
  return characters.length <= nameLength ? text : `${characters.slice(0, nameLength - 1).join('')}…`
}

/** The new alerts of these servers, one line each, the most urgent first. */
export const newAlertLines = (rows: readonly BoardRow[]): readonly string[] =>
  rows
    .filter(({ newAlerts }) => newAlerts.length > 0)
    .sort(worstFirst)
    .flatMap(({ server, newAlerts }) => newAlerts.map(({ text }) => `${clipped(visibleText(server.name))}: ${text}`))

/** The first time at which one of these alerts was raised; undefined without any. */
export const firstRaised = (rows: readonly BoardRow[]): string | undefined =>
  rows.flatMap(({ newAlerts }) => newAlerts.map(({ raisedAt }) => raisedAt)).sort()[0]

/** A notification of the system. */
export interface Note {
  readonly title: string
  readonly body: string
}

/** Desktops on Linux may read a body as markup; in all others these characters look the same. */
const withoutMarkup = (text: string): string => text.replaceAll('<', '‹').replaceAll('>', '›')

/** One notification for all of these lines; undefined without any. */
export function noteOf(lines: readonly string[]): Note | undefined {
  if (lines.length === 0) return undefined
  const more = lines.length - shownLines
  const body = [...lines.slice(0, shownLines), ...(more > 0 ? [`and ${printNumber(more)} more`] : [])]
  return { title: countText(lines.length, 'new alert'), body: withoutMarkup(body.join('\n')) }
}
