import type { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { FleetError } from '@shared/ipc/result'
import { signIn, whoami } from '@main/portsip/auth'
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

describe('the path that reports the role', () => {
  /** A PBX without these paths; `asked` has those that were requested. */
  function without(missing: readonly string[], status = 404) {
    const asked: string[] = []
    const json = (request: HttpRequest): Promise<unknown> => {
      asked.push(request.path)
      if (!missing.includes(request.path)) return Promise.resolve({ role: 'SystemAdmin' })
      return Promise.reject(new FleetError({ code: 'not-found', message: 'Not found', status }))
    }
    return { http: { json } as unknown as PbxHttp, asked }
  }

  it.each([
    ['auth', '/auth/user', '/login'],
    ['oauth', '/login', '/auth/user'],
  ] as const)('after a sign-in by %s is %s, or %s on a PBX without it', async (api, first, second) => {
    const both = without([])
    expect((await whoami(both.http, api, 't', undefined)).role).toBe('SystemAdmin')
    expect(both.asked).toEqual([first])
    const other = without([first])
    expect((await whoami(other.http, api, 't', undefined)).role).toBe('SystemAdmin')
    expect(other.asked).toEqual([first, second])
    await expect(whoami(without([first, second]).http, api, 't', undefined)).rejects.toThrow('Not found')
  })

  it('is not the other one after any other error', async () => {
    for (const status of [401, 403, 500]) {
      const { http, asked } = without(['/auth/user'], status)
      await expect(whoami(http, 'auth', 't', undefined)).rejects.toThrow()
      expect(asked).toEqual(['/auth/user'])
    }
  })
})
