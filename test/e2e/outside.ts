import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** A web server that nobody should ever reach; what reaches it all the same is written down. */
export interface Outside {
  readonly url: string
  readonly hits: readonly string[]
  close(): Promise<void>
}

export async function startOutside(): Promise<Outside> {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(`${request.method ?? ''} ${request.url ?? ''}`)
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.end('<h1>outside</h1>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hits,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
