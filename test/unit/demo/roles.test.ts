import { Agent } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPracticePbx, type PracticePbx } from '@demo/practice-pbx'
import { operationsOf } from '@demo/operations'
import { call, signIn } from './client'

const roles = ['SystemAdmin', 'Dealer', 'Admin'] as const

describe.each(['22.2', '22.3', '22.6'] as const)('a practice PBX of %s', (version) => {
  let pbx: PracticePbx
  const agent = new Agent({ keepAlive: true })
  beforeAll(async () => {
    pbx = await startPracticePbx({ version, rules: 5, tenants: 3, dealers: 3 })
  })
  afterAll(() => {
    agent.destroy()
    return pbx.close()
  })

  const statusOf = async (method: string, path: string, token?: string): Promise<number> => {
    const body = method === 'POST' ? { body: {} } : {}
    const request = `${method} ${path.replaceAll(/:\w+/g, 'none')}`
    return (await call(pbx, request, { ...body, agent, ...(token !== undefined && { token }) })).status
  }

  const tokens = new Map<string, string>()
  const newToken = async (role: (typeof roles)[number]): Promise<string> => (await signIn(pbx, role)).access_token

  /** Signed in as this role; again if another operation ended its session. */
  const statusAs = async (role: (typeof roles)[number], method: string, path: string): Promise<number> => {
    const used = tokens.get(role)
    const status = used === undefined ? 401 : await statusOf(method, path, used)
    if (status !== 401) return status
    const token = await newToken(role)
    tokens.set(role, token)
    return statusOf(method, path, token)
  }

  it.each(operationsOf(version))('$method $path is only for $allow', async ({ method, path, allow }) => {
    for (const role of roles) {
      const allowed = typeof allow === 'string' || allow.includes(role)
      expect((await statusAs(role, method, path)) === 403, role).toBe(!allowed)
    }
    if (allow !== 'anyone') expect(await statusOf(method, path)).toBe(401)
  })
})
