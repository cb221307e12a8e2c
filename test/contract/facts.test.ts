import { expect, test } from 'vitest'
import { factsOfVendor, hasVendorFiles, readOpenApi } from './facts/source'
import { committedFacts } from './reference'

/** Every key and every text, with the key that it stands at. */
function* textsIn(value: unknown, at = ''): Iterable<readonly [string, string]> {
  if (typeof value === 'string') yield [at, value]
  else if (Array.isArray(value)) for (const each of value) yield* textsIn(each, at)
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) {
      yield ['key', key]
      yield* textsIn(inner, key)
    }
}

test('the facts contain no sentence: no more than three words in a row, and no descriptions', () => {
  const wordy = [...textsIn(committedFacts)].filter(([, text]) => text.split(/\s+/).length > 3 || text.length > 80)
  expect(wordy).toEqual([])
})

/** Schemas say these; whatever else stands in one is a name of a field. */
const keywords = [
  ...['type', 'format', 'enum', 'const', 'default', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['required', 'properties', 'items', 'anyOf', 'oneOf'],
]

function* foreignKeywords(schema: object, at: string): Iterable<string> {
  for (const [key, value] of Object.entries(schema) as [string, object][]) {
    if (!keywords.includes(key)) yield `${at}: ${key}`
    const inner = key === 'properties' ? Object.values(value) : key.endsWith('Of') ? (value as object[]) : []
    for (const each of key === 'items' ? [value] : (inner as object[])) yield* foreignKeywords(each, at)
  }
}

test('a schema says only what a value must be', () => {
  const foreign = Object.entries(committedFacts.operations).flatMap(([name, { body = {}, parameters = [], answers }]) =>
    [
      ...Object.values(body),
      ...parameters.map(({ schema }) => schema),
      ...Object.values(answers).flatMap((content) => Object.values(content)),
    ].flatMap((schema) => [...foreignKeywords(schema, name)]),
  )
  expect(foreign).toEqual([])
})

// Where the vendor's files are absent the facts stand for them, and there is nothing to compare with.
if (hasVendorFiles) {
  test('the facts are what the vendor’s files say: otherwise run npm run contract:facts', () => {
    expect(committedFacts).toEqual(factsOfVendor())
  })

  test('no text of the facts is a description, a summary or a title of the vendor', () => {
    const prose = [...textsIn(readOpenApi())].filter(([key]) => ['description', 'summary', 'title'].includes(key))
    const theirs = new Set(prose.map(([, text]) => text.trim()).filter((text) => /\s/.test(text)))
    expect([...textsIn(committedFacts)].filter(([, text]) => theirs.has(text.trim()))).toEqual([])
  })
}
