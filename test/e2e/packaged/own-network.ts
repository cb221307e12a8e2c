import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What left a program, or tried to. */
export interface NetworkReport {
  /** Connections that arrived at the server. */
  readonly called: number
  /** Addresses beyond this computer to which anything was to be sent, of any protocol. */
  readonly neighbors: readonly string[]
  /** UDP datagrams to anywhere, this computer included. */
  readonly datagrams: number
  /** TCP connections to anywhere, without those of the debugger. */
  readonly connections: number
}

export interface OwnNetwork {
  /** The server's address there. */
  readonly serverUrl: string
  /** The port under which the program has to offer its window to the debugger. */
  readonly debuggingPort: number
  /** The command that runs another one there. */
  readonly within: readonly string[]
  /** Once the program has ended. */
  report(): Promise<NetworkReport>
  close(): Promise<void>
}

/** As the same user, with the right to set up the network. */
const unshare = process.getuid?.() === 0 ? ['-n'] : ['-n', '-U', '-c', '--keep-caps']

/** Why a program cannot get a separate network here; undefined if it can. */
export const noOwnNetwork = ((): string | undefined => {
  if (process.platform !== 'linux') return 'Only Linux has network namespaces'
  const [command, ...args] = ['unshare', ...unshare, 'ip', 'link', 'add', 'out', 'type', 'veth', 'peer', 'name', 'away']
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return undefined
  } catch {
    return `This account may not make network namespaces with interfaces: \`${[command, ...args].join(' ')}\` fails`
  }
})()

const address = '198.51.100.10'

/** A network in which a server of this one is reachable, and nothing else. */
export async function makeOwnNetwork(server: string): Promise<OwnNetwork> {
  const folder = await mkdtemp(join(tmpdir(), 'fleet-net-'))
  const { port, hostname } = new URL(server)
  const relay = (target: () => ReturnType<typeof connect>): Server =>
    createServer((socket) => {
      const other = target()
      socket.on('error', () => other.destroy())
      other.on('error', () => socket.destroy())
      socket.pipe(other).pipe(socket)
    })
  const toServer = relay(() => connect(Number(port), hostname)).listen(join(folder, 'server'))
  const toDebugger = relay(() => connect(join(folder, 'debugging'))).listen(0, '127.0.0.1')
  await Promise.all([once(toServer, 'listening'), once(toDebugger, 'listening')])
  const debuggingPort = (toDebugger.address() as AddressInfo).port
  const inside = join(import.meta.dirname, 'inside-network.cjs')
  return {
    serverUrl: `https://${address}:${port}`,
    debuggingPort,
    within: ['unshare', ...unshare, process.execPath, inside, folder, address, port, String(debuggingPort)],
    report: async () => JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as NetworkReport,
    close: async () => {
      toServer.close()
      toDebugger.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
