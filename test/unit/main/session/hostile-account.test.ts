import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allowed } from '@shared/access/allowed'
import { replyValues } from '@shared/limits/reply'
import { Harness } from './harness'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

/** Signs in to a PBX of 22.6 whose GET /auth/user responds with this text. */
async function signedIn(body: string) {
  const { pbx, id } = await harness.add({ version: '22.6' })
  await pbx.setFaults({ body, onlyPath: 'GET /auth/user' })
  await harness.signIn(id, pbx)
  return harness.sessions.state(id)
}

const user = (capabilities: unknown, role: unknown = 'Site Admin') =>
  JSON.stringify({ role, password_force_reset: false, capabilities })
const size = (value: unknown) => JSON.stringify(value).length

describe('capabilities', () => {
  it.each([
    ['100,000 of them', user(Array.from({ length: 100_000 }, (_, at) => `Area${at}.FullAccess`))],
    ['9,000 of them', user(Array.from({ length: 9_000 }, (_, at) => `Area${at}.FullAccess`))],
    ['a text of 1 MB', user(['x'.repeat(1024 * 1024)])],
    ['nested lists', user([[['Trunk.FullAccess']], { Trunk: 'FullAccess' }])],
    ['an object', user({ Trunk: 'FullAccess' })],
    ['a text', user('Trunk.FullAccess')],
    ['other types', user([null, 1, true, 1e308])],
    ['names of the prototype', user(['__proto__.FullAccess', 'constructor.FullAccess', '__proto__'])],
    [
      'keys of the prototype',
      '{"role":"Site Admin","__proto__":{"capabilities":["Trunk.FullAccess"]},"constructor":{"role":"SystemAdmin"}}',
    ],
    ['characters that cannot be seen', user(['\u202eTrunk.FullAccess', 'Trunk\u200b.FullAccess'])],
  ])('that are %s grant nothing, and the session stays small', async (_, body) => {
    const state = await signedIn(body)
    expect(state.phase).toBe('signed-in')
    expect(allowed({ ...state, readable: [], refused: [] }, 'ip-rules', 'change')).not.toBe('yes')
    expect(allowed({ ...state, readable: [], refused: [] }, 'network', 'change')).not.toBe('yes')
    expect(size(state)).toBeLessThan(replyValues.capabilities * (replyValues.roleCharacters + 10))
    expect(({} as Record<string, unknown>)['capabilities']).toBeUndefined()
  })

  it('that are repeated count once, so that they hide no other one', async () => {
    const many = Array.from({ length: 5_000 }, () => 'Trunk.ViewOnly')
    const state = await signedIn(user([...many, 'SystemSettings.FullAccess']))
    expect(state.capabilities).toEqual(['Trunk.ViewOnly', 'SystemSettings.FullAccess'])
    expect(allowed(state, 'transports', 'change')).toBe('yes')
  })

  it('of another type leave those that are texts', async () => {
    const state = await signedIn(user([null, 'Trunk.FullAccess', 3, ['SystemSettings.FullAccess']]))
    expect(state.capabilities).toEqual(['Trunk.FullAccess'])
    expect(allowed(state, 'transports', 'change')).toBe('no')
  })
})

describe('a role', () => {
  it('of 40 MB is discarded with its reply, and the account is offered what is not known', async () => {
    const state = await signedIn(user(['Trunk.FullAccess'], 'x'.repeat(40 * 1024 * 1024)))
    expect(state.phase).toBe('signed-in')
    expect(state.role).toBeUndefined()
    expect(size(state)).toBeLessThan(10_000)
  })

  it.each([
    ['a list', ['SystemAdmin']],
    ['an object', { name: 'SystemAdmin' }],
    ['a number', 7],
    ['blank', ''],
  ])('that is %s is none', async (_, role) => {
    const state = await signedIn(user([], role))
    expect([state.phase, state.role]).toEqual(['signed-in', undefined])
  })

  it('with invisible characters is not the role that it looks like', async () => {
    const state = await signedIn(user([], 'System\u200bAdmin'))
    expect(allowed({ ...state, readable: [], refused: [] }, 'network', 'change')).toBe('unknown')
  })
})
