import { limitTables } from '@shared/limits/all'
import type { Limit } from '@shared/limits/limit'
import { formatted } from '../formatted'

const head = `# Limits of what comes from outside

Made by \`npm run limits\` from \`src/shared/limits\`; do not edit.

Whatever the app receives has limits on count, size, depth and time. They are far above what a PBX, a spreadsheet or a technician needs, and low enough that no input makes the app die, hang or lose what it has. A message says what the input has, the limit, and what to do.

The lengths of fields are those of the API and are in the descriptions of \`src/shared/resources\`. The program opens no file that is named in its arguments; a release refuses unknown switches ([ADR 12](adr/0012-what-a-release-accepts.md)).
`

const numbers = new Intl.NumberFormat('en-US')

function valueText({ value, unit }: Limit): string {
  if (unit === 'bytes' && value >= 1024 * 1024) return `${numbers.format(value / 1024 / 1024)} MB`
  if (unit === 'bytes') return `${numbers.format(value / 1024)} KB`
  if (unit === 'ms') return `${numbers.format(value / 1000)} s`
  return `${numbers.format(value)} ${unit}`
}

/** The text of docs/limits.md. */
export function limitsText(): Promise<string> {
  const sections = limitTables.map(({ input, limits }) => {
    const rows = Object.entries(limits).map(
      ([name, limit]) => `| ${limit.of} | ${valueText(limit)} | ${limit.beyond} | \`${name}\` |`,
    )
    return `\n## ${input}\n\n| Limit | Value | Beyond it | Name |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
  })
  return formatted('docs/limits.md', head + sections.join(''))
}
