import { afterAll, beforeAll, expect, it } from 'vitest'
import { FleetError } from '@shared/ipc/result'
import { ipRule } from '@shared/resources/ip-rule'
import { startPracticePbx, type PracticePbx } from '@demo/practice-pbx'
import type { PbxClient } from '@main/portsip/pbx-client'
import { findRecords } from '@main/portsip/records'
import { createAndRead } from '@main/services/records/write-record'
import { writerOf } from '@test/fakes/writer'
import { signIn } from '../ip-rules/practice'

let pbx: PracticePbx
let client: PbxClient
let dispose: () => void

/** The same PBX, were it one that takes no filter. */
const refusing = (status: number): PbxClient => ({
  ...client,
  get: (request) =>
    request.query?.['filter'] === undefined
      ? client.get(request)
      : Promise.reject(new FleetError({ code: 'rejected', message: 'No such parameter', status })),
})

beforeAll(async () => {
  pbx = await startPracticePbx({ rules: 250 })
  ;({ client, dispose } = await signIn(pbx))
})
afterAll(async () => {
  dispose()
  await pbx.close()
})

it('finds the same rows by reading the whole list', async () => {
  const filter = [{ key: 'target', operator: 'eq', value: 'ACCEPT' }] as const
  const isAccept = (row: Readonly<Record<string, unknown>>): boolean => row['target'] === 'ACCEPT'
  const asked = await findRecords(client, ipRule, { filter }, isAccept)
  expect(asked.length).toBeGreaterThan(0)
  expect(await findRecords(refusing(400), ipRule, { filter }, isAccept)).toEqual(asked)
})

it('is no reason not to create one', async () => {
  const approved = writerOf(client, () => ({ name: 'A', protection: 'open' })).approveAction('')
  const made = await createAndRead(approved, refusing(501), ipRule, { cidr: '41.202.7.9/32', target: 'DENY' })
  expect(made.after['cidr']).toBe('41.202.7.9/32')
})

it('is distinguished from a server that fails', async () => {
  const filter = [{ key: 'target', operator: 'eq', value: 'ACCEPT' }] as const
  await expect(findRecords(refusing(500), ipRule, { filter }, () => true)).rejects.toBeInstanceOf(FleetError)
})
