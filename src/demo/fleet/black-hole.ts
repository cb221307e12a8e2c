import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** A port that accepts connections and never sends a byte, like a server behind a broken firewall. */
export interface BlackHole {
  readonly url: string
  close(): Promise<void>
}

export async function openBlackHole(): Promise<BlackHole> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    socket.resume()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
