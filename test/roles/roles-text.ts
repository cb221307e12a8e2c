import { capabilityRules, roleRules, subjects } from '@shared/access/rules'
import { formatted } from '../formatted'
import { accounts, cells, type Cell, type TestedAccount } from './cells'

const head = `# Roles

Made by \`npm run roles\` from \`src/shared/access/rules.ts\`; do not edit.

What an account may do on the pages of a server, as far as the vendor documents it. Each cell has read / change, and for IP rules the export of the PBX's own file:

- **yes**: documented; the page or the action is offered.
- **no**: documented; it is not offered. A page that can be read but not changed is shown as on a read-only server.
- **?**: not documented; it is offered, and a refusal (403) of the PBX is shown and makes the app read role, capabilities and version again.

The role of a custom account is not documented, so that its capabilities decide. A role that the app does not know and that has no capabilities gets the pages that a small read of each does not refuse. Users of a tenant are recognized by the domain of their sign-in. The tenant page is about the account’s own tenant: administrators and dealers do not have it.
`

const valueText = ({ allowed }: Cell): string => (allowed === undefined ? '?' : allowed ? 'yes' : 'no')

const cellText = (of: readonly Cell[]): string => of.map(valueText).join(' / ')

function section(account: TestedAccount): string {
  const own = cells.filter((cell) => cell.account === account)
  const columns = [...new Set(own.map(({ version }) => version))]
  const rows = subjects.map((subject) => {
    const texts = columns.map((version) =>
      cellText(own.filter((cell) => cell.subject === subject && cell.version === version)),
    )
    return `| ${subject} | ${texts.join(' | ')} |`
  })
  const capabilities = account.capabilities?.map((each) => `\`${each}\``).join(', ')
  const about = capabilities === undefined ? '' : `\nCapabilities: ${capabilities}.\n`
  return `\n## ${account.name}\n${about}\n| Page | ${columns.join(' | ')} |\n| --- |${' --- |'.repeat(columns.length)}\n${rows.join('\n')}\n`
}

const versionsText = ({ since = '', until = '' }: { since?: string; until?: string }): string =>
  [since && `from ${since}`, until && `until ${until}`].filter(Boolean).join(', ')

const listed = (all: readonly string[]): string => all.join(', ')

/** The text of docs/roles.md. */
export function rolesText(): Promise<string> {
  const roles = roleRules.map(
    (rule) =>
      `| ${listed(rule.roles)} | ${listed(rule.subjects)} | ${listed(rule.actions)} | ${rule.allowed ? 'yes' : 'no'} | ${versionsText(rule)} | ${rule.source} |`,
  )
  const capabilities = capabilityRules.map(
    (rule) =>
      `| \`${rule.area}.${rule.level}\`${rule.onlyIfReported === true ? ', if any of the area is reported' : ''} | ${listed(rule.subjects)} | ${listed(rule.actions)} | ${versionsText(rule)} | ${rule.source} |`,
  )
  const documents = `\n## What the documents say\n\n| Role | Pages | Actions | Allowed | Versions | Document |\n| --- | --- | --- | --- | --- | --- |\n${roles.join('\n')}\n\n| Required capability | Pages | Actions | Versions | Document |\n| --- | --- | --- | --- | --- |\n${capabilities.join('\n')}\n`
  return formatted('docs/roles.md', head + accounts.map(section).join('') + documents)
}
