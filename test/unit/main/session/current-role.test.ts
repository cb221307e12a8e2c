import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allowed } from '@shared/access/allowed'
import { ipRule } from '@shared/resources/ip-rule'
import { transport } from '@shared/resources/transport'
import { listRecords } from '@main/portsip/records'
import { withIdentity } from '@main/services/session/read-identity'
import type { SessionState } from '@shared/domain/session'
import { failureOf, Harness, sentTo } from './harness'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

const page = { offset: 0, limit: 10 }
const viewOnly = ['SystemSettings.ViewOnly', 'Trunk.FullAccess']

async function signedIn(version: '22.2' | '22.6' = '22.6') {
  const { pbx, id } = await harness.add({ version })
  await harness.signIn(id, pbx)
  return { pbx, id, state: () => harness.sessions.state(id), reader: harness.sessions.reader(id) }
}

/** The next state of the session like this. */
const stateWith = (isWanted: (state: SessionState) => boolean): Promise<SessionState> =>
  new Promise((resolve) =>
    harness.sessions.onChange((state) => {
      if (isWanted(state)) resolve(state)
    }),
  )

describe('role and capabilities of the account that is signed in', () => {
  it('come with the sign-in', async () => {
    const { state } = await signedIn()
    expect(state().capabilities).toContain('SystemSettings.FullAccess')
    expect(allowed(state(), 'transports', 'change')).toBe('yes')
  })

  it('are those after a renewal, which continues for the same account', async () => {
    const { pbx, id, state, reader } = await signedIn()
    await pbx.setFaults({ capabilities: viewOnly, expireTokens: true })
    const changed = stateWith(({ capabilities }) => capabilities?.length === viewOnly.length)
    await listRecords(reader, ipRule, page)
    expect((await changed).capabilities).toEqual(viewOnly)
    expect(state().phase).toBe('signed-in')
    expect(allowed(state(), 'transports', 'change')).toBe('no')
    expect(harness.store.secrets.has(`${id}:refresh`)).toBe(true)
  })

  it('may be another role of the same account after a renewal', async () => {
    const { pbx, state, reader } = await signedIn('22.2')
    await pbx.setFaults({ expireTokens: true, body: '{"role":"Night Shift"}', onlyPath: 'GET /auth/user' })
    const changed = stateWith(({ role }) => role === 'Night Shift')
    await listRecords(reader, ipRule, page)
    await changed
    expect(state().phase).toBe('signed-in')
  })

  it('are those after a request that is refused', async () => {
    const { pbx, state, reader } = await signedIn()
    await pbx.setFaults({ actsAs: 'Dealer' })
    const changed = stateWith(({ role }) => role === 'Dealer')
    expect(await failureOf(listRecords(reader, ipRule, page))).toMatchObject({ code: 'forbidden' })
    await changed
    expect(state().phase).toBe('signed-in')
    expect(allowed(state(), 'ip-rules', 'read')).toBe('no')
  })

  it('leave no limits of the status that another role has read', () => {
    const limits = {
      owner: 'server',
      readAt: '2030-01-01T00:00:00Z',
      users: { used: 1 },
      calls: {},
      tenants: {},
    } as const
    const before = { phase: 'signed-in', passwordStored: true, role: 'SystemAdmin', facts: limits } as const
    expect(withIdentity(before, { role: 'SystemAdmin' }).facts).toEqual(limits)
    expect(withIdentity(before, { role: 'Dealer' }).facts).toBeUndefined()
    expect(withIdentity(before, { role: 'StandardUser', isTenantUser: true }).facts).toBeUndefined()
  })

  it('are those after a status that was read for the board', async () => {
    const { pbx, id, state } = await signedIn()
    await pbx.setFaults({ capabilities: viewOnly })
    await harness.sessions.noteStatus(id, undefined)
    expect(state().capabilities).toEqual(viewOnly)
  })

  it('come with the version of a PBX that was upgraded meanwhile', async () => {
    const { pbx, state, reader } = await signedIn('22.2')
    expect([state().version?.slice(0, 4), state().capabilities]).toEqual(['22.2', undefined])
    await pbx.setFaults({ version: '22.6', expireTokens: true })
    const changed = stateWith(({ version }) => version?.startsWith('22.6') === true)
    await listRecords(reader, ipRule, page)
    expect((await changed).capabilities).toContain('Trunk.FullAccess')
  })

  it('are forgotten if the PBX no longer reports them', async () => {
    const { pbx, id, state } = await signedIn()
    await pbx.setFaults({ body: '{"role":"SystemAdmin"}', onlyPath: 'GET /auth/user' })
    await harness.sessions.noteStatus(id, undefined)
    expect(state().capabilities).toBeUndefined()
    expect(state().role).toBe('SystemAdmin')
  })

  it('stay known while they cannot be read', async () => {
    const { pbx, id, state } = await signedIn()
    const before = state()
    await pbx.setFaults({ status: 500, onlyPath: 'GET /auth/user' })
    const from = pbx.requests.length
    await harness.sessions.noteStatus(id, undefined)
    expect(sentTo(pbx).slice(from)).toContain('GET /auth/user 500')
    expect(state().capabilities).toEqual(before.capabilities)
    expect(state().role).toBe('SystemAdmin')
  })
})

describe('a role that this app does not know', () => {
  it('gets the pages that a small read of each does not refuse', async () => {
    const { pbx, id } = await harness.add({ version: '22.2' })
    await pbx.setFaults({ body: '{"role":"Night Shift"}', onlyPath: 'GET /auth/user' })
    await harness.signIn(id, pbx)
    expect(harness.sessions.state(id)).toMatchObject({ role: 'Night Shift', version: expect.any(String) as string })
    expect(harness.sessions.state(id).refused).toEqual([])
    expect(sentTo(pbx)).toEqual(expect.arrayContaining(['GET /transports 200', 'GET /network 200']))
    expect(sentTo(pbx).filter((line) => line.includes('/key') || line.includes('token '))).toEqual([])
  })

  describe('is probed once', () => {
    const night = { body: '{"role":"Night Shift"}', onlyPath: 'GET /auth/user' } as const
    const probed = (pbx: Parameters<typeof sentTo>[0], from = 0) =>
      sentTo(pbx)
        .slice(from)
        .filter((line) =>
          /^GET \/(tenants|dealers|ip_filters|transports|providers|network|admin\/(settings|notification)) /.test(line),
        )

    async function nightShift() {
      const { pbx, id } = await harness.add({ version: '22.2' })
      await pbx.setFaults(night)
      await harness.signIn(id, pbx)
      expect(probed(pbx)).toHaveLength(8)
      return { pbx, id, from: pbx.requests.length, note: () => harness.sessions.noteStatus(id, undefined) }
    }

    it('not with each status', async () => {
      const { pbx, from, note } = await nightShift()
      await note()
      await note()
      expect(sentTo(pbx).slice(from)).toEqual(['GET /auth/user 200', 'GET /auth/user 200'])
    })

    it('and again if the role has changed', async () => {
      const { pbx, from, note } = await nightShift()
      await pbx.setFaults({ ...night, body: '{"role":"Day Shift"}' })
      await note()
      expect(probed(pbx, from)).toHaveLength(8)
    })

    it('and again after a refusal that contradicts it', async () => {
      const { pbx, id, note } = await nightShift()
      await pbx.setFaults({ status: 403, onlyPath: 'GET /transports', body: undefined })
      await failureOf(listRecords(harness.sessions.reader(id), transport, page))
      await harness.sessions.noteStatus(id, undefined, -1)
      await pbx.setFaults({ ...night, status: 0 })
      const from = pbx.requests.length
      await note()
      expect(probed(pbx, from).length).toBeGreaterThan(0)
    })

    it.each([{ status: 500 }, { dropAfterReceive: true }, { brokenJson: true }] as const)(
      'a page about which the PBX says nothing is offered as unknown: %o',
      async (fault) => {
        const { pbx, id } = await harness.add({
          version: '22.3',
          moreAccounts: [{ username: 'night', role: 'SystemAdmin', roleName: 'Night Shift' }],
        })
        await pbx.setFaults({ ...fault, onlyPath: 'GET /network' })
        await harness.signIn(id, pbx, { username: 'night' })
        const state = harness.sessions.state(id)
        expect(state.role).toBe('Night Shift')
        expect([allowed(state, 'network', 'read'), allowed(state, 'notification', 'read')]).toEqual(['unknown', 'yes'])
      },
    )
  })

  it('and that is a site administrator’s has no page that its capabilities or a small read refuse', async () => {
    const { pbx, id } = await harness.add({
      version: '22.3',
      moreAccounts: [
        { username: 'site', role: 'SystemAdmin', roleName: 'Site Admin', capabilities: ['Trunk.FullAccess'] },
      ],
    })
    await pbx.setFaults({ status: 403, onlyPath: 'GET /network' })
    await harness.signIn(id, pbx, { username: 'site' })
    const state = harness.sessions.state(id)
    expect(state).toMatchObject({ role: 'Site Admin', refused: ['network'] })
    expect([allowed(state, 'trunk-assignments', 'change'), allowed(state, 'system-settings', 'read')]).toEqual([
      ...['yes', 'no'],
    ])
  })

  it('of a tenant’s user gets the pages of a tenant, without a probe', async () => {
    const { pbx, id } = await harness.add({ version: '22.2' })
    const admin = pbx.accounts.find(({ role }) => role === 'Admin')
    await pbx.setFaults({ body: '{"role":"Receptionist"}', onlyPath: 'GET /auth/user' })
    await harness.signIn(id, pbx, { username: admin?.username ?? '', domain: admin?.domain ?? '' })
    const state = harness.sessions.state(id)
    expect([allowed(state, 'overview', 'read'), allowed(state, 'certificate', 'read')]).toEqual(['yes', 'no'])
    expect(sentTo(pbx).filter((line) => line.includes('/transports'))).toEqual([])
  })
})

const limited = ['Trunk.FullAccess']
const failures = [
  { status: 500 },
  { status: 403 },
  { body: '<html>login</html>' },
  { brokenJson: true },
  { body: '{}' },
  { dropAfterReceive: true },
] as const

describe('an account whose user cannot be read while its status can', () => {
  async function siteAdmin() {
    const account = { username: 'site', role: 'SystemAdmin', roleName: 'Site Admin', capabilities: limited } as const
    const { pbx, id } = await harness.add({ version: '22.6', moreAccounts: [account] })
    return { pbx, id, state: () => harness.sessions.state(id), reader: () => harness.sessions.reader(id) }
  }

  it.each(failures)('stays what it was after a refusal: %o', async (failure) => {
    const { pbx, id, state, reader } = await siteAdmin()
    await harness.signIn(id, pbx, { username: 'site' })
    const { refused, facts } = state()
    await pbx.setFaults({ ...failure, onlyPath: 'GET /auth/user' })
    const read = stateWith((after) => after.facts !== facts)
    expect(await failureOf(listRecords(reader(), transport, page))).toMatchObject({ code: 'forbidden' })
    await read
    expect(state()).toMatchObject({ phase: 'signed-in', role: 'Site Admin', capabilities: limited })
    expect(state().refused).toEqual(refused)
  })

  it.each(failures)('is not taken for a system administrator at the sign-in: %o', async (failure) => {
    const { pbx, id, state } = await siteAdmin()
    await pbx.setFaults({ ...failure, onlyPath: 'GET /auth/user' })
    await harness.signIn(id, pbx, { username: 'site' })
    expect(state()).toMatchObject({ phase: 'signed-in', version: expect.any(String) as string })
    expect(state().role).toBeUndefined()
  })

  it('is still a tenant’s user if it signed in with a domain', async () => {
    const { pbx, id } = await harness.add()
    const admin = pbx.accounts.find(({ role }) => role === 'Admin')
    await pbx.setFaults({ status: 500, onlyPath: 'GET /auth/user' })
    await harness.signIn(id, pbx, { username: admin?.username ?? '', domain: admin?.domain ?? '' })
    expect(allowed(harness.sessions.state(id), 'certificate', 'read')).toBe('no')
  })

  it('still has to change the password', async () => {
    const { pbx, id, state, reader } = await siteAdmin()
    await pbx.setFaults({ body: '{"role":"SystemAdmin","password_force_reset":true}', onlyPath: 'GET /auth/user' })
    await harness.signIn(id, pbx, { username: 'site' })
    expect(state().passwordForceReset).toBe(true)
    const { facts } = state()
    await pbx.setFaults({ status: 500, onlyPath: 'GET /auth/user' })
    const read = stateWith((after) => after.facts !== facts)
    await failureOf(listRecords(reader(), transport, page))
    await read
    expect(state().passwordForceReset).toBe(true)
  })
})
