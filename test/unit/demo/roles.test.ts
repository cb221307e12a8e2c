import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPracticePbx, type PracticePbx } from '@demo/practice-pbx'
import { operationsOf } from '@demo/operations'
import { call, signIn } from './client'

const roles = ['SystemAdmin', 'Dealer', 'Admin'] as const

describe.each(['22.2', '22.3', '22.6'] as const)('a practice PBX of %s', (version) => {
  let pbx: PracticePbx
  beforeAll(async () => {
    pbx = await startPracticePbx({ version, rules: 5, tenants: 3, dealers: 3 })
  })
  afterAll(() => pbx.close())

  const statusOf = async (method: string, path: string, token?: string): Promise<number> => {
    const body = method === 'POST' ? { body: {} } : {}
    const request = `${method} ${path.replaceAll(/:\w+/g, 'none')}`
    return (await call(pbx, request, { ...body, ...(token !== undefined && { token }) })).status
  }

  it.each(operationsOf(version))('$method $path is only for $allow', async ({ method, path, allow }) => {
    for (const role of roles) {
      const { access_token } = await signIn(pbx, role)
      const allowed = typeof allow === 'string' || allow.includes(role)
      expect((await statusOf(method, path, access_token)) === 403, role).toBe(!allowed)
    }
    if (allow !== 'anyone') expect(await statusOf(method, path)).toBe(401)
  })
})
