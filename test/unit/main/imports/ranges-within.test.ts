import { afterEach, expect, it } from 'vitest'
import { cidrOf } from '@shared/domain/cidr'
import { enclosingRanges } from '@main/services/lists/range-index'
import { ImportsHarness } from './harness'

let harness: ImportsHarness | undefined
afterEach(async () => {
  await harness?.close()
  harness = undefined
})

it('names the smallest row around each range, as a warning if its action differs', async () => {
  harness = await ImportsHarness.start({ rules: 0 })
  const rows = [
    '45.1.2.0/24,DENY',
    '45.0.0.0/8,DENY',
    '45.1.0.0/16,ACCEPT',
    '2a0c:1::/32,DENY',
    '2a0c:1:2::1,DENY',
    '46.0.0.0/8,DENY',
    '46.0.0.0/8,ACCEPT',
  ]
  const { file, plan } = await harness.plan(`cidr,target\n${rows.join('\n')}\n`)
  const doubt = 'PortSIP does not document which rule takes precedence'
  const texts = harness.rowTexts(file.importId)
  expect(texts[0]).toContain(`Within 45.1.0.0/16 of row 4, which allows it. ${doubt}`)
  expect(texts[1]).not.toContain('Within')
  expect(texts[2]).toContain(`Within 45.0.0.0/8 of row 3, which blocks it. ${doubt}`)
  expect(texts[4]).toContain('Within 2a0c:1::/32 of row 5, which has the same action')
  expect(texts[5]).not.toContain('Within')
  expect(texts[6]).toContain(`The same range as row 7, which blocks it. ${doubt}`)
  const isFlagged = harness.rows(file.importId).map(({ flagged }) => flagged)
  expect([isFlagged[0], isFlagged[2], isFlagged[4], isFlagged[6]]).toEqual([true, true, false, true])
  expect(plan.counts.create).toBe(rows.length)
})

it('finds the same as a comparison of every pair', () => {
  const ranges = Array.from({ length: 400 }, (_, at) =>
    cidrOf(`10.${(at * 7) % 3}.${(at * 11) % 5}.${(at * 37) % 256}/${8 + ((at * 13) % 25)}`),
  )
  const contains = (a: number, b: number): boolean => {
    const [outer, inner] = [ranges[a], ranges[b]]
    if (outer === undefined || inner === undefined || a === b || outer.prefix > inner.prefix) return false
    if (outer.prefix === inner.prefix && a > b) return false
    const bits = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
    return bits(outer.bytes).slice(0, outer.prefix) === bits(inner.bytes).slice(0, outer.prefix)
  }
  const found = enclosingRanges(ranges)
  for (const inner of ranges.keys()) {
    const all = [...ranges.keys()].filter((outer) => contains(outer, inner))
    const prefix = Math.max(...all.map((outer) => ranges[outer]?.prefix ?? 0))
    const outer = found.get(inner)
    expect(outer === undefined ? -Infinity : ranges[outer]?.prefix).toBe(prefix)
    if (outer !== undefined) expect(all).toContain(outer)
  }
})
