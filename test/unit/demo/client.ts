import { request, type RequestOptions } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { oauthClientId } from '@shared/domain/session'
import type { PracticePbx } from '@demo/practice-pbx'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  readonly fingerprint256: string
  json<T = Record<string, unknown>>(): T
}

export interface Sent extends Pick<RequestOptions, 'localAddress' | 'ca' | 'agent'> {
  readonly token?: string | undefined
  readonly body?: unknown
  /** Sent as application/octet-stream. */
  readonly bytes?: Buffer
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * One request over real HTTPS, on a separate connection unless an agent is given. Rejects if the response is
 * incomplete.
 */
export function call(pbx: { readonly url: string }, operation: string, sent: Sent = {}): Promise<Reply> {
  const [method = 'GET', path = ''] = operation.split(' ')
  const { token, body, bytes, form, headers, ...options } = sent
  const payload =
    bytes ??
    (form === undefined ? (body === undefined ? undefined : JSON.stringify(body)) : String(new URLSearchParams(form)))
  const text = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded'
  const type = bytes === undefined ? text : 'application/octet-stream'
  return new Promise((resolve, reject) => {
    const outgoing = request(`${pbx.url}/api${path}`, {
      method,
      agent: false,
      rejectUnauthorized: sent.ca !== undefined,
      headers: {
        ...(payload === undefined ? {} : { 'content-type': type }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...options,
    })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      const { fingerprint256 } = (response.socket as TLSSocket).getPeerCertificate()
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString()
        const { statusCode: status = 0, headers: received } = response
        resolve({ status, headers: received, text, fingerprint256, json: <T>() => JSON.parse(text) as T })
      })
    })
    outgoing.end(payload)
  })
}

export interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
  readonly expires_in: number
}

/** Signs in as the account with this role and returns its tokens. */
export async function signIn(
  pbx: PracticePbx,
  role: 'SystemAdmin' | 'Dealer' | 'Admin' = 'SystemAdmin',
): Promise<Tokens> {
  const account = pbx.accounts.find((candidate) => candidate.role === role)
  const { username, password, domain } = account ?? { username: '', password: '' }
  const who = { username, password, ...(domain && { domain }) }
  const form = { ...who, grant_type: 'password', client_id: oauthClientId, scope: 'all' }
  const reply =
    pbx.version < '22.2'
      ? await call(pbx, 'POST /login/oauth/token', { form })
      : await call(pbx, 'POST /auth/sign_in', { body: who })
  if (reply.status !== 200) throw new Error(`Signing in as ${role} was answered with ${reply.status}`)
  return reply.json<Tokens>()
}

/** The code of the first error of a refusal. */
export const codeOf = (reply: Reply): string | undefined => reply.json<{ errors: { code: string }[] }>().errors[0]?.code
