import { describe, expect, it } from 'vitest'
import { dealers } from '@shared/resources/dealer'
import { ipRule } from '@shared/resources/ip-rule'
import { transport } from '@shared/resources/transport'
import { readRows } from '@main/portsip/incomplete-list'
import type { PbxReader } from '@main/portsip/pbx-client'
import { validate } from '@main/portsip/read-json'
import { allRecords, listRecords } from '@main/portsip/records'

/** A list of this many rows, some without an ID, with a count of an unexpected type. */
function uncounted(rows: number, withoutId: readonly number[] = []): PbxReader {
  const all = Array.from({ length: rows }, (_, row) => (withoutId.includes(row) ? { id: row } : { id: `r${row}` }))
  return {
    get: ({ operation, schema, query: { skip = 0, top = rows } = {} }) => {
      const items = structuredClone(all.slice(Number(skip), Number(skip) + Number(top)))
      return Promise.resolve().then(() => validate(schema, { count: String(rows), items }, operation))
    },
    download: () => Promise.reject(new Error('No file is read here')),
    localAddress: () => undefined,
    remoteAddress: () => undefined,
  }
}

describe('a list without a valid count', () => {
  it.each([1, 99, 100, 250, 300, 1000])('of %i rows is read to its end', async (rows) => {
    const { rows: read, incomplete } = await readRows(allRecords(uncounted(rows), ipRule, {}))
    expect([read.length, incomplete]).toEqual([rows, undefined])
  })

  it('is incomplete if one of its rows has no ID', async () => {
    const { rows, incomplete } = await readRows(allRecords(uncounted(250, [120]), ipRule, {}))
    expect([rows.length, incomplete?.expected]).toEqual([249, 250])
  })

  it.each([
    [30, 0, 100, 30],
    [250, 0, 1000, 250],
    // There may be more after a full page.
    [250, 0, 100, 101],
    [250, 200, 100, 250],
    [200, 200, 100, 200],
  ])('of %i rows, from row %i on up to %i, has %i so far', async (rows, offset, limit, count) => {
    expect((await listRecords(uncounted(rows), transport, { offset, limit })).count).toBe(count)
  })

  it('counts rows without an ID as missing, also without pages', async () => {
    expect(await listRecords(uncounted(3, [1]), transport, { offset: 0, limit: 100 })).toMatchObject({
      items: [{ id: 'r0' }, { id: 'r2' }],
      count: 3,
    })
    expect(await listRecords(uncounted(3, [1]), dealers, { offset: 0, limit: 100 })).toMatchObject({
      items: [{}, {}],
      count: 3,
    })
  })

  it('is refused if it is empty, because it may have rows', async () => {
    const page = { offset: 0, limit: 100 }
    await expect(listRecords(uncounted(0), transport, page)).rejects.toThrow(/“count” is not a number/)
  })

  it('is refused if none of its rows has an ID', async () => {
    const page = { offset: 0, limit: 100 }
    await expect(listRecords(uncounted(2, [0, 1]), transport, page)).rejects.toThrow(/“items” has no row with an ID/)
  })
})
