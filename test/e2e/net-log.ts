import { readFile } from 'node:fs/promises'

interface NetEvent {
  readonly type: number
  readonly params?: {
    readonly url?: string
    readonly host?: string
    readonly hostname?: string
    readonly address?: string
  }
}

interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> }
  readonly events: readonly NetEvent[]
}

/** Events that mean that Chromium asked for something outside: a request, a name, a connection, a datagram. */
const outgoing = new Set([
  'URL_REQUEST_START_JOB',
  'HOST_RESOLVER_MANAGER_REQUEST',
  'HOST_RESOLVER_SYSTEM_TASK',
  'DNS_TRANSACTION',
  'TCP_CONNECT_ATTEMPT',
  'UDP_BYTES_SENT',
  'QUIC_SESSION',
])

/** The switches that make Chromium write down all that its network does, QUIC and datagrams included. */
export const netLogSwitches = (file: string): readonly string[] => [
  `--log-net-log=${file}`,
  '--net-log-capture-mode=Everything',
]

/** What Chromium asked for outside the app, as `EVENT target`; the file is complete once the app has ended. */
export async function outgoingEvents(file: string): Promise<readonly string[]> {
  const { constants, events } = JSON.parse(await readFile(file, 'utf8')) as NetLog
  const names = new Map(Object.entries(constants.logEventTypes).map(([name, type]) => [type, name]))
  for (const name of outgoing) if (!(name in constants.logEventTypes)) throw new Error(`Chromium has no event ${name}`)
  const found = events.flatMap(({ type, params }) => {
    const name = names.get(type) ?? ''
    const target = params?.url ?? params?.host ?? params?.hostname ?? params?.address
    return outgoing.has(name) && target !== undefined ? [`${name} ${target}`] : []
  })
  return [...new Set(found)]
}
