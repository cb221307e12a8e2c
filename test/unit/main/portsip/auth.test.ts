import type { z } from 'zod'
import { expect, it } from 'vitest'
import { signIn } from '@main/portsip/auth'
import type { HttpRequest, PbxHttp } from '@main/portsip/http'

const credentials = { username: 'admin', password: 'x', domain: '' }

/** A server that replies to the sign-in with this body. */
const answering = (body: unknown): PbxHttp => {
  const json = <T>(_request: HttpRequest, schema: z.ZodType<T>): Promise<T> => Promise.resolve(schema.parse(body))
  return { json } as unknown as PbxHttp
}

it.each<[string, object, string]>([
  ['tokens', { access_token: 'a' }, 'tokens'],
  ['tokens of an account that has a second factor', { two_factor_enabled: true, access_token: 'a' }, 'tokens'],
  ['tokens of one that has none', { two_factor_enabled: false, access_token: 'a', token: 't' }, 'tokens'],
  ['a challenge', { two_factor_enabled: true, token: 't' }, 'otp'],
  ['a challenge without the flag', { token: 't' }, 'otp'],
  ['a challenge with an empty flag', { two_factor_enabled: null, access_token: null, token: 't' }, 'otp'],
  ['a challenge whose flag is false', { two_factor_enabled: false, token: 't' }, 'otp'],
  ['tokens without the flag', { access_token: 'a', token: 't' }, 'tokens'],
  ['a challenge beside tokens', { two_factor_enabled: true, token: 't', access_token: 'a' }, 'otp'],
])('a sign-in with the response %s', async (_name, body, kind) => {
  expect((await signIn(answering(body), credentials, undefined)).kind).toBe(kind)
})
