import { Agent } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowed, type Account } from '@shared/access/allowed'
import { tenantRoles, type AccessAction, type Subject } from '@shared/access/rules'
import { practiceVersions } from '@shared/domain/practice'
import { oauthClientId } from '@shared/domain/session'
import { operationsOf } from '@demo/operations'
import type { MoreAccount } from '@demo/options'
import { startPracticePbx, type PracticePbx } from '@demo/practice-pbx'
import { accounts, cells, type Cell, type TestedAccount } from '../../roles/cells'
import { call, type Tokens } from './client'

/** The operations of each page, by their paths. Rebranding cannot be read, and the status differs between roles. */
const paths: Readonly<Record<Subject, RegExp>> = {
  overview: /^\/info$/,
  tenants: /^\/tenants(?!\/switch)/,
  dealers: /^\/dealers/,
  'ip-rules': /^\/ip_filters/,
  transports: /^\/transports/,
  'trunk-assignments': /^\/providers/,
  'system-settings': /^\/admin\/settings/,
  notification: /^\/admin\/notification/,
  network: /^\/network/,
  sbc: /^\/sbc/,
  im: /^\/im/,
  certificate: /^\/key/,
  license: /^\/license/,
  brand: /^\/brand/,
  tenant: /^\/tenant(?!s)/,
  account: /^(\/admin|\/admin\/user|\/dealer|\/user)\/password$|^\/login$/,
}
/** Documented for one role: that of an administrator for a dealer's tenants, and the password of each kind of account. */
const ofOneRole = /^\/tenants\/:id\/dealers\/:dealer_id|\/password$/

const actionOf = (method: string, path: string): AccessAction => {
  if (path.endsWith('/export')) return 'export'
  return method === 'GET' ? 'read' : 'change'
}

const builtIn: readonly MoreAccount[] = tenantRoles
  .filter((role) => role !== 'Admin')
  .map((role) => ({ username: role, role: role as MoreAccount['role'] }))
const custom = (capabilities: readonly string[], name: string): MoreAccount => ({
  ...{ username: name.replaceAll(' ', '-'), role: 'SystemAdmin', roleName: name },
  capabilities,
})
const moreAccounts = [
  ...builtIn,
  ...accounts.flatMap(({ name, capabilities }) => (capabilities ? [custom(capabilities, name)] : [])),
]

const tested = practiceVersions.flatMap((version) => {
  const own = accounts.filter((account) => cells.some((cell) => cell.account === account && cell.version === version))
  return own.map((account) => ({ name: account.name, version, account }))
})

describe.each(practiceVersions)('a practice PBX of %s', (version) => {
  const agent = new Agent({ keepAlive: true })
  let pbx: PracticePbx
  beforeAll(async () => {
    pbx = await startPracticePbx({ version, rules: 5, tenants: 3, dealers: 3, moreAccounts })
  })
  afterAll(async () => {
    agent.destroy()
    await pbx.close()
  })

  async function signIn({ name, role, capabilities }: TestedAccount): Promise<string> {
    const found = pbx.accounts.find((each) => (capabilities ? each.roleName === name : each.role === role))
    const { username = '', password = '', domain } = found ?? {}
    const who = { username, password, ...(domain !== undefined && { domain }) }
    const form = { ...who, grant_type: 'password', client_id: oauthClientId, scope: 'all' }
    const reply =
      version < '22.2'
        ? await call(pbx, 'POST /login/oauth/token', { form, agent })
        : await call(pbx, 'POST /auth/sign_in', { body: who, agent })
    return reply.json<Tokens>().access_token
  }

  /** What the app knows of the account: what the PBX reports of it. */
  async function reported(account: TestedAccount, token: string): Promise<Account> {
    const path = version < '22.2' ? '/login' : '/auth/user'
    const { role, capabilities } = (await call(pbx, `GET ${path}`, { token, agent })).json<Account>()
    return {
      version,
      ...(role !== undefined && { role }),
      ...(capabilities && { capabilities }),
      ...(tenantRoles.includes(account.role) && { isTenantUser: true as const }),
    }
  }

  /** The operations of a cell. */
  const requestsOf = ({ subject, action }: Cell): readonly { readonly method: string; readonly path: string }[] =>
    operationsOf(version).filter(({ method, path }) => paths[subject].test(path) && actionOf(method, path) === action)

  const own = tested.filter((each) => each.version === version)
  it.each(own)(
    'does for $name what is documented, refuses what is documented, and the app says the same',
    async (of) => {
      const token = await signIn(of.account)
      const account = await reported(of.account, token)
      const wrong: string[] = []
      let documented = 0
      for (const cell of cells) {
        if (cell.account !== of.account || cell.version !== version) continue
        const requests = requestsOf(cell)
        const refusals: string[] = []
        for (const { method, path } of requests) {
          const body = method === 'POST' ? { body: {} } : {}
          const request = `${method} ${path.replaceAll(/:\w+/g, 'none')}`
          const { status } = await call(pbx, request, { token, agent, ...body })
          if (status === 403) refusals.push(path)
          else if (cell.allowed === false) wrong.push(`${request} ${status}, which the documents refuse`)
        }
        const areAllRefused = refusals.length === requests.length
        const unexpected =
          cell.allowed === false ? [] : refusals.filter((path) => areAllRefused || !ofOneRole.test(path))
        wrong.push(...unexpected.map((path) => `${cell.subject} ${cell.action}: 403 for ${path}`))
        if (cell.allowed !== undefined && requests.length > 0) documented += 1
        const says = allowed(account, cell.subject, cell.action)
        if ((says === 'no') !== (cell.allowed === false))
          wrong.push(`${cell.subject} ${cell.action}: the app says ${says}`)
      }
      expect(wrong).toEqual([])
      expect(documented).toBeGreaterThan(7)
    },
  )

  it('has an operation for each documented cell that is one of the API', () => {
    const missing = cells.filter((cell) => cell.version === version && requestsOf(cell).length === 0)
    expect([...new Set(missing.map(({ subject, action }) => `${subject} ${action}`))]).toEqual(['brand read'])
  })
})
