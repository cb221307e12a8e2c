import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import type { JournalRecord } from '@shared/domain/journal'
import { Journal, type Anchor, type JournalDeps } from '@main/services/journal/journal'
import { realDisk, type JournalDisk } from '@main/services/journal/journal-disk'
import type { Tail } from '@main/services/journal/journal-tail'
import { readJournal, verifyJournal } from '@main/services/journal/read-journal'
import { FakeTiming } from '@test/fakes/timing'
import { failureOf } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'

let folder: string
beforeEach(() => {
  folder = join(temporaryFolder(), 'journal')
})

const november = Date.UTC(2026, 10, 26)
const start = (deps: Partial<JournalDeps> = {}): Journal => new Journal({ folder, now: () => november, ...deps })
const file = (month = '2026-11'): string => join(folder, `${month}.jsonl`)

const entry = (identity: string): JournalRecord => ({
  kind: 'intent',
  server: { id: 's', name: 'Straße 1', address: 'https://pbx.example.com', folder: 'North', tags: ['gold'] },
  user: { system: 'tech', pbx: 'admin' },
  write: { kind: 'create', operation: 'POST /ip_filters', identity, before: {}, changes: { cidr: identity } },
  source: { kind: 'form' },
})

async function append(journal: Journal, ...names: readonly string[]): Promise<void> {
  for (const name of names) await journal.append(entry(name))
}

async function identities(): Promise<readonly (string | undefined)[]> {
  const results: (string | undefined)[] = []
  for await (const { entry: line } of readJournal(folder))
    results.push(line?.kind === 'intent' ? line.write.identity : line?.kind)
  return results
}

/** A keychain that stores the end of the journal. */
function keptAnchor(): Anchor & { tail: Tail | undefined } {
  const anchor = {
    tail: undefined as Tail | undefined,
    read: () => Promise.resolve(anchor.tail),
    write: (tail: Tail) => Promise.resolve(void (anchor.tail = tail)),
  }
  return anchor
}

const errno = (code: string): Error => Object.assign(new Error(code), { code })

/** The real disk, with some operations replaced. */
const diskWith = (changed: Partial<JournalDisk>): JournalDisk => ({ ...realDisk, ...changed })

it('entries are numbered and chained across restarts, one per line', async () => {
  const first = start()
  await append(first, 'a', 'b')
  await first.close()
  const second = start()
  expect((await second.open()).tail.seq).toBe(2)
  await append(second, 'c')
  await second.close()
  expect(await identities()).toEqual(['a', 'b', 'c'])
  expect(await verifyJournal(folder)).toEqual({ verified: 3 })
  expect(readFileSync(file(), 'utf8').trimEnd().split('\n')).toHaveLength(3)
})

it('concurrent entries share one write and one fsync', async () => {
  let [syncs, writes] = [0, 0]
  const disk = diskWith({
    sync: (handle) => realDisk.sync(handle).then(() => void syncs++),
    write: (handle, data) => realDisk.write(handle, data).then(() => void writes++),
  })
  const journal = start({ disk })
  await journal.open()
  const lines = await Promise.all(Array.from({ length: 50 }, (_, index) => journal.append(entry(String(index)))))
  expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
  // The first one begins alone, and the others wait for it together.
  expect([writes, syncs]).toEqual([2, 2])
  await append(journal, 'one more')
  expect([writes, syncs]).toEqual([3, 3])
  expect(await verifyJournal(folder)).toEqual({ verified: 51 })
})

it('an entry is appended only after its fsync has ended', async () => {
  let release = (): void => undefined
  const synced = new Promise<void>((resolve) => (release = resolve))
  const journal = start({ disk: diskWith({ sync: () => synced }) })
  let done = false
  const appended = journal.append(entry('a')).then(() => (done = true))
  await journal.open()
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
  expect(done).toBe(false)
  release()
  await appended
})

it('the rest of an incomplete line is moved away, and the next entry continues the last complete one', async () => {
  await append(start(), 'a', 'b')
  appendFileSync(file(), '{"v":1,"seq":3,"at":"2026-11-26T')
  const journal = start()
  const { torn = '', tail } = await journal.open()
  expect(tail.seq).toBe(2)
  expect(readFileSync(join(folder, torn), 'utf8')).toBe('{"v":1,"seq":3,"at":"2026-11-26T')
  await append(journal, 'c')
  expect(await identities()).toEqual(['a', 'b', 'c'])
  expect(await verifyJournal(folder)).toEqual({ verified: 3 })
})

it('a file with only an incomplete line continues the previous month', async () => {
  await append(start(), 'a')
  writeFileSync(file('2026-12'), '{"v":1')
  await append(start({ now: () => Date.UTC(2026, 11, 2) }), 'b')
  expect(await identities()).toEqual(['a', 'b'])
  expect(await verifyJournal(folder)).toEqual({ verified: 2 })
})

it('a changed byte anywhere breaks the chain at its entry, or right before', async () => {
  await append(start(), 'a', 'b', 'c')
  const good = readFileSync(file())
  const ends = [...good.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at)
  for (let at = 0; at < good.length; at += 7) {
    const changed = Buffer.from(good)
    changed[at] = (changed[at] ?? 0) ^ 1
    writeFileSync(file(), changed)
    const line = ends.findIndex((end) => at <= end)
    const { verified, broken } = await verifyJournal(folder)
    // No later line has the hash of the last one; only the anchor does.
    if (line === 2 && broken === undefined) {
      writeFileSync(file(), good)
      const anchor = keptAnchor()
      await start({ anchor }).close()
      const journal = start({ anchor })
      await journal.open()
      await journal.close()
      writeFileSync(file(), changed)
      const storedTail = anchor.tail
      expect(storedTail?.seq, `byte ${at}`).toBe(3)
      expect((await verifyJournal(folder, storedTail)).broken, `byte ${at}`).toEqual({ seq: 3, file: '2026-11.jsonl' })
    } else {
      // A changed hash of the previous line cannot be distinguished from a change of that line.
      expect([line - 1, line], `byte ${at}`).toContain(verified)
      expect(broken?.seq, `byte ${at}`).toBe(verified + 1)
    }
  }
})

it('a line that was removed, inserted or moved breaks the chain', async () => {
  await append(start(), 'a', 'b', 'c')
  const [a = '', b = '', c = ''] = readFileSync(file(), 'utf8').split('\n')
  for (const [lines, verified] of [
    [[a, c], 1],
    [[b, c], 0],
    [[a, b, b, c], 2],
    [[a, c, b], 1],
    [[a, 'no entry', b, c], 1],
  ] as const) {
    writeFileSync(file(), `${lines.join('\n')}\n`)
    expect(await verifyJournal(folder)).toEqual({ verified, broken: { seq: verified + 1, file: '2026-11.jsonl' } })
  }
})

it.each(['its end cut off', 'an older copy', 'all of it gone', 'another last entry'])(
  'a journal with %s after a clean exit accepts no entry until the user continues it',
  async (how) => {
    const anchor = keptAnchor()
    const before = start({ anchor })
    await append(before, 'a', 'b')
    const older = `${folder}-older`
    cpSync(folder, older, { recursive: true })
    await append(before, 'c', 'd')
    await before.close()
    if (how === 'its end cut off') truncateSync(file(), readFileSync(file()).lastIndexOf('\n', -2) + 1)
    if (how === 'all of it gone') rmSync(folder, { recursive: true })
    if (how === 'an older copy' || how === 'another last entry') {
      rmSync(folder, { recursive: true })
      cpSync(older, folder, { recursive: true })
    }
    if (how === 'another last entry') await append(start(), 'c', 'x')
    const journal = start({ anchor })
    expect((await journal.open()).missing).toEqual(anchor.tail)
    expect(await failureOf(journal.append(entry('e')))).toMatchObject({ code: 'journal' })
    await journal.continueFromHere('tech')
    await append(journal, 'e')
    await journal.close()
    expect((await identities()).slice(-2)).toEqual(['continued', 'e'])
    expect((await verifyJournal(folder)).broken).toBeUndefined()
    const next = start({ anchor })
    expect((await next.open()).missing).toBeUndefined()
  },
)

it('without a keychain, entries are accepted, and only the chain is verified', async () => {
  const refuses = () => Promise.reject(new Error('locked'))
  const anchor = { read: refuses, write: refuses }
  const before = start({ anchor })
  await append(before, 'a', 'b')
  await before.close()
  truncateSync(file(), readFileSync(file()).lastIndexOf('\n', -2) + 1)
  const journal = start({ anchor })
  expect((await journal.open()).missing).toBeUndefined()
  await append(journal, 'c')
  await journal.close()
  expect(await identities()).toEqual(['a', 'c'])
  expect(await verifyJournal(folder)).toEqual({ verified: 2 })
})

it('the end is stored in the keychain up to every 30 s, and when the journal is closed', async () => {
  const timing = new FakeTiming()
  const written: number[] = []
  const anchor = {
    read: () => Promise.resolve(undefined),
    write: ({ seq }: Tail) => Promise.resolve(void written.push(seq)),
  }
  const journal = start({ anchor, timing })
  await append(journal, 'a', 'b')
  expect(written).toEqual([])
  timing.advance(30_000)
  await append(journal, 'c')
  expect(written).toEqual([2])
  await journal.close()
  expect(written).toEqual([2, 3])
})

it.each(['ENOSPC', 'EIO'])('a write that fails with %s in the middle leaves the journal unchanged', async (code) => {
  const state = { fails: false }
  const disk = diskWith({
    write: async (handle, data) => {
      if (!state.fails) return realDisk.write(handle, data)
      await realDisk.write(handle, data.subarray(0, data.length / 2))
      throw errno(code)
    },
  })
  const journal = start({ disk })
  await append(journal, 'a')
  const before = readFileSync(file())
  state.fails = true
  expect(await failureOf(journal.append(entry('b')))).toMatchObject({ code: 'disk' })
  expect(readFileSync(file())).toEqual(before)
  state.fails = false
  await append(journal, 'c')
  expect(await identities()).toEqual(['a', 'c'])
  expect(await verifyJournal(folder)).toEqual({ verified: 2 })
})

it('an fsync that fails removes the entry', async () => {
  const state = { fails: true }
  const disk = diskWith({ sync: (handle) => (state.fails ? Promise.reject(errno('EIO')) : realDisk.sync(handle)) })
  const journal = start({ disk })
  expect(await failureOf(journal.append(entry('a')))).toMatchObject({ code: 'disk' })
  state.fails = false
  await append(journal, 'b')
  expect(await identities()).toEqual(['b'])
  expect(await verifyJournal(folder)).toEqual({ verified: 1 })
})

it('a folder that cannot be written is named in the error, and tried again', async () => {
  const state = { fails: true }
  const disk = diskWith({ open: (path) => (state.fails ? Promise.reject(errno('EROFS')) : realDisk.open(path)) })
  const journal = start({ disk })
  const failure = await failureOf(journal.append(entry('a')))
  expect(failure.code).toBe('disk')
  expect(failure.message).toContain(folder)
  state.fails = false
  await append(journal, 'b')
  expect(await identities()).toEqual(['b'])
})

it('each month has a file, and a clock that is set back adds nothing to an older one', async () => {
  const time = { now: november }
  const journal = start({ now: () => time.now })
  await append(journal, 'a')
  time.now = Date.UTC(2026, 11, 1)
  await append(journal, 'b')
  time.now = november
  await append(journal, 'c')
  await append(start(), 'd')
  expect(readdirSync(folder)).toEqual(['2026-11.jsonl', '2026-12.jsonl'])
  expect(await identities()).toEqual(['a', 'b', 'c', 'd'])
  expect(await verifyJournal(folder)).toEqual({ verified: 4 })
})

it('a damaged last line is an error that names the file, and nothing is appended', async () => {
  await append(start(), 'a')
  appendFileSync(file(), 'no entry\n')
  const before = readFileSync(file())
  const failure = await failureOf(start().append(entry('b')))
  expect(failure).toMatchObject({ code: 'journal' })
  expect(failure.message).toContain('2026-11.jsonl')
  expect(readFileSync(file())).toEqual(before)
})
