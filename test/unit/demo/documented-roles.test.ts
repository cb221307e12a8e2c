import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { practiceVersions } from '@shared/domain/practice'
import type { Subject } from '@shared/access/rules'
import { startPracticePbx, type PracticePbx } from '@demo/practice-pbx'
import { cells, type Cell } from '../../roles/cells'
import { call, signIn } from './client'

/** A request of each page for reading and for changing; the body of a change is refused as invalid, if its account is not. */
const requests: Readonly<Record<Subject, readonly [string | undefined, string | undefined]>> = {
  overview: ['/info', undefined],
  tenants: ['/tenants', '/tenants'],
  dealers: ['/dealers', '/dealers'],
  'ip-rules': ['/ip_filters', '/ip_filters'],
  transports: ['/transports', '/transports'],
  'trunk-assignments': ['/providers', '/providers/none/assignees/none'],
  'system-settings': ['/admin/settings', '/admin/settings'],
  notification: ['/admin/notification', '/admin/notification'],
  network: ['/network', '/network'],
  sbc: ['/sbc', '/sbc'],
  im: ['/im', '/im'],
  certificate: ['/key', '/key'],
  license: ['/license', '/license'],
  brand: [undefined, '/brand'],
  tenant: ['/tenant', '/tenant'],
  account: [undefined, undefined],
}

function requestOf({ subject, action }: Cell): string | undefined {
  if (action === 'export') return 'GET /ip_filters/export'
  const [read, change] = requests[subject]
  const path = action === 'read' ? read : change
  return path === undefined ? undefined : `${action === 'read' ? 'GET' : 'POST'} ${path}`
}

const builtIn = ['SystemAdmin', 'Dealer', 'Admin'] as const

describe.each(practiceVersions)('a practice PBX of %s', (version) => {
  let pbx: PracticePbx
  beforeAll(async () => {
    pbx = await startPracticePbx({ version, rules: 5, tenants: 3, dealers: 3 })
  })
  afterAll(() => pbx.close())

  /** The documented cells for which it answers otherwise. */
  async function wrongFor(own: readonly Cell[], token: string): Promise<readonly string[]> {
    const wrong: string[] = []
    for (const cell of own) {
      const request = requestOf(cell)
      if (request === undefined || cell.allowed === undefined) continue
      const { status } = await call(pbx, request, { token, ...(cell.action === 'change' && { body: {} }) })
      if ((status === 403) === cell.allowed) wrong.push(`${cell.account.name}: ${request} ${status}`)
    }
    return wrong
  }
  const cellsOf = (name: string): readonly Cell[] =>
    cells.filter((cell) => cell.version === version && cell.account.name === name)

  it.each(builtIn)('lets a %s do what is documented, and nothing that is documented to be refused', async (role) => {
    const { access_token } = await signIn(pbx, role)
    expect(await wrongFor(cellsOf(role), access_token)).toEqual([])
  })
})
