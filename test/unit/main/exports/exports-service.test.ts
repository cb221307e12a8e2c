import { createHash } from 'node:crypto'
import { appendFileSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ExportEntry, ExportFormat } from '@shared/domain/export'
import type { PracticeWire } from '@shared/domain/practice'
import type { PracticeOptions } from '@demo/practice-pbx'
import { canMount, mountedDisk, temporaryFolder } from '../storage/temporary'
import { ExportsHarness } from './harness'

async function start(options: PracticeOptions = {}, folder = temporaryFolder(), name?: string) {
  const exports = await ExportsHarness.start(folder, { rules: 420, ...options }, name)
  onTestFinished(() => exports.close())
  return { exports, folder }
}

async function only(exports: ExportsHarness): Promise<ExportEntry> {
  const [entry, ...more] = await exports.library.list()
  expect(more).toEqual([])
  if (entry === undefined) throw new Error('The library is empty')
  return entry
}

/** All rows of an export as the viewer shows them. */
async function shown(exports: ExportsHarness): Promise<readonly Readonly<Record<string, string>>[]> {
  const opened = await exports.viewer.open((await only(exports)).id)
  return (await exports.viewer.rows(opened.viewId, { offset: 0, limit: 1000 })).items
}

const expected = (exports: ExportsHarness) =>
  exports.pbx.rules().map(({ id, cidr, target, expire_at, description }) => ({
    id,
    cidr,
    target,
    expire_at: expire_at ?? '',
    description: description ?? '',
  }))

describe('an export', () => {
  test.each<ExportFormat>(['csv', 'xlsx', 'jsonl', 'native'])(
    'as %s contains every rule as it is on the PBX, and its manifest states its origin',
    async (format) => {
      const { exports, folder } = await start()
      const done = await exports.run(format)
      expect(done).toMatchObject({ state: 'done', failures: [] })
      const entry = await only(exports)
      expect(done.exportId).toBe(entry.id)
      expect(entry.integrity).toBe('intact')
      const bytes = readFileSync(join(folder, entry.file))
      expect(entry.manifest).toMatchObject({
        server: { name: 'Kunde A', address: exports.pbx.url },
        user: 'admin',
        role: 'SystemAdmin',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.length,
      })
      expect(entry.manifest?.pbxVersion).toMatch(/^22\.2/)
      const rows = (await shown(exports)).map(({ id, cidr, target, expire_at, description }) => ({
        id,
        cidr,
        target,
        expire_at,
        description,
      }))
      // The PBX's own file carries its long internal numbers as ids.
      const withId = format !== 'native'
      const compared = (row: Readonly<Record<string, string | undefined>>) => (withId ? row : { ...row, id: '' })
      expect(rows.map(compared)).toEqual(expected(exports).map(compared))
    },
  )

  test('tells how many of how many', async () => {
    const { exports } = await start({ rules: 1000 })
    const seen: (number | undefined)[] = []
    const done = await exports.run('csv', { kind: 'all' }, ({ total }) => seen.push(total))
    expect(done).toMatchObject({ done: 1000, total: 1000 })
    expect(seen).toContain(1000)
  })

  test('of a query contains the rows that match', async () => {
    const { exports } = await start()
    await exports.run('csv', {
      kind: 'filtered',
      query: { filter: [{ key: 'target', operator: 'eq', value: 'ACCEPT' }] },
    })
    const rows = await shown(exports)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map(({ cidr }) => cidr)).toEqual(
      exports.pbx
        .rules()
        .filter(({ target }) => target === 'ACCEPT')
        .map(({ cidr }) => cidr),
    )
  })

  test('of selected rows contains these, and names those that are gone', async () => {
    const { exports } = await start()
    const ids = exports.pbx
      .rules()
      .slice(5, 25)
      .map(({ id }) => id)
    const done = await exports.run('csv', { kind: 'selection', ids: [...ids, '999'] })
    expect(done.failures.map(({ id }) => id)).toEqual(['999'])
    expect((await shown(exports)).map(({ id }) => id)).toEqual(ids)
  })

  test.each<ExportFormat>(['csv', 'xlsx', 'jsonl'])(
    'as %s of which the PBX lacks a row says so in the job and in its manifest',
    async (format) => {
      const { exports } = await start({ recordLimit: 0 })
      await exports.pbx.setFaults({ hiddenRow: 150, onlyPath: 'GET /ip_filters' })
      const incomplete = { operation: 'GET /ip_filters', read: 419, expected: 420 }
      expect(await exports.run(format)).toMatchObject({ state: 'done', done: 419, total: 420, incomplete })
      expect((await only(exports)).manifest).toMatchObject({ rows: 419, incomplete })
      expect(await shown(exports)).toHaveLength(419)
    },
  )

  test('fails where the PBX counts rows and returns none', async () => {
    const { exports, folder } = await start({ rules: 1, recordLimit: 0 })
    await exports.pbx.setFaults({ hiddenRow: 0, onlyPath: 'GET /ip_filters' })
    const failed = await exports.run('csv')
    expect([failed.state, failed.error?.message]).toEqual(['failed', 'GET /ip_filters returned 0 of 1 rows'])
    expect(readdirSync(folder)).toEqual([])
  })

  test('of many selected rows names those that are gone, and says if the list was incomplete', async () => {
    const { exports } = await start({ recordLimit: 0 })
    const ids = exports.pbx.rules().map(({ id }) => id)
    const gone = await exports.run('csv', { kind: 'selection', ids: [...ids.slice(0, 300), '999'] })
    expect(gone.failures).toMatchObject([{ id: '999', error: { code: 'not-found' } }])
    expect(gone.incomplete).toBeUndefined()
    await exports.pbx.setFaults({ hiddenRow: 150, onlyPath: 'GET /ip_filters' })
    const elsewhere = await exports.run('csv', { kind: 'selection', ids: ids.slice(160) })
    expect(elsewhere).toMatchObject({ state: 'done', done: 260, failures: [] })
    expect(elsewhere.incomplete).toBeUndefined()
    const lacking = await exports.run('csv', { kind: 'selection', ids: ids.slice(100) })
    expect(lacking.incomplete).toMatchObject({ read: 319, expected: 320 })
  })

  test('that is cancelled leaves nothing behind', async () => {
    const { exports, folder } = await start({ rules: 5000, latencyMs: 20 })
    const done = await exports.run('csv', { kind: 'all' }, ({ id, state, done }) => {
      if (state === 'running' && done > 0) exports.jobs.cancel(id)
    })
    expect(done.state).toBe('cancelled')
    expect(readdirSync(folder)).toEqual([])
  })

  test.each(['csv', 'native'] as const)(
    'as %s that fails in the middle leaves nothing behind and says why',
    async (format) => {
      const { exports, folder } = await start({ rules: 5000 })
      await exports.pbx.setFaults({
        dropMidBody: true,
        onlyPath: format === 'native' ? '/ip_filters/export' : '/ip_filters',
      })
      const done = await exports.run(format)
      expect(done.state).toBe('failed')
      expect(done.error?.message).not.toBe('')
      expect(readdirSync(folder)).toEqual([])
    },
  )

  test.skipIf(!canMount)('onto a full disk says so, names the folder, and leaves nothing behind', async () => {
    const disk = mountedDisk('size=1m')
    const { exports } = await start({ rules: 30_000 }, disk.folder)
    const done = await exports.run('csv')
    expect(done).toMatchObject({ state: 'failed', error: { code: 'disk' } })
    expect(done.error?.message).toContain(disk.folder)
    expect(readdirSync(disk.folder)).toEqual([])
  })

  test("never takes a path from the PBX's file name, and keeps the name it gave", async () => {
    const { exports, folder } = await start()
    await exports.pbx.setFaults({ hostileFileName: true })
    expect(await exports.run('native')).toMatchObject({ state: 'done' })
    const entry = await only(exports)
    expect(readdirSync(folder).sort()).toEqual([entry.file, `${entry.file}.manifest.json`].sort())
    expect(entry.manifest?.originalName).toContain('..')
  })

  test.each<[string, PracticeWire]>([
    ['inside its compression', { coding: 'gzip', framing: 'chunked', cut: 'inside' }],
    ['with the connection', { framing: 'close', cut: 'connection' }],
    ['before its length', { framing: 'length', cut: 'connection' }],
  ])("keeps nothing of the PBX's file when that is cut off %s", async (_where, wire) => {
    const { exports, folder } = await start()
    await exports.pbx.setFaults({ wire, onlyPath: 'GET /ip_filters/export' })
    const failed = await exports.run('native')
    expect(failed.state).toBe('failed')
    expect(failed.error?.operation).toBe('GET /ip_filters/export')
    expect(await exports.library.list()).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  test('of a server with a hostile name stays in its folder', async () => {
    const { exports, folder } = await start({}, temporaryFolder(), '../../etc/\u202ecron.d/<b>x</b>')
    expect(await exports.run('csv')).toMatchObject({ state: 'done' })
    expect(readdirSync(folder)).toHaveLength(2)
    expect((await only(exports)).file).toMatch(/^[^/\\<>\u202e]+\.csv$/)
  })

  test('writes what a spreadsheet would run as text, and shows it as it was', async () => {
    const { exports, folder } = await start({ rules: 0 })
    exports.pbx.addRule({ cidr: '10.0.0.0/8', target: 'DENY', description: '=HYPERLINK("http://x")' })
    await exports.run('csv')
    expect(readFileSync(join(folder, (await only(exports)).file), 'utf8')).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect((await shown(exports)).map(({ description }) => description)).toEqual(['=HYPERLINK("http://x")'])
  })
})

describe('the library', () => {
  test('says that a file was altered, also when its length is the same', async () => {
    const { exports, folder } = await start()
    await exports.run('csv')
    const { id, file } = await only(exports)
    const path = join(folder, file)
    const bytes = readFileSync(path)
    bytes[100] = (bytes[100] ?? 0) ^ 1
    writeFileSync(path, bytes)
    expect((await exports.library.verify(id)).integrity).toBe('altered')
    appendFileSync(path, 'x')
    expect((await only(exports)).integrity).toBe('altered')
    rmSync(path)
    expect((await only(exports)).integrity).toBe('missing')
  })

  test('never follows the name in a manifest, nor a link, out of its folder', async () => {
    const { exports, folder } = await start()
    await exports.run('csv')
    const { file, id } = await only(exports)
    const manifestFile = join(folder, `${file}.manifest.json`)
    const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, unknown>
    writeFileSync(manifestFile, JSON.stringify({ ...manifest, file: '../../etc/passwd' }))
    expect((await only(exports)).file).toBe(file)
    rmSync(join(folder, file))
    symlinkSync('/etc/passwd', join(folder, file))
    expect((await exports.library.verify(id)).integrity).not.toBe('intact')
    expect((await only(exports)).integrity).toBe('missing')
  })

  test('passes over manifests that are none', async () => {
    const { exports, folder } = await start()
    writeFileSync(join(folder, 'a.csv.manifest.json'), '{"version":1}')
    writeFileSync(join(folder, 'b.csv.manifest.json'), 'no json')
    expect(await exports.library.list()).toEqual([])
  })

  test('deletes an export with its manifest, and nothing else', async () => {
    const { exports, folder } = await start()
    writeFileSync(join(folder, 'mine.txt'), '')
    await exports.run('csv')
    await exports.library.remove([(await only(exports)).id])
    expect(readdirSync(folder)).toEqual(['mine.txt'])
  })

  test('names a folder that cannot be had', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    const { exports } = await start({}, join(folder, 'file', 'library'))
    expect(await exports.library.problem()).toContain(join(folder, 'file', 'library'))
    expect(await exports.run('csv')).toMatchObject({ state: 'failed', error: { code: 'disk' } })
  })
})

describe('a file from elsewhere', () => {
  test.each([
    ['cut.csv', 'cidr,target\n"10.0.0.0/8', 'quoted cell'],
    ['empty.csv', '', 'empty'],
    ['bad.jsonl', '{"cidr":"10.0.0.0/8"}\n{oops\n', 'line 2'],
    ['no.xlsx', 'PK\u0003\u0004 not a zip', 'workbook'],
    ['program.txt', 'MZ\u0000\u0000', 'text'],
  ])('%s that is damaged says what and where', async (name, content, words) => {
    const { exports, folder } = await start({ rules: 0 })
    writeFileSync(join(folder, name), content)
    const refused = exports.viewer.openPath(join(folder, name))
    await expect(refused).rejects.toMatchObject({ detail: { code: 'damaged' } })
    await expect(refused).rejects.toThrow(words)
  })

  test('with rows of uneven length is shown with a note', async () => {
    const { exports, folder } = await start({ rules: 0 })
    writeFileSync(join(folder, 'uneven.csv'), 'cidr,target\n10.0.0.0/8,DENY,more\n10.1.0.0/16\n')
    const opened = await exports.viewer.openPath(join(folder, 'uneven.csv'))
    expect(opened).toMatchObject({ count: 2, entry: { integrity: 'unknown' } })
    expect(opened.notes).toEqual(['Row 2 has 3 cells, the header has 2.', 'Row 3 has 1 cell, the header has 2.'])
  })

  test('of unknown form is shown line by line', async () => {
    const { exports, folder } = await start({ rules: 0 })
    writeFileSync(join(folder, 'rules.dat'), 'accept from 10.0.0.0/8\ndeny all\n')
    const { viewId, count } = await exports.viewer.openPath(join(folder, 'rules.dat'))
    expect(count).toBe(2)
    expect((await exports.viewer.rows(viewId, { offset: 1, limit: 5 })).items).toEqual([{ row: '1', line: 'deny all' }])
  })
})

describe('an opened export', () => {
  test('answers search, filter and sort, and copies what was found', async () => {
    const { exports } = await start()
    await exports.run('jsonl')
    const { viewId } = await exports.viewer.open((await only(exports)).id)
    const all = exports.pbx.rules()
    const count = async (query: object) => (await exports.viewer.rows(viewId, { offset: 0, limit: 1, ...query })).count
    const having = (word: string) =>
      all.filter((rule) => Object.values(rule).join('\0').toLowerCase().includes(word)).length
    for (const search of ['s', 'sb', 'sbc', 'off', 'sbc']) expect(await count({ search })).toBe(having(search))
    expect(await count({ search: 'sbc or office' })).toBe(
      all.filter((rule) => /sbc|office/i.test(Object.values(rule).join(' '))).length,
    )
    const deny = { filter: [{ key: 'target', operator: 'eq', value: 'DENY' }] }
    expect(await count(deny)).toBe(all.filter(({ target }) => target === 'DENY').length)
    const sorted = await exports.viewer.rows(viewId, {
      offset: 0,
      limit: 1000,
      sort: { key: 'cidr', descending: true },
    })
    expect(sorted.items.map(({ cidr }) => cidr)).toEqual(
      all
        .map(({ cidr }) => cidr)
        .sort()
        .reverse(),
    )
    const copied = await exports.viewer.copy(viewId, { query: { search: 'sbc' }, columns: ['cidr', 'target'] })
    expect(copied.rows).toBe(having('sbc'))
    expect(copied.text.split('\n')[1]).toMatch(/^[0-9a-f.:/]+\t(ACCEPT|DENY)$/)
  })
})
