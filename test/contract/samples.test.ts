import { afterEach, expect, it } from 'vitest'
import { startPracticePbx, type PracticePbx, type PracticeOptions } from '@demo/practice-pbx'
import { singleIds } from '@shared/resources/ids'
import { hasField, type ApiRecord } from '@shared/resources/nested'
import { singleOf } from '@shared/resources/registry'
import { isVersionIn } from '@shared/resources/version'
import { call, signIn } from '../unit/demo/client'

let pbx: PracticePbx | undefined
afterEach(() => pbx?.close())

/** The own record of a dealer and of a tenant is read by the dealer and by the tenant's administrator. */
const roleOf = (id: (typeof singleIds)[number]) =>
  id === 'dealer' ? 'Dealer' : id.startsWith('tenant') ? 'Admin' : 'SystemAdmin'

it.each(['22.2', '22.6'] as const satisfies readonly PracticeOptions['version'][])(
  'a practice server %s returns a sample of every field that a form shows',
  async (version) => {
    const server = await startPracticePbx({ version, rules: 2, tenants: 2, dealers: 2 })
    pbx = server
    const missing: string[] = []
    for (const id of singleIds) {
      const { path, fields } = singleOf(id)
      const { access_token: token } = await signIn(server, roleOf(id))
      const record = (await call(server, `GET ${path}`, { token })).json<ApiRecord>()
      for (const field of fields)
        if (field.writeOnly !== true && isVersionIn(version, field) && !hasField(record, field.key))
          missing.push(`${id}: ${field.key}`)
    }
    expect(missing, 'add a sample to src/demo/data').toEqual([])
  },
)
