import { afterEach, describe, expect, it } from 'vitest'
import { dealers } from '@shared/resources/dealer'
import { ipRule } from '@shared/resources/ip-rule'
import { pathPart } from '@shared/resources/path-part'
import { assignmentOf } from '@shared/resources/trunk-assignment'
import { FleetError } from '@shared/ipc/result'
import type { PbxClient } from '@main/portsip/pbx-client'
import { resetDealerPassword } from '@main/portsip/account'
import { destroyRecord, showRecord, updateRecord } from '@main/portsip/records'
import { assignDealer, dealersOfTenant, removeDealer } from '@main/portsip/tenants'
import { trunkAssignees } from '@main/portsip/trunks'
import { refusal, startRules, type StartedRules } from '../ip-rules/practice'

const never = () => Promise.reject(new Error('It was sent'))
const silent = { get: never, post: never, postFor: never, download: never } as unknown as PbxClient

/** All functions that insert an ID into a path. */
const uses: Readonly<Record<string, (id: string) => unknown>> = {
  'reading one': (id) => showRecord(silent, ipRule, id),
  'changing one': (id) => updateRecord(silent, ipRule, id, {}),
  'deleting one': (id) => destroyRecord(silent, dealers, id),
  'a dealer’s password': (id) => resetDealerPassword(silent, id, 'x'),
  'dealers of a tenant': (id) => dealersOfTenant(silent, id),
  'a dealer for a tenant': (id) => assignDealer(silent, '1', id),
  'no dealer for a tenant': (id) => removeDealer(silent, '1', id),
  'tenants of a trunk': (id) => trunkAssignees(silent, id),
  'an assignment': (id) => assignmentOf('1', id),
}

describe('an ID that would change the path', () => {
  const ids = ['.', '..', '', '\ud800', 'a\udfffb']
  it.each(Object.entries(uses).flatMap(([use, run]) => ids.map((id) => [use, JSON.stringify(id), run, id] as const)))(
    'is refused before anything is sent: %s with %s',
    async (_, __, run, id) => {
      const error: unknown = await Promise.resolve()
        .then(() => run(id))
        .catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(FleetError)
      expect((error as FleetError).detail).toMatchObject({ code: 'rejected' })
      expect((error as FleetError).detail.hint).toContain('Nothing was sent')
    },
  )
  it.each(['a/b', '...', '%2e', 'ü', '😀', '?x=1'])('%s remains one part of it', (id) => {
    const { pathname } = new URL(`https://pbx.example/api/${pathPart(id)}/destroy`)
    expect(pathname.split('/')).toHaveLength(4)
    expect(decodeURIComponent(pathname.split('/')[2] ?? '')).toBe(id)
  })
})

describe('a response about another record', () => {
  let rules: StartedRules
  afterEach(() => rules.close())
  it('is an error that names the operation, and is neither shown nor saved to', async () => {
    rules = await startRules()
    const { id } = rules.pbx.addRule({ cidr: '41.0.0.1/32', target: 'DENY' })
    const other = rules.pbx.addRule({ cidr: '41.0.0.2/32', target: 'DENY' })
    await rules.pbx.setFaults({ body: JSON.stringify(other), onlyPath: `GET /ip_filters/${id}` })
    expect(await refusal(rules.service.get({ ...rules.at, id }))).toMatchObject({
      code: 'bad-reply',
      operation: 'GET /ip_filters/{id}',
      message: 'Unexpected response to GET /ip_filters/{id}: it is about another rule than the requested one',
    })
  })
})
