import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { makeIdentity } from '@demo/certificate'
import { presentedCertificate } from '@main/portsip/tls-trust'
import { buildProgram } from '../unit/main/build-program'
import { variation, type Variation } from './bomb-bodies'
import type { FromBombed, ToBombed } from './bombed-program'
import { mutatedReply } from './mutated-replies'
import { startProgram } from './program'
import { about, counts, seed, testMs } from './settings'

const heapMegabytes = 128
const growthMegabytes = 200

let program = ''
beforeAll(async () => {
  const built = await buildProgram(fileURLToPath(new URL('./bombed-program.ts', import.meta.url)))
  program = built.program
  return built.remove
})

/** A server that sends the variation `current` as every response. */
async function startServer() {
  const { key, cert } = await makeIdentity('valid-self-signed')
  const state: { current: Variation } = { current: replyOf(0) }
  const server = createServer({ key, cert }, (request, response) => {
    const { status, headers, pieces } = state.current
    request.resume()
    const body = Readable.from(pieces(), { objectMode: false })
    response.on('close', () => body.destroy()).on('error', () => body.destroy())
    body.pipe(response.writeHead(status, headers))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { state, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Half of them are harmful by size, the others nearly what a PBX answers. */
const replyOf = (index: number): Variation =>
  index % 2 === 0 ? variation(seed, index) : mutatedReply(seed, index >> 1)

it(
  'each of thousands of harmful responses is survived, without a stall and with little memory',
  async () => {
    const { state, url } = await startServer()
    const bombed = startProgram<FromBombed, ToBombed>(
      program,
      [JSON.stringify({ url, pin: await presentedCertificate(url) })],
      heapMegabytes,
    )
    const { ready } = await bombed.next('ready')
    const codes = new Map<string, number>()
    for (let index = 0; index < counts.replies; index++) {
      state.current = replyOf(index)
      const place = about(index, state.current.title)
      try {
        bombed.send({ run: index >> 1 })
        bombed.send({ ping: index })
        const [{ ended, message, peakMegabytes }, { pong }] = await Promise.all([
          bombed.next('ended'),
          bombed.next('pong'),
        ])
        expect([pong, ended === 'internal'], place).toEqual([index, false])
        expect(message.length, place).toBeLessThanOrEqual(2000)
        expect(message, place).not.toContain('PLANTED')
        expect(peakMegabytes - ready, place).toBeLessThan(growthMegabytes)
        codes.set(ended, (codes.get(ended) ?? 0) + 1)
      } catch (error) {
        throw new Error(place, { cause: error })
      }
    }
    // Many were refused for their size and others read, so the variations work as intended.
    expect(codes.get('body-too-large')).toBeGreaterThan(counts.replies / 20)
    expect(codes.get('done')).toBeGreaterThan(counts.replies / 20)
    expect(codes.size).toBeGreaterThan(8)
  },
  testMs,
)
