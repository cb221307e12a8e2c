import { parseAddress } from '@shared/domain/address'
import type { PasswordRow } from '@shared/domain/password-file'
import type { ServerRecord } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { fold } from '@shared/text/fold'
import { secretDoubt } from '@shared/text/secret-doubt'
import type { CsvFile, FileRow } from '../imports/read-import'

/** A row with its password, which is stored in the keychain alone. */
export interface MatchedPassword {
  readonly row: PasswordRow
  readonly password: string
}

/** Names of columns in the exports of password managers, without case, blanks and punctuation. */
const columnNames = {
  address: [
    'url',
    'uri',
    'loginuri',
    'urls',
    'website',
    'websites',
    'webaddress',
    'address',
    'host',
    'hostname',
    'server',
  ],
  username: ['username', 'loginusername', 'user', 'login', 'loginname', 'account', 'accountname'],
  password: ['password', 'loginpassword', 'pass'],
} as const
type Column = keyof typeof columnNames

const plainName = (name: string): string => fold(name).replace(/[^a-z0-9]/g, '')

function columnsOf(header: readonly string[]): Readonly<Record<Column, number>> {
  const names = header.map(plainName)
  const place = (column: Column): number => {
    // The first name that occurs counts: a file may have a login page beside its address.
    const name = columnNames[column].find((each) => names.includes(each))
    return name === undefined ? -1 : names.indexOf(name)
  }
  const places = { address: place('address'), username: place('username'), password: place('password') }
  const missing = (Object.keys(places) as readonly Column[]).filter((column) => places[column] < 0)
  if (missing.length > 0)
    throw new FleetError({
      code: 'damaged',
      message: `The file has no column for the ${missing.join(' and the ')}`,
      hint: 'The first row must name the columns, for example url, username, password.',
    })
  return places
}

interface Place {
  readonly host: string
  /** Undefined if the text does not name one. */
  readonly port: string | undefined
}

/** The host and port in a text such as `https://pbx.example.com:8887/portal`. */
function placeOf(text: string): Place | undefined {
  const parsed = parseAddress(text)
  if (!parsed.ok) return undefined
  const { hostname, port } = new URL(parsed.url)
  const hasPort = /:\d+(?:[/?#]|$)/.test(text.replace(/^[a-z]+:\/\//i, '').replace(/^\[[^\]]*\]/, ''))
  return { host: hostname.toLowerCase(), port: hasPort ? port : undefined }
}

/** The servers at an address. A port decides only between several servers of one host: a web portal may have its own. */
function serversAt({ host, port }: Place, servers: readonly ServerRecord[]): readonly ServerRecord[] {
  const urlsOf = ({ address, secondAddress }: ServerRecord): readonly URL[] =>
    [address, secondAddress].filter((each) => each !== '').map((each) => new URL(each))
  const onHost = servers.filter((server) => urlsOf(server).some((url) => url.hostname.toLowerCase() === host))
  if (onHost.length < 2 || port === undefined) return onHost
  return onHost.filter((server) =>
    urlsOf(server).some((url) => url.hostname.toLowerCase() === host && url.port === port),
  )
}

type Decision = Pick<PasswordRow, 'state' | 'serverId' | 'serverName' | 'reason'>

function decide(address: string, username: string, password: string, servers: readonly ServerRecord[]): Decision {
  const places = address.split(/[\s,;]+/).flatMap((part) => placeOf(part) ?? [])
  const found = [...new Set(places.flatMap((place) => serversAt(place, servers)))]
  if (found.length === 0) return { state: 'no-server' }
  const isSame = (server: ServerRecord): boolean => server.username.toLowerCase() === username.toLowerCase()
  // Several servers of one address, for example two accounts of one PBX, differ in their usernames.
  const usable = found.length === 1 ? found : found.filter(isSame)
  const [server] = usable
  if (server === undefined || usable.length > 1)
    return { state: 'ambiguous', reason: `Address of ${found.map(({ name }) => name).join(', ')}` }
  const matched = { serverId: server.id, serverName: server.name }
  if (username === '' && server.username === '') return { ...matched, state: 'problem', reason: 'No username' }
  if (username !== '' && server.username !== '' && !isSame(server))
    return { ...matched, state: 'other-username', reason: `The server is used as ${server.username}` }
  if (password === '') return { ...matched, state: 'no-password' }
  const reason = secretDoubt(password, 'The password')
  return { ...matched, state: 'ready', ...(reason !== undefined && { reason }) }
}

function matchRow(file: FileRow, places: Readonly<Record<Column, number>>, servers: readonly ServerRecord[]) {
  const cell = (column: Column): string => file.cells[places[column]] ?? ''
  const [address, username, password] = [cell('address').trim(), cell('username').trim(), cell('password')]
  const shown = { line: file.line, address, username }
  if (file.problem !== undefined)
    return { row: { ...shown, state: 'problem', reason: file.problem } as const, password: '' }
  return { row: { ...shown, ...decide(address, username, password, servers) }, password }
}

/**
 * Matches the rows of a password manager's CSV with servers, by address and username. Two rows with different passwords
 * for one server are both ambiguous. Throws FleetError `damaged` if a column is missing.
 */
export function matchPasswords(file: CsvFile, servers: readonly ServerRecord[]): readonly MatchedPassword[] {
  const places = columnsOf(file.header)
  const matched = file.rows.map((row): MatchedPassword => matchRow(row, places, servers))
  const passwords = new Map<string, Set<string>>()
  for (const { row, password } of matched)
    if (row.state === 'ready' && row.serverId !== undefined)
      passwords.set(row.serverId, (passwords.get(row.serverId) ?? new Set()).add(password))
  return matched.map((each) => {
    const { row } = each
    if (row.state !== 'ready' || (passwords.get(row.serverId ?? '')?.size ?? 0) < 2) return each
    return { ...each, row: { ...row, state: 'ambiguous', reason: 'Several rows with different passwords' } }
  })
}
