import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { limitTables } from '@shared/limits/all'
import { limitsText } from '../../../limits/limits-text'

const doc = readFileSync(resolve('docs/limits.md'), 'utf8')

test('docs/limits.md is what npm run limits writes', async () => {
  expect(doc).toBe(await limitsText())
})

test('every table of src/shared/limits is in it, and each limit has a row', () => {
  const folder = resolve('src/shared/limits')
  const tables = readdirSync(folder).flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/^export const \w+Table = \{\n {2}input: '([^']+)'/gm)].map(
      ([, input]) => input,
    ),
  )
  expect(tables.toSorted()).toEqual(limitTables.map(({ input }) => input).toSorted())
  const rows = limitTables.flatMap(({ limits }) => Object.entries(limits))
  expect(rows.filter(([name, { of }]) => !new RegExp(`\\| ${of} .*\\| \`${name}\` *\\|`).test(doc))).toEqual([])
})

/** Limits of what the app itself makes, shows or does at a time: nothing from outside is measured with them. */
const ownLimits: readonly string[] = [
  'openMax',
  'suspendedImportsMax',
  'keptMax',
  'shownMax',
  'namedMax',
  'namesMax',
  'detailsMax',
  'serversMax',
  'requestsMax',
  'previewsMax',
  'titlesMax',
  'imagesMax',
  'jobsMax',
  'failuresMax',
  'linesMax',
  'samplesMax',
  'notesMax',
  'fieldsMax',
  'problemsMax',
  'suggestionsMax',
  'typosMax',
  'foundMax',
  'storesMax',
  'socketsMax',
  'tenantsMax',
  'templatesMax',
  'passesMax',
  'plainTextsMax',
  'prefixesMax',
  'foldedNamesMax',
  'readMax',
  'scanMax',
  'readSinglyMax',
  'unroutedMax',
  'subjectMax',
  'decimalsMax',
  'shareMax',
  'noteMax',
  'rangesMax',
  'recordsMax',
  'ruleDescriptionMax',
  'lengthMax',
  'textMax',
  'cellMax',
  'headerBytesMax',
  'maxBytes',
  'edgeBytes',
  'headBytes',
  'maxHostLength',
  'pieceBytes',
  'batchBytes',
  'minProgressBytes',
]

test('no other file of main or shared declares a limit', () => {
  const sources = ['src/main', 'src/shared'].flatMap((folder) =>
    readdirSync(resolve(folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('limits'))
      .map((name) => join(folder, name)),
  )
  const declared = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^(?:export )?const (\w*Max|max\w*|\w*Bytes) = [\d(]/gm)]
      .map(([, name = '']) => name)
      .filter((name) => !ownLimits.includes(name) && !/^max(?:Concurrent|Shown|Top|Name|HostLength)$/.test(name))
      .map((name) => `${file}: ${name}`),
  )
  expect(declared).toEqual([])
})
