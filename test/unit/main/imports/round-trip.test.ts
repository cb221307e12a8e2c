import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { overrideWord } from '@shared/domain/write'
import { ipRule } from '@shared/resources/ip-rule'
import { destroyRecord } from '@main/portsip/records'
import { HashingSink } from '@main/services/exports/sink'
import { csvWriter } from '@main/services/exports/write/csv'
import { confirmed, ImportsHarness } from './harness'

let harness: ImportsHarness
afterEach(() => harness.close())

const hostile = [
  '=1+1',
  '+49 30',
  '-5',
  '@SUM(A1)',
  '\tx',
  "'=1",
  "''@",
  '"q"',
  'a,b;c\td',
  'line\nbreak',
  '\u202egnp',
  '🦄',
]
const rule = fc.record({
  cidr: fc.oneof(
    fc.tuple(fc.integer({ min: 11, max: 120 }), fc.nat(255), fc.nat(255)).map(([a, b, c]) => `${a}.${b}.${c}.0/24`),
    fc.nat(0xfffe).map((group) => `2a0c:${(group + 1).toString(16)}::/48`),
  ),
  target: fc.constantFrom('ACCEPT' as const, 'DENY' as const),
  expire_at: fc.option(
    fc
      .date({ min: new Date('2001-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
      .map((date) => `${date.toISOString().slice(0, 19)}Z`),
  ),
  description: fc.option(
    fc
      .oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }))
      .map((text) => Buffer.from(text.slice(0, 255)).toString('utf8')),
  ),
})
type Rule = typeof rule extends fc.Arbitrary<infer R> ? R : never

async function exported(rules: readonly Rule[]): Promise<string> {
  const path = join(tmpdir(), `fleet-rules-${process.pid}.csv`)
  const handle = await open(path, 'w')
  const sink = new HashingSink(handle, path)
  const writer = csvWriter(sink, ipRule.fields)
  await writer.write(rules.map((each, at) => ({ ...each, id: String(at) })))
  await writer.end()
  await sink.end()
  await handle.close()
  return path
}

const comparable = (
  rules: readonly {
    readonly cidr: string
    readonly target: string
    readonly expire_at?: string | null | undefined
    readonly description?: string | null | undefined
  }[],
) =>
  rules
    .map(({ cidr, target, expire_at, description }) =>
      JSON.stringify([cidr, target, expire_at ?? null, description ?? null]),
    )
    .toSorted()

test('our own export of rules, imported on an empty server, makes the same rules', async () => {
  harness = await ImportsHarness.start()
  const tables = fc.uniqueArray(rule, {
    minLength: 1,
    maxLength: 8,
    selector: ({ cidr, target }) => `${cidr} ${target}`,
  })
  await fc.assert(
    fc.asyncProperty(tables, async (rules) => {
      for (const { id } of [...harness.pbx.rules()])
        await harness.on.harness.send(harness.serverId, (writer) => destroyRecord(writer, ipRule, id))
      // Text of blanks alone is none, as the PBX keeps it.
      const wanted = rules.map((each) => ({ ...each, description: each.description?.trim() ? each.description : null }))
      const path = await exported(wanted)
      const file = await harness.imports.read(harness.serverId, 'ip-rules', path)
      await rm(path)
      await harness.imports.map({ importId: file.importId, mapping: file.mapping })
      // Rules that have expired are left out until they are added.
      const plan = await harness.imports.change({ importId: file.importId, isExcluded: false })
      expect(plan.counts).toMatchObject({ create: rules.length })
      const { id, counts } = await harness.apply(file.importId, { ...confirmed, override: overrideWord })
      expect(counts).toMatchObject({ done: rules.length })
      expect((await harness.on.rows(id)).map(({ message }) => message).join('')).toBe('')
      expect(comparable(harness.pbx.rules())).toEqual(comparable(wanted))
    }),
    { numRuns: 15 },
  )
})

test('10,000 rows are kept in a bounded space, given page by page, and let go', async () => {
  harness = await ImportsHarness.start({ rules: 500, recordLimit: 0 })
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const used = (): number => {
    collect()
    return process.memoryUsage().heapUsed / 1024 / 1024
  }
  const lines = Array.from({ length: 10_000 }, (_, at) => `45.${at >> 8}.${at & 255}.0/24,DENY,,Row ${at}`)
  const before = used()
  const { file, plan } = await harness.plan(`cidr,target,expire_at,description\n${lines.join('\n')}`)
  expect(plan.counts.create).toBe(10_000)
  expect(used() - before).toBeLessThan(24)
  const page = harness.imports.rows({ importId: file.importId, query: { offset: 9_990, limit: 1000 } })
  expect(page).toMatchObject({ count: 10_000 })
  expect(page.items.map(({ row }) => row)).toEqual(Array.from({ length: 10 }, (_, at) => 9_992 + at))
  const found = { importId: file.importId, query: { search: 'Row 777', offset: 0, limit: 100 } }
  expect(harness.imports.rows(found).count).toBe(11)
  harness.imports.close(file)
  expect(() => harness.imports.rows(found)).toThrow('no longer open')
})
