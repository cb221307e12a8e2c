import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wireCodings, type PracticeWire } from '@shared/domain/practice'
import { ipRule } from '@shared/resources/ip-rule'
import { exportIpRules } from '@main/portsip/ip-filters'
import { createRecord, listRecords } from '@main/portsip/records'
import { failureOf } from '../session/harness'
import { HttpHarness } from './harness'

let harness: HttpHarness
beforeAll(async () => {
  harness = await HttpHarness.start({ rules: 250 })
})
afterAll(() => harness.close())

const codings = [undefined, ...wireCodings] as const
const framings = ['length', 'chunked', 'close'] as const
const isCompressed = ({ coding }: PracticeWire): boolean => coding !== undefined

const whole: readonly PracticeWire[] = codings.flatMap((coding) =>
  framings.map((framing) => ({ framing, ...(coding && { coding }) })),
)
const cut: readonly PracticeWire[] = whole.flatMap((wire) => [
  { ...wire, cut: 'connection' as const },
  ...(isCompressed(wire) ? [{ ...wire, cut: 'inside' as const }] : []),
])
const titled = (wires: readonly PracticeWire[]): [string, PracticeWire][] =>
  wires.map((wire) => [`${wire.coding ?? 'plain'}, ended by ${wire.framing}, cut ${wire.cut ?? 'nowhere'}`, wire])

async function download(): Promise<string> {
  const { stream } = await exportIpRules(harness.client)
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString()
}
const list = () => listRecords(harness.client, ipRule, { offset: 0, limit: 100 })

describe('a response without its end', () => {
  it.each(titled(cut))('%s: the file fails', async (_title, wire) => {
    await harness.pbx.setFaults({ wire, onlyPath: 'GET /ip_filters/export' })
    const failure = await failureOf(download())
    expect(failure.operation).toBe('GET /ip_filters/export')
    expect(failure.message).toMatch(/Incomplete response|connection was lost/)
  })

  it.each(titled(cut))('%s: the list fails', async (_title, wire) => {
    await harness.pbx.setFaults({ wire, onlyPath: 'GET /ip_filters' })
    expect(await failureOf(list())).toMatchObject({ operation: 'GET /ip_filters' })
  })

  it('after a POST leaves its outcome unknown', async () => {
    const wire = { coding: 'gzip', framing: 'length', cut: 'inside' } as const
    await harness.pbx.setFaults({ wire, onlyPath: 'POST /ip_filters' })
    const body = { cidr: '198.51.100.0/24', target: 'DENY' }
    expect(await failureOf(createRecord(harness.client, ipRule, body))).toMatchObject({ code: 'unknown-outcome' })
  })
})

describe('a complete response', () => {
  it.each(titled(whole.filter((wire) => isCompressed(wire) || wire.framing !== 'close')))(
    '%s: the file is complete',
    async (_title, wire) => {
      await harness.pbx.clearFaults()
      const expected = await download()
      await harness.pbx.setFaults({ wire, onlyPath: 'GET /ip_filters/export' })
      expect(await download()).toBe(expected)
    },
  )

  it.each(titled(whole))('%s: the list is complete', async (_title, wire) => {
    await harness.pbx.setFaults({ wire, onlyPath: 'GET /ip_filters' })
    expect((await list()).items).toHaveLength(100)
  })

  it('is no file if nothing marks its end, because a missing part could not be detected', async () => {
    await harness.pbx.setFaults({ wire: { framing: 'close' }, onlyPath: 'GET /ip_filters/export' })
    expect(await failureOf(download())).toMatchObject({
      code: 'bad-reply',
      message: expect.stringContaining('does not state where the file ends') as string,
    })
  })
})
