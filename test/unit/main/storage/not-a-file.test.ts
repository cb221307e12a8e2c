import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import { defaultSettings } from '@shared/domain/default-settings'
import { settingsSchema } from '@shared/domain/settings'
import { workspaceFileSchema } from '@shared/domain/workspace'
import { toAppError } from '@main/to-app-error'
import { readImage } from '@main/services/brand/read-image'
import { readPemFiles } from '@main/services/certificate/candidates'
import { Library } from '@main/services/exports/library'
import { readImport } from '@main/services/imports/read-import'
import { endOf } from '@main/services/journal/journal-tail'
import { verifyJournal } from '@main/services/journal/read-journal'
import { readPlanFile } from '@main/services/plan-files/read-plan-file'
import { PlanStore } from '@main/services/plans/plan-store'
import { RolloutStore } from '@main/services/rollouts/rollout-store'
import { TestMailStore } from '@main/services/test-mails/test-mail-store'
import { readWorkspaceFile } from '@main/services/workspace/transfer'
import { JsonStore } from '@main/storage/json-store'
import { temporaryFolder } from './temporary'

/** What can have the name of a file. A read of the first or second one never ends. */
const things: Readonly<Record<string, (path: string) => void>> = {
  'a pipe': (path) => execFileSync(makePipe, [path]),
  'a link to a device': (path) => symlinkSync('/dev/zero', path),
  'a folder': (path) => mkdirSync(path),
}
const makePipe = 'mkfifo'
const id = '00000000-0000-4000-8000-000000000000'

const emptyStore = (folder: string) =>
  new JsonStore({
    file: join(folder, 'names.json'),
    schema: workspaceFileSchema,
    version: 1,
    empty: { version: 1, servers: [] },
  })

const messageOf = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'was read',
    (error: unknown) => toAppError(error).message,
  )

describe.skipIf(process.platform === 'win32').each(Object.keys(things))('%s', (kind) => {
  const made = (name: string): string => {
    const folder = temporaryFolder()
    things[kind]?.(join(folder, name))
    return folder
  }

  test('as a file of the profile or as its last good copy keeps the app from nothing', async () => {
    const store = emptyStore(made('names.json'))
    expect(store.problem).toEqual({ kind: 'unreadable', message: 'names.json is not a file' })
    const failed = await messageOf(store.update((value) => ({ ...value })))
    expect(failed).toBe('names.json is not changed: names.json is not a file')
    expect(emptyStore(made('names.json.bak')).problem).toBeUndefined()
  })

  test.each([
    ['workspace import', readWorkspaceFile, 'a.txt is not a file'],
    ['plan file', readPlanFile, 'The plan file “a.txt” cannot be opened: it is not a file'],
    ['certificate', (path: string) => readPemFiles([path]), 'a.txt is not a file'],
    ['image', readImage, 'a.txt is not a file'],
    ['CSV of an import', readImport, 'The file cannot be read: it is not a file'],
  ])('is named as %s, also five of them together', async (_what, read, message) => {
    const path = join(made('a.txt'), 'a.txt')
    expect(await Promise.all(Array.from({ length: 5 }, () => messageOf(read(path))))).toEqual(
      Array.from({ length: 5 }, () => message),
    )
  })

  test('among stored plans, rollouts, test emails, exports and months of the journal hides no other', async () => {
    const plans = made(`${id}.jsonl`)
    expect(await new PlanStore(plans).edges()).toEqual({
      plans: [],
      damaged: [{ name: `${id}.jsonl`, kind: 'plan', servers: [] }],
    })
    expect(await messageOf(new PlanStore(plans).read(id))).toBe(`The stored plan ${id} is not a file`)
    expect(await new RolloutStore(plans).list()).toEqual({
      rollouts: [],
      damaged: [{ name: `${id}.jsonl`, kind: 'rollout', servers: [] }],
    })
    expect(await messageOf(new TestMailStore(made(`${id}.mails.jsonl`)).read(id))).toMatch(/is not a file$/)
    expect(await new Library(() => made('a.csv.manifest.json')).list()).toEqual([])
    const journal = made('2026-01.jsonl')
    expect(await verifyJournal(journal)).toEqual({ verified: 0, broken: { seq: 1, file: '2026-01.jsonl' } })
    expect(await messageOf(endOf(join(journal, '2026-01.jsonl')))).toMatch(/2026-01\.jsonl in the journal is damaged/)
  })
})

/** A file of the profile with junk in its lists: each wrong entry would be an error with its place. */
const junk = (list: string, item: string, count: number): string =>
  `{"version":1,"${list}":[${Array.from({ length: count }, () => item).join(',')}]}`

test.each([
  ['900,000 empty servers', junk('servers', '{}', 900_000), 'names.json has an unexpected structure (servers.0.'],
  ['numbers for servers', junk('servers', '7', 1_000_000), 'names.json has an unexpected structure (servers.0)'],
  [
    'too many values',
    junk('servers', '7', 2_000_001),
    `names.json has more than ${printNumber(2_000_000)} values, and the limit is`,
  ],
  [
    'a long list',
    `{"version":1,"servers":[{"tags":[${'7,'.repeat(10_000)}7]}]}`,
    'names.json has a list with more than',
  ],
  [
    'deep nesting',
    `{"version":1,"servers":${'['.repeat(1e6)}${']'.repeat(1e6)}}`,
    'names.json has more than 64 levels',
  ],
])(
  '%s in a file of the profile: the app starts with little memory and names the first error',
  (_what, text, message) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'names.json'), text)
    const before = process.resourceUsage().maxRSS
    const store = emptyStore(folder)
    expect(store.problem?.message).toContain(message)
    expect(store.problem?.kind).toBe('damaged')
    expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(400)
  },
)

test('settings with many entries in several lists are still read', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'settings.json')
  const lists = { boardCollapsed: Array.from({ length: 5000 }, (_, n) => `Folder ${n}`) }
  const settings = { ...defaultSettings, ...lists }
  writeFileSync(file, JSON.stringify(settings))
  const store = new JsonStore({ file, schema: settingsSchema, version: 1, empty: defaultSettings })
  expect(store.problem).toBeUndefined()
  expect(store.value).toEqual(settings)
})
