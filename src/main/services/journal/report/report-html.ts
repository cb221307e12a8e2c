import { escapeHtml, htmlBegin } from '../../html-page'
import type { ReportChange, ReportFact, ReportPart } from './report-parts'

const style = `
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c2127; background: #fff; font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; } h2 { margin-top: 2.5rem; padding-bottom: .3rem; border-bottom: 2px solid #1c2127; font-size: 1.35rem; }
h3 { margin-top: 1.8rem; font-size: 1.1rem; } h4 { margin: 0 0 .3rem; font-size: 1rem; } small { color: #57606a; font-weight: normal; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: #57606a; } dd { margin: 0; } p { margin: .3rem 0; }
table { width: 100%; margin: .5rem 0; border-collapse: collapse; table-layout: fixed; } th, td { padding: .25rem .5rem; border: 1px solid #c9d1d9; text-align: start; vertical-align: top; }
th { background: #f3f5f7; } article { margin: .8rem 0; padding: .6rem 1rem; border: 1px solid #c9d1d9; border-inline-start: 4px solid #2f7d4f; break-inside: avoid; }
.bad { border-inline-start-color: #b42318; } strong.bad, .bad > strong { color: #b42318; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } h2, h3, h4 { break-after: avoid; } }
`.trim()

/** A value has its own text direction. */
const value = (text: string): string => `<bdi>${escapeHtml(text)}</bdi>`

const facts = (items: readonly ReportFact[]): string =>
  items.length === 0
    ? ''
    : `<dl>${items
        .map(({ label, text, isBad }) => {
          const content = isBad ? `<strong class="bad">${value(text)}</strong>` : value(text)
          return `<dt>${escapeHtml(label)}</dt><dd>${content}</dd>`
        })
        .join('')}</dl>\n`

const cell = (text: string | undefined): string => `<td>${text === undefined ? '–' : value(text || 'Not set')}</td>`

function table(changes: ReportChange['changes']): string {
  if (changes.length === 0) return ''
  const rows = changes.map(
    ({ label, before, after }) => `<tr><th scope="row">${escapeHtml(label)}</th>${cell(before)}${cell(after)}</tr>`,
  )
  return `<table><thead><tr><th>Field</th><th>Before</th><th>After</th></tr></thead><tbody>${rows.join('')}</tbody></table>\n`
}

function change({ time, what, changes, outcome, facts: others }: ReportChange): string {
  const badClass = outcome.isBad ? ' class="bad"' : ''
  const result = `<p${badClass}><strong>${escapeHtml(outcome.label)}</strong></p>`
  const details = outcome.details.map((text) => `<p>${value(text)}</p>`).join('')
  const title = `<h4>${value(what)} <small>${escapeHtml(time)}</small></h4>`
  return `<article${badClass}>${title}${result}${details}${table(changes)}${facts(others)}</article>\n`
}

/**
 * One part of a report as HTML. Together with `htmlEnd`, the parts are one file without external resources or scripts.
 */
export function toHtml(part: ReportPart): string {
  switch (part.kind) {
    case 'head':
      return `${htmlBegin(part.title, style)}${facts(part.facts)}${facts(part.totals)}${facts(part.notices)}`
    case 'server':
      return `<h2>${value(part.name)} <small>${value(part.address)}</small></h2>\n`
    case 'day':
      return `<h3>${escapeHtml(part.text)}</h3>\n`
    case 'change':
      return change(part)
  }
}
