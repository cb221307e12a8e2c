import { visibleText } from '@shared/domain/visible-text'
import type { ReportChange, ReportFact, ReportPart } from './report-parts'

/**
 * Escapes text for CommonMark and GitHub's dialect, on one line. Dots, dashes and colons are escaped only where they
 * have a meaning, so that addresses remain readable in the file.
 */
export const escapeMarkdown = (text: string): string =>
  visibleText(text)
    .replace(/[\\`*_[\]<>#|~&$@!]/g, '\\$&')
    .replace(/:(?=\/\/)|(?<=www)\./gi, '\\$&')
    .replace(
      /^(\s*)([-+=:]|\d+[.)])(?=\s|[-=]|$)/,
      (_, spaces: string, start: string) => `${spaces}${start.slice(0, -1)}\\${start.slice(-1)}`,
    )
    .trim()

const factText = ({ text, isBad }: ReportFact): string => (isBad ? `**${escapeMarkdown(text)}**` : escapeMarkdown(text))

const facts = (items: readonly ReportFact[]): string =>
  items.length === 0
    ? ''
    : `${items.map((fact) => `- ${escapeMarkdown(fact.label)}: ${factText(fact)}`).join('\n')}\n\n`

const cell = (text: string | undefined): string => (text === undefined ? '–' : escapeMarkdown(text || 'Not set'))

function table(changes: ReportChange['changes']): string {
  if (changes.length === 0) return ''
  const rows = changes.map(
    ({ label, before, after }) => `| ${escapeMarkdown(label)} | ${cell(before)} | ${cell(after)} |\n`,
  )
  return `| Field | Before | After |\n| --- | --- | --- |\n${rows.join('')}\n`
}

function change({ time, what, changes, outcome, facts: others }: ReportChange): string {
  const result: readonly ReportFact[] = [
    { label: 'Result', text: outcome.label, isBad: outcome.isBad },
    ...outcome.details.map((text) => ({ label: 'Details', text })),
  ]
  return `#### ${escapeMarkdown(`${time} – ${what}`)}\n\n${facts([...result, ...others])}${table(changes)}`
}

/** One part of a report as Markdown. */
export function toMarkdown(part: ReportPart): string {
  switch (part.kind) {
    case 'head':
      return `# ${escapeMarkdown(part.title)}\n\n${facts([...part.facts, ...part.totals, ...part.notices])}`
    case 'server':
      return `## ${escapeMarkdown(part.name)}\n\n${escapeMarkdown(part.address)}\n\n`
    case 'day':
      return `### ${escapeMarkdown(part.text)}\n\n`
    case 'change':
      return change(part)
  }
}
