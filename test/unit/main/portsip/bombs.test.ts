import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { makeIdentity } from '@demo/certificate'
import { presentedCertificate } from '@main/portsip/tls-trust'
import { buildProgram } from '../build-program'
import { variation, type Variation } from './bomb-bodies'
import type { FromBombed, ToBombed } from './bombed-program'

const variations = 1000
const seed = Number(process.env['REPLY_SEED'] ?? 20_261_126)
const heapMegabytes = 128
const growthMegabytes = 200
/** Only ends a program that hangs; no test waits for it. */
const hangMs = 60_000

let program = ''
beforeAll(async () => {
  const built = await buildProgram(fileURLToPath(new URL('./bombed-program.ts', import.meta.url)))
  program = built.program
  return built.remove
})

/** A server that sends the variation `current` as every response. */
async function startServer() {
  const { key, cert } = await makeIdentity('valid-self-signed')
  const state: { current: Variation } = { current: variation(seed, 0) }
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

/** The program under test, and a function to receive one of its messages. */
function startProgram(url: string, pin: unknown) {
  const execArgv = [`--max-old-space-size=${heapMegabytes}`]
  const child = fork(program, [JSON.stringify({ url, pin })], {
    execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const messages: FromBombed[] = []
  const waiting = new Set<() => void>()
  child.on('message', (message: FromBombed) => {
    messages.push(message)
    for (const check of waiting) check()
  })
  const next = <K extends string>(key: K): Promise<Extract<FromBombed, Record<K, unknown>>> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(hang)
        waiting.delete(check)
        child.off('exit', onExit)
      }
      const onExit = (code: number | null): void => {
        stop()
        reject(new Error(`The program ended with ${code}`))
      }
      const check = (): void => {
        const index = messages.findIndex((message) => key in message)
        if (index < 0) return
        stop()
        resolve(messages.splice(index, 1)[0] as Extract<FromBombed, Record<K, unknown>>)
      }
      const hang = setTimeout(() => {
        stop()
        reject(new Error(`The program hangs: no ${key}`))
      }, hangMs)
      child.once('exit', onExit)
      waiting.add(check)
      check()
    })
  return { send: (message: ToBombed) => child.send(message), next }
}

it(`${variations} harmful responses: the program survives each, stays responsive, and uses little memory`, async () => {
  const { state, url } = await startServer()
  const bombed = startProgram(url, await presentedCertificate(url))
  const { ready } = await bombed.next('ready')
  const codes = new Map<string, number>()
  for (let index = 0; index < variations; index++) {
    state.current = variation(seed, index)
    const about = `REPLY_SEED=${seed}, variation ${index}: ${state.current.title}`
    try {
      bombed.send({ run: index })
      bombed.send({ ping: index })
      const [{ ended, message, peakMegabytes }, { pong }] = await Promise.all([
        bombed.next('ended'),
        bombed.next('pong'),
      ])
      expect([pong, ended === 'internal'], about).toEqual([index, false])
      expect(message.length, about).toBeLessThanOrEqual(2000)
      expect(message, about).not.toContain('PLANTED')
      expect(peakMegabytes - ready, about).toBeLessThan(growthMegabytes)
      codes.set(ended, (codes.get(ended) ?? 0) + 1)
    } catch (error) {
      throw new Error(about, { cause: error })
    }
  }
  // Most responses were refused for their size, so the variations work as intended.
  expect(codes.get('body-too-large')).toBeGreaterThan(variations / 10)
  expect(codes.get('done')).toBeGreaterThan(0)
}, 600_000)
