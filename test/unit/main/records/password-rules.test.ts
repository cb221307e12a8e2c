import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PracticeOptions } from '@demo/practice-pbx'
import { defaultPolicy } from '@shared/domain/password-policy'
import type { SignInArgs } from '@shared/domain/session'
import { AccountService } from '@main/services/account-service'
import { dealerHooks } from '@main/services/records/dealer-hooks'
import { problemsOf } from '@shared/resources/problem'
import { asOfVersion } from '@shared/resources/version'
import { dealers } from '@shared/resources/dealer'
import { listRecords } from '@main/portsip/records'
import { failureOf, Harness, sentTo } from '../session/harness'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

const confirmation = { acknowledged: true, typedName: '', override: '' }
/** 41 characters that break no other rule. */
const long = 'Kq7-wZ2_mP9.rT4-xB6_nL8.vD3-hG5_jS1.cF7-y'

async function signedIn(
  options: PracticeOptions,
  args: (pbx: Awaited<ReturnType<Harness['add']>>['pbx']) => Partial<SignInArgs> = () => ({}),
) {
  const { pbx, id } = await harness.add(options)
  await harness.signIn(id, pbx, args(pbx))
  const { sessions, servers, writer } = harness
  return { pbx, id, account: new AccountService({ sessions, servers, writer }) }
}

const tenantAdmin = (pbx: { accounts: readonly { role: string; username: string; domain?: string }[] }) => {
  const { username = '', domain = '' } = pbx.accounts.find(({ role }) => role === 'Admin') ?? {}
  return { username, domain }
}

describe('the rules for a new password', () => {
  it('are the policy that the PBX reports to an administrator from 22.6 on', async () => {
    const { id, account } = await signedIn({ version: '22.6', passwordMax: 64 })
    expect(await account.passwordRules(id, 'own')).toEqual({
      policy: { ...defaultPolicy, maxLength: 64 },
      source: 'pbx',
      isAdvisory: false,
    })
  })

  it('are those of the own tenant for its administrator, in every version', async () => {
    const { pbx, id, account } = await signedIn({ version: '22.2' }, tenantAdmin)
    const body = JSON.stringify({ min_length: 10, max_length: 20, contains_letters: false, contains_numbers: true })
    await pbx.setFaults({ body, onlyPath: 'GET /tenant/password_policy' })
    expect(await account.passwordRules(id, 'own')).toMatchObject({
      policy: { minLength: 10, maxLength: 20, letters: false, digits: true, noRepeats: true },
      source: 'pbx',
      isAdvisory: true,
    })
  })

  it.each([
    ['an unexpected length', { min_length: 'eight', max_length: 64 }, { minLength: 8, maxLength: 64 }],
    ['lengths that exclude each other', { min_length: 40, max_length: 12 }, { minLength: 8, maxLength: 32 }],
    ['nothing', {}, { minLength: 8, maxLength: 32 }],
    ['a huge length', { max_length: 1e12 }, { minLength: 8, maxLength: 32 }],
  ])('with %s are the default in its place, and the PBX decides', async (_, reply, policy) => {
    const { pbx, id, account } = await signedIn({ version: '22.6' })
    await pbx.setFaults({ body: JSON.stringify(reply), onlyPath: 'GET /admin/password_policy' })
    expect(await account.passwordRules(id, 'own')).toMatchObject({ policy, isAdvisory: true })
  })

  it.each([{ status: 403 }, { status: 500 }, { brokenJson: true }, { dropAfterReceive: true }] as const)(
    'that cannot be read are the default, and the PBX decides: %o',
    async (fault) => {
      const { pbx, id, account } = await signedIn({ version: '22.6' })
      await pbx.setFaults({ ...fault, onlyPath: 'GET /admin/password_policy' })
      expect(await account.passwordRules(id, 'own')).toMatchObject({ source: 'default', isAdvisory: true })
    },
  )

  it('are the documented default before 22.6, without a request', async () => {
    const { pbx, id, account } = await signedIn({ version: '22.3' })
    expect(await account.passwordRules(id, 'own')).toMatchObject({ source: 'default', isAdvisory: false })
    expect(sentTo(pbx).filter((line) => line.includes('password_policy'))).toEqual([])
  })
})

describe('a password of 41 characters', () => {
  it('is the dealer’s under a wider policy', async () => {
    const { pbx, id, account } = await signedIn({ version: '22.6', passwordMax: 64 })
    const { items } = await listRecords(harness.sessions.reader(id), dealers, { offset: 0, limit: 10 })
    await account.resetDealerPassword({ serverId: id, id: items[0]?.id ?? '', password: long, confirmation })
    expect(sentTo(pbx).at(-1)).toMatch(/^POST \/dealers\/.*\/password 200$/)
  })

  it('is sent to a PBX that refuses it for its own reason', async () => {
    const { id, account } = await signedIn({ version: '22.6' })
    const { items } = await listRecords(harness.sessions.reader(id), dealers, { offset: 0, limit: 10 })
    const reset = account.resetDealerPassword({ serverId: id, id: items[0]?.id ?? '', password: long, confirmation })
    expect(await failureOf(reset)).toMatchObject({ code: 'rejected', status: 400 })
  })

  it.each([
    ['22.6', 64, []],
    ['22.6', 32, ['Password: The policy that the PBX reports: Maximum 32 characters. The PBX decides.']],
  ] as const)(
    'of a new dealer passes the form of %s, and under a maximum of %i the review says %j',
    async (version, passwordMax, warnings) => {
      const { id } = await signedIn({ version, passwordMax })
      const changes = { name: 'north', level: 'RESELLER', password: long, max_tenants: 1, max_extensions: 1 }
      const fields = dealers.fields.map((field) => asOfVersion(field, version))
      expect(problemsOf(fields, changes).get('password')).toBeUndefined()
      const write = {
        client: harness.sessions.reader(id),
        server: harness.get(id),
        role: 'SystemAdmin',
        version,
        changes,
      }
      expect((await dealerHooks.check?.(write))?.warnings).toEqual(warnings)
    },
  )

  it('is not sent where the policy that was read forbids it', async () => {
    const { pbx, id, account } = await signedIn({ version: '22.6', passwordMax: 40 })
    const change = { serverId: id, oldPassword: pbx.password, newPassword: long, confirmation }
    expect(await failureOf(account.changePassword(change))).toMatchObject({
      fields: [{ path: 'newPassword', message: 'Maximum 40 characters' }],
    })
    expect(sentTo(pbx).filter((line) => line.startsWith('POST /admin/user/password'))).toEqual([])
  })
})
