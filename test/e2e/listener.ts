import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/** Takes connections and datagrams on one port of loopback and notes each; nothing should ever arrive. */
export interface Listener {
  readonly port: number
  readonly arrived: readonly string[]
  close(): Promise<void>
}

export async function startListener(): Promise<Listener> {
  const arrived: string[] = []
  const tcp = createServer((socket) => {
    arrived.push('a connection')
    socket.on('error', () => undefined).destroy()
  }).listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const { port } = tcp.address() as AddressInfo
  const udp = createSocket('udp4', () => arrived.push('a datagram'))
  udp.bind(port, '127.0.0.1')
  await once(udp, 'listening')
  return {
    port,
    arrived,
    close: async () => {
      udp.close()
      tcp.close()
      await once(tcp, 'close')
    },
  }
}
