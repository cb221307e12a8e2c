import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'

const pathIn = (address: string | undefined): string => /unix:path=([^,;]+)/.exec(address ?? '')?.[1] ?? ''

export interface SilentKeychain {
  readonly env: Readonly<Record<string, string>>
  /** How often the keychain was asked something. */
  readonly asked: () => number
  /** It responds to what it was asked, as once it is unlocked. The app then ends without a wait for it. */
  respond(): void
  close(): void
}

/** The session's bus as it is, but requests for the keychain get no response, as while it waits to be unlocked. */
export async function silentKeychain(folder: string): Promise<SilentKeychain> {
  const real = pathIn(process.env['DBUS_SESSION_BUS_ADDRESS'])
  const sockets = new Set<Socket>()
  let asked = 0
  let isLocked = true
  const unlock: (() => void)[] = []
  const server = createServer((client) => {
    const bus = connect(real)
    const held: Buffer[] = []
    let isSilent = false
    unlock.push(() => {
      isSilent = false
      for (const bytes of held) bus.write(bytes)
    })
    for (const socket of [client, bus]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => [client, bus].forEach((each) => each.destroy()))
    }
    client.on('data', (bytes) => {
      if (isLocked && bytes.includes('org.freedesktop.secrets')) isSilent = true
      if (!isSilent) return void bus.write(bytes)
      held.push(bytes)
      asked += 1
    })
    bus.on('data', (bytes) => isSilent || client.write(bytes))
  })
  const path = join(folder, 'bus')
  server.listen(path)
  await once(server, 'listening')
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` },
    asked: () => asked,
    respond: () => {
      isLocked = false
      for (const each of unlock) each()
    },
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
