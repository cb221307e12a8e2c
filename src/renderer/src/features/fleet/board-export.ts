import { certificateEnd } from '@shared/fleet/alerts'
import type { BoardRow } from '@shared/fleet/board-row'
import { plainText } from '@shared/text/plain-text'

/** A column of the exported board: one value, numbers without units and times in RFC 3339. */
type ExportColumn = readonly [label: string, value: (row: BoardRow) => unknown]

const exportColumns: readonly ExportColumn[] = [
  ['Server', ({ server }) => server.name],
  ['Folder', ({ server }) => server.folder],
  ['Tags', ({ server }) => server.tags.join(', ')],
  ['Address', ({ server }) => (server.activeAddress === 'second' ? server.secondAddress : server.address)],
  ['State', ({ health }) => health.label],
  ['Reason', ({ health }) => health.reason],
  ['State since', ({ session }) => session.unreachable?.since ?? session.since],
  ['Alerts', ({ alerts }) => alerts.map(({ level, text }) => `${level}: ${text}`).join('; ')],
  ['Users', (row) => licenseOf(row)?.users.used],
  ['Licensed users', (row) => licenseOf(row)?.users.limit],
  ['Calls', ({ facts }) => facts?.limits?.calls.used],
  ['Maximum calls', ({ facts }) => facts?.limits?.calls.limit],
  ['Maintenance ends', ({ facts }) => facts?.limits?.maintenanceExpiresAt],
  ['Account limits of', (row) => accountLimitsOf(row)?.owner],
  ['Account users', (row) => accountLimitsOf(row)?.users.used],
  ['Account user limit', (row) => accountLimitsOf(row)?.users.limit],
  ['Account tenants', (row) => accountLimitsOf(row)?.tenants.used],
  ['Account tenant limit', (row) => accountLimitsOf(row)?.tenants.limit],
  ['Limits read at', ({ facts }) => facts?.limits?.readAt],
  ['Certificate ends', ({ facts, server }) => certificateEnd(facts, server)],
  ['Certificate read at', ({ facts }) => facts?.certificate?.readAt],
  ['Allow rules that expire within 30 days', ({ facts }) => rulesOf(facts)?.count],
  ['First rule expires', ({ facts }) => rulesOf(facts)?.soonest[0]?.expiresAt],
  ['Rules read at', ({ facts }) => rulesOf(facts)?.readAt],
  ['Version', ({ session, facts }) => session.version ?? facts?.version],
  ['Role', ({ session, facts }) => session.role ?? facts?.role],
  ['Last response', ({ session, facts }) => session.lastSeen ?? facts?.lastResponse],
]

const licenseOf = ({ facts }: BoardRow) => (facts?.limits?.owner === 'server' ? facts.limits : undefined)
/** Of a dealer or a tenant: its limits are not those of the server. */
const accountLimitsOf = ({ facts }: BoardRow) => (facts?.limits?.owner === 'server' ? undefined : facts?.limits)

/** Rules that could be read; a failed reading is no count. */
const rulesOf = (facts: BoardRow['facts']) =>
  facts?.expiringRules?.problem === undefined ? facts?.expiringRules : undefined

/** The board for a spreadsheet. An empty cell is a value that is not known. */
export const exportedBoard = (
  rows: readonly BoardRow[],
  exportedAt: string,
): { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] } => ({
  columns: [...exportColumns.map(([label]) => label), 'Exported at'],
  rows: rows.map((row) => [...exportColumns.map(([, value]) => plainText(value(row))), exportedAt]),
})
