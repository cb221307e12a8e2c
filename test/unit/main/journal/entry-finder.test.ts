import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { IntentLine, ResultLine } from '@shared/domain/journal-view'
import { personLocale, setLocale } from '@shared/format/locale'
import { EntryFinder } from '@main/services/journal/entry-finder'
import { journalRow } from '@main/services/journal/journal-rows'
import { server, write } from './sample'

const before = personLocale()
afterAll(() => setLocale(before))

const { id, name, address, folder, tags } = server
const intent = (seq: number, change: Parameters<typeof write>[0] = {}, serverName = name): IntentLine => ({
  ...{ v: 1, seq, at: '2026-07-06T10:00:00.000Z', prev: '', kind: 'intent', source: { kind: 'form' } },
  server: { id, name: serverName, address, folder, tags },
  user: { system: 'tech', pbx: 'admin' },
  write: write(change),
})
const done = (of: number): ResultLine => ({
  ...{ v: 1, seq: of + 1, at: '2026-07-06T10:00:01.000Z', prev: '', kind: 'result', of, outcome: 'done' },
})

/** A finder over these changes, which counts the rows that it asks for. */
function finderOf(intents: readonly IntentLine[], isDone: (seq: number) => boolean = () => true) {
  const asked: number[] = []
  const result = (seq: number): ResultLine | undefined => (isDone(seq) ? done(seq) : undefined)
  const row = (line: IntentLine) => {
    asked.push(line.seq)
    return journalRow(line, result(line.seq), isDone(line.seq) ? 'done' : 'sending', [])
  }
  return { finder: new EntryFinder({ intents: () => intents, result, row }), asked }
}
const numbers = ({ hits }: { readonly hits: readonly { readonly seq: number }[] }) => hits.map(({ seq }) => seq)

test('of 100,000 changes the best hundred are returned, all are counted, and other work goes on meanwhile', async () => {
  const intents = Array.from({ length: 100_000 }, (_, at) =>
    intent(at + 1, { identity: `rule ${at % 1000 === 0 ? 'Contoso' : 'Fabrikam'}`, changes: {}, before: {} }),
  )
  const { finder } = finderOf(intents)
  let turns = 0
  let isSearching = true
  const count = (): void => {
    turns += 1
    if (isSearching) setImmediate(count)
  }
  count()
  const found = await finder.find('kunde', 100)
  isSearching = false
  expect(found.count).toBe(100_000)
  expect(numbers(found)).toEqual(Array.from({ length: 100 }, (_, at) => 100_000 - at))
  expect(turns).toBeGreaterThan(300)
  const contoso = await finder.find('contoso kunde', 5)
  expect(contoso.count).toBe(100)
  expect(numbers(contoso)).toEqual([99_001, 98_001, 97_001, 96_001, 95_001])
})

test('the texts of a change are made once, and again when it changed or has no result yet', async () => {
  const { finder, asked } = finderOf([intent(1), intent(2), intent(3)], (seq) => seq < 3)
  await finder.find('nothing like it', 10)
  expect(asked).toEqual([1, 2, 3])
  await finder.find('nothing like it', 10)
  expect(asked).toEqual([1, 2, 3, 3])
  finder.changed(1)
  await finder.find('nothing like it', 10)
  expect(asked).toEqual([1, 2, 3, 3, 1, 3])
})

const word = fc.constantFrom('Contoso', 'İstanbul', 'istanbul', 'Zürich', 'zurich', 'ı', 'I', 'PBX 10', 'PBX 2', '')
const text = fc.array(word, { maxLength: 3 }).map((words) => words.join(' '))
const changes = fc
  .array(fc.tuple(text, text, fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '2001:db8::/32')), { maxLength: 12 })
  .map((all) =>
    all.map(([title, on, cidr], at) => intent(at + 1, { identity: title, changes: { cidr, description: on } }, on)),
  )
const typed = fc.oneof(text, fc.constantFrom('10.1.2.3', '10.0.0.0/9', '2001:db8::1', '3', 'con ist'))

test('the same changes and text give the same hits in the same order, in whatever order they are kept, in every language', async () => {
  await fc.assert(
    fc.asyncProperty(
      changes.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
      ),
      typed,
      fc.integer({ min: 1, max: 15 }),
      fc.constantFrom('de', 'tr', 'sv'),
      async ([all, shuffled], query, max, locale) => {
        setLocale('en')
        const expected = await finderOf(all).finder.find(query, max)
        setLocale(locale)
        expect(await finderOf(shuffled).finder.find(query, max)).toEqual(expected)
      },
    ),
  )
})
