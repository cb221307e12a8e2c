import { Agent, request } from 'node:https'
import { TokenBucket } from '@main/portsip/token-bucket'
import type { BenchServer } from './practice-server'

export interface PlainClient {
  /** Sends one request as soon as the rate limit allows it; gives the JSON of the reply, if there is any. `path` is relative to /api. */
  send(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown>
  close(): void
}

/** The bare minimum of a client: keep-alive connections, and the rate limit that the app has. */
export function plainClient({ url, token }: Pick<BenchServer, 'url' | 'token'>): PlainClient {
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false })
  const bucket = new TokenBucket()
  const exchange = (method: string, path: string, body?: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      }
      const sent = request(`${url}/api${path}`, { method, agent, headers }, (reply) => {
        const pieces: Buffer[] = []
        reply.on('data', (piece: Buffer) => pieces.push(piece))
        reply.on('end', () => {
          const text = Buffer.concat(pieces).toString()
          if (reply.statusCode === 200 || reply.statusCode === 201) resolve(text === '' ? undefined : JSON.parse(text))
          else reject(new Error(`${method} ${path}: ${reply.statusCode}`))
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  return {
    async send(method, path, body) {
      const release = await bucket.acquire()
      try {
        return await exchange(method, path, body && JSON.stringify(body))
      } finally {
        release()
      }
    },
    close: () => agent.destroy(),
  }
}
