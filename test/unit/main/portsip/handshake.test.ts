import { once } from 'node:events'
import { createServer as createHttp } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { createServer as createTls } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { makeIdentity } from '@demo/certificate'
import { connectError } from '@main/portsip/connect-error'
import { probe } from '@main/portsip/tls-trust'
import { onlyRoots } from '@main/portsip/trusted-roots'
import { failureOf } from '../session/harness'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function listen(server: Server): Promise<string> {
  server.on('connection', (socket) => {
    server.once('close', () => socket.destroy())
    socket.on('error', () => undefined)
  })
  servers.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const handshakeFailure = (url: string, signal?: AbortSignal) =>
  failureOf(probe({ url, pin: undefined, roots: onlyRoots([]), connectMs: 300 }, signal))

describe('a handshake', () => {
  it('with a server that accepts and sends nothing times out', async () => {
    expect(await handshakeFailure(await listen(createServer()))).toMatchObject({ code: 'timeout' })
  })

  it('with a server that disconnects is offline', async () => {
    expect(await handshakeFailure(await listen(createServer((socket) => void socket.destroy())))).toMatchObject({
      code: 'offline',
    })
  })

  it('with a plain HTTP port is no encrypted connection', async () => {
    const url = await listen(createHttp((_request, response) => void response.end('{}')))
    expect(await handshakeFailure(url)).toMatchObject({ code: 'tls-invalid', message: 'The port does not use TLS' })
  })

  it('below TLS 1.2 is refused', async () => {
    const { key, cert } = await makeIdentity('valid-self-signed')
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    const server = createTls({ key, cert, ...old })
    server.on('tlsClientError', () => undefined)
    expect((await handshakeFailure(await listen(server))).message).toBe(
      'The server supports only versions before TLS 1.2',
    )
  })

  it('ends when it is cancelled', async () => {
    const url = await listen(createServer())
    const abort = new AbortController()
    const failure = handshakeFailure(url, abort.signal)
    abort.abort()
    expect(await failure).toMatchObject({ code: 'cancelled' })
  })

  it('with a name that does not resolve, or a closed port, reports which', async () => {
    expect(await handshakeFailure('https://nothing.invalid:8887')).toMatchObject({
      code: expect.stringMatching(/offline|timeout/) as string,
    })
    const url = await listen(createServer())
    servers.splice(0).forEach((server) => server.close())
    expect((await handshakeFailure(url)).message).toContain('Connection refused')
  })
})

describe('a failed handshake in Electron says what is wrong with the server', () => {
  it.each([
    ['KEY_USAGE_BIT_INCORRECT', /must not be used for TLS.*digital signature/],
    ['SSLV3_ALERT_HANDSHAKE_FAILURE', /no encryption method in common.*Ed25519 or brainpool/],
    ['DECODE_ERROR', /certificate of the server cannot be read.*brainpool/],
    ['EXCESSIVE_MESSAGE_SIZE', /too much data/],
    ['TLSV1_ALERT_PROTOCOL_VERSION', /only versions before TLS 1\.2/],
    ['WRONG_VERSION_NUMBER', /does not use TLS.*plain HTTP/],
    ['TLSV13_ALERT_CERTIFICATE_REQUIRED', /requires a client certificate/],
    ['SOMETHING_NEW', /ERR_SSL_SOMETHING_NEW/],
  ])('%s', (reason, words) => {
    const { detail } = connectError(Object.assign(new Error('x'), { code: `ERR_SSL_${reason}` }))
    expect(detail.code).toBe('tls-invalid')
    expect(`${detail.message} ${detail.hint}`).toMatch(words)
  })
})
