import { visibleText } from '@shared/domain/visible-text'
import type { LimitsOwner, Usage } from '@shared/domain/server-facts'
import { certificateEnd, endLevel, limitLevel, shareOf, type AlertLevel } from '@shared/fleet/alerts'
import { canRead, lastContact, lastRead, verdicts, type BoardRow } from '@shared/fleet/board-row'
import { fleetStates, healthText } from '@shared/fleet/health'
import { ago, daysUntil } from '@shared/format/age'
import { printNumber } from '@shared/format/print-number'
import { localDate, localDateTime } from '@shared/format/time'
import type { Row, TableColumn } from '@/components/table/types'

/**
 * One cell of the board. `sort` orders the column; undefined is last. `isAbsent`: nothing is known. `detail` is a second
 * line, where there is room for one. `isPartial`: a total that is not of all servers; `detail` says how many are missing.
 */
export interface BoardCell {
  readonly text: string
  readonly detail?: string
  readonly title: string
  readonly sort: number | string | undefined
  readonly level?: AlertLevel | undefined
  readonly isAbsent?: boolean
  readonly isPartial?: boolean
}

export type BoardKey =
  | 'server'
  | 'folder'
  | 'state'
  | 'users'
  | 'calls'
  | 'maintenance'
  | 'certificate'
  | 'rules'
  | 'version'
  | 'updated'
  | 'response'
  | 'tenants'
  | 'tags'
  | 'address'
  | 'role'

/** A row of the table: the text of each column, for copying and exporting, and what its cells show. */
export interface BoardTableRow extends Row {
  readonly id: string
  readonly board: BoardRow
  readonly cells: Readonly<Record<BoardKey, BoardCell>>
}

const text = (key: BoardKey, label: string, width: number, optional = false): TableColumn<BoardKey> => ({
  key,
  label,
  kind: 'text',
  width,
  sortable: true,
  ...(optional && { optional }),
})

/** Those that are shown by default fit into a window of 1280 pixels. */
export const boardColumns: readonly TableColumn<BoardKey>[] = [
  { ...text('server', 'Server', 142), stretched: true },
  { ...text('state', 'State', 218), stretched: true },
  text('users', 'Users', 122),
  text('calls', 'Calls', 100),
  text('maintenance', 'Maintenance', 110),
  text('certificate', 'Certificate', 98),
  text('rules', 'Rules', 68),
  text('updated', 'Updated', 84),
  text('version', 'Version', 84, true),
  text('response', 'Last response', 116, true),
  text('folder', 'Folder', 140, true),
  text('tags', 'Tags', 140, true),
  text('tenants', 'Tenants', 110, true),
  text('address', 'Address', 220, true),
  text('role', 'Role', 120, true),
]

type Limits = NonNullable<BoardRow['facts']>['limits']

const notChecked = 'Not checked'
const noPermission = 'No permission'
const verdictOrder = Object.keys(verdicts)
const readText = (readAt: string | undefined): string => (readAt === undefined ? '' : `Read ${localDateTime(readAt)}`)

/** A value that is not known: an all-clear must not be read into it. */
export const unknown = (reason: string): BoardCell => ({ text: '–', title: reason, sort: undefined, isAbsent: true })

/** Milliseconds for sorting; undefined for a text that is no time. */
export const timeOf = (time: string): number | undefined => {
  const ms = Date.parse(time)
  return Number.isNaN(ms) ? undefined : ms
}

export const plain = (value: string, title = value): BoardCell => ({
  text: visibleText(value),
  title: visibleText(title),
  sort: value === '' ? undefined : value,
})

const owners: { readonly [O in LimitsOwner]: { readonly detail?: string; readonly title: string } } = {
  server: { title: '' },
  dealer: { detail: 'Dealer', title: 'Limits of the dealer, not of the server’s license\n' },
  tenant: { detail: 'Tenant', title: 'Limits of the tenant, not of the server’s license\n' },
}

/** The second line of a value that is not one of the server's license. */
export const ownerDetail = (owner: LimitsOwner): Pick<BoardCell, 'detail'> => {
  const { detail } = owners[owner]
  return detail === undefined ? {} : { detail }
}
/** The lines of a tooltip about this; empty for the server's license. */
export const ownerTitle = (owner: LimitsOwner): string => owners[owner].title

type StatusKey = 'users' | 'calls' | 'tenants' | 'maintenance'

/** The values that the API returns in each status. */
const inStatus: { readonly [O in LimitsOwner]: readonly StatusKey[] } = {
  server: ['users', 'calls', 'maintenance'],
  dealer: ['users', 'tenants'],
  tenant: ['users'],
}
const statusNames: { readonly [O in LimitsOwner]: string } = {
  server: 'Not in the status of the server',
  dealer: 'Not in the status of a dealer',
  tenant: 'Not in the status of a tenant',
}

/** Why a value of the status is not known. */
function unknownStatus(key: StatusKey, role: string | undefined, limits: Limits): BoardCell {
  if (limits === undefined) return unknown(canRead(role).status ? notChecked : noPermission)
  const isExpected = inStatus[limits.owner].includes(key)
  return unknown(isExpected ? 'The server did not return this value' : statusNames[limits.owner])
}

function usageCell(key: 'users' | 'calls' | 'tenants', role: string | undefined, limits: Limits): BoardCell {
  const usage: Usage = limits?.[key] ?? {}
  const { used, limit } = usage
  if (limits === undefined || used === undefined) return unknownStatus(key, role, limits)
  return {
    text: limit === undefined ? printNumber(used) : `${printNumber(used)} of ${printNumber(limit)}`,
    ...ownerDetail(limits.owner),
    title: `${ownerTitle(limits.owner)}${readText(limits.readAt)}`,
    sort: shareOf(usage) ?? 0,
    level: limitLevel(usage),
  }
}

/** `in 8 d`, `12 d ago`. */
const distance = (end: string, now: number): string => {
  const days = daysUntil(end, now) ?? 0
  return days < 0 ? ago(end, now) : `in ${printNumber(days)} d`
}

export function endCell(kind: 'maintenance' | 'certificate', end: string, source: string, now: number): BoardCell {
  const level = endLevel(kind, end, now)
  const isSoon = level === 'critical' || level === 'warning'
  return {
    text: isSoon ? distance(end, now) : localDate(end),
    title: `${localDateTime(end)}\n${source}`,
    sort: timeOf(end),
    level,
  }
}

function maintenanceCell({ facts }: BoardRow, role: string | undefined, now: number): BoardCell {
  const { maintenanceExpiresAt: end, readAt } = facts?.limits ?? {}
  return end === undefined
    ? unknownStatus('maintenance', role, facts?.limits)
    : endCell('maintenance', end, readText(readAt), now)
}

function certificateCell({ facts, server }: BoardRow, now: number): BoardCell {
  const end = certificateEnd(facts, server)
  if (end === undefined) return unknown(notChecked)
  const { readAt } = facts?.certificate ?? {}
  const title = readAt === undefined ? 'From the trusted certificate; not read since' : readText(readAt)
  return endCell('certificate', end, title, now)
}

function rulesCell({ facts }: BoardRow, role: string | undefined, now: number): BoardCell {
  const rules = facts?.expiringRules
  if (rules === undefined) return unknown(canRead(role).rules ? notChecked : noPermission)
  if (rules.problem !== undefined) return unknown(`Not read: ${rules.problem}`)
  const [first] = rules.soonest
  const list = rules.soonest.map(({ cidr, expiresAt }) => `${cidr} expires ${localDateTime(expiresAt)}`)
  const title =
    rules.count === 0
      ? 'No allow rule expires within 30 days'
      : ['Allow rules that expire within 30 days:', ...list, rules.count > list.length ? '…' : ''].join('\n').trim()
  return {
    text: printNumber(rules.count),
    title: `${title}\n${readText(rules.readAt)}`,
    sort: first === undefined ? Number.MAX_SAFE_INTEGER : timeOf(first.expiresAt),
    level: endLevel('rules', first?.expiresAt, now),
  }
}

function stateCell({ health, session, alerts, mutedAlerts, newAlerts, verdict }: BoardRow): BoardCell {
  const since = session.since === undefined ? '' : `Since ${localDateTime(session.since)}`
  const raised = newAlerts.map(({ text: line, raisedAt }) => `New since ${localDateTime(raisedAt)}: ${line}`)
  const lines = [healthText(health), since, ...alerts.map(({ text: line }) => line), ...raised].filter(Boolean)
  const whole = healthText(health)
  const name = fleetStates[health.state]
  const text = whole.startsWith(name) ? name : health.label
  const detail =
    whole.slice(text.length).trim() ||
    alerts.map(({ text: line }) => line).join(', ') ||
    (mutedAlerts.length > 0 ? 'Alerts muted' : '')
  const sort = `${verdictOrder.indexOf(verdict)} ${health.label}`
  return { text, ...(detail && { detail }), title: lines.join('\n'), sort }
}

const responseText = (last: string): string => `Last response ${localDateTime(last)}`

/** The age of the values; that the server has responded is something else. */
function updatedCell(row: BoardRow, now: number): BoardCell {
  const [read, last] = [lastRead(row), lastContact(row)]
  if (read !== undefined) {
    const title = [`Values read ${localDateTime(read)}`, ...(last === undefined ? [] : [responseText(last)])].join('\n')
    return { text: ago(read, now), title, sort: -Date.parse(read) }
  }
  if (last === undefined) return unknown(notChecked)
  return { ...unknown(`Responded ${ago(last, now)}; nothing was read\n${responseText(last)}`), text: 'Not read' }
}

function responseCell(row: BoardRow, now: number): BoardCell {
  const last = lastContact(row)
  if (last === undefined) return unknown(notChecked)
  return { text: ago(last, now), title: responseText(last), sort: -Date.parse(last) }
}

/** `22.6.4` of `22.6.4.2137`. */
const versionCell = (version: string | undefined): BoardCell =>
  version === undefined
    ? unknown(notChecked)
    : { ...plain(version.split('.').slice(0, 3).join('.'), version), sort: version }

function cellsOf(row: BoardRow, now: number): BoardTableRow['cells'] {
  const { server, session, facts } = row
  const { limits } = facts ?? {}
  const role = session.role ?? facts?.role
  const version = session.version ?? facts?.version
  return {
    server: {
      ...plain(server.name),
      title: [server.name, server.folder, server.address, version && `Version ${version}`]
        .filter((line) => line !== undefined && line !== '')
        .map((line) => visibleText(line ?? ''))
        .join('\n'),
      ...(server.folder && { detail: visibleText(server.folder) }),
    },
    folder: plain(server.folder),
    state: stateCell(row),
    users: usageCell('users', role, limits),
    calls: usageCell('calls', role, limits),
    tenants: usageCell('tenants', role, limits),
    maintenance: maintenanceCell(row, role, now),
    certificate: certificateCell(row, now),
    rules: rulesCell(row, role, now),
    version: versionCell(version),
    updated: updatedCell(row, now),
    response: responseCell(row, now),
    tags: plain(server.tags.join(', ')),
    address: plain(server.activeAddress === 'second' ? server.secondAddress : server.address),
    role: role === undefined ? unknown(notChecked) : plain(role),
  }
}

/** The text of a cell for copying and exporting; the folder has a separate column. */
function copied(key: string, { text, detail, isAbsent }: BoardCell): string {
  if (isAbsent) return ''
  return detail !== undefined && key !== 'server' ? `${text} ${detail}` : text
}

export function boardTableRow(board: BoardRow, now: number): BoardTableRow {
  const cells = cellsOf(board, now)
  const texts = Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, copied(key, cell)]))
  return { ...texts, id: board.server.id, board, cells }
}
