import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  ftruncateSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { JsonStore } from '@main/storage/json-store'
import { parseJson } from '@main/storage/read-json'
import { canMount, mountedDisk, othersThan, temporaryFolder } from './temporary'

const schema = z.object({ version: z.literal(1), names: z.array(z.string()) })
type Names = z.infer<typeof schema>
const storeOf = (folder: string, maxBytes?: number): JsonStore<Names> =>
  new JsonStore<Names>({
    file: join(folder, 'names.json'),
    schema,
    version: 1,
    empty: { version: 1, names: [] },
    ...(maxBytes !== undefined && { maxBytes }),
  })
const adding =
  (name: string) =>
  (value: Names): Names => ({ version: 1, names: [...value.names, name] })
const read = (folder: string, name = 'names.json'): string => readFileSync(join(folder, name), 'utf8')

async function savedTwice(folder: string): Promise<void> {
  const store = storeOf(folder)
  await store.update(adding('first'))
  await store.update(adding('second'))
}

describe('a valid file', () => {
  it('is empty at first, without a problem and without a file', () => {
    const folder = temporaryFolder()
    const store = storeOf(folder)
    expect([store.value.names, store.problem, othersThan(folder)]).toEqual([[], undefined, []])
  })

  it('has after a restart what was saved, readable only for this account, with the previous state as a copy', async () => {
    const folder = temporaryFolder()
    await savedTwice(folder)
    expect(storeOf(folder).value.names).toEqual(['first', 'second'])
    expect(JSON.parse(read(folder, 'names.json.bak'))).toEqual({ version: 1, names: ['first'] })
    expect(statSync(join(folder, 'names.json')).mode & 0o777).toBe(0o600)
    expect(othersThan(folder, 'names.json', 'names.json.bak')).toEqual([])
  })

  it('loses none of a hundred concurrent changes', async () => {
    const folder = temporaryFolder()
    const store = storeOf(folder)
    const names = Array.from({ length: 100 }, (_, n) => `n${n}`)
    await Promise.all(names.map((name) => store.update(adding(name))))
    expect(storeOf(folder).value.names).toEqual(names)
  })

  it('rejects a value that does not match its schema, and continues', async () => {
    const folder = temporaryFolder()
    const store = storeOf(folder)
    await expect(store.update(() => ({ version: 1, names: [7 as unknown as string] }))).rejects.toThrow()
    await store.update(adding('good'))
    expect(storeOf(folder).value.names).toEqual(['good'])
  })

  it('saves nothing that would be too large to read again', async () => {
    const store = storeOf(temporaryFolder(), 1000)
    await expect(store.update(adding('x'.repeat(2000)))).rejects.toThrow(/too large/)
    expect(store.value.names).toEqual([])
  })

  it('removes temporary files of a killed run at the start', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, '.names.json.0123456789ab.fleet-tmp'), 'ha')
    writeFileSync(join(folder, '.other.json.0123456789ab.fleet-tmp'), 'not ours')
    storeOf(folder)
    expect(othersThan(folder)).toEqual(['.other.json.0123456789ab.fleet-tmp'])
  })
})

const damages: Readonly<Record<string, (file: string) => void>> = {
  empty: (file) => writeFileSync(file, ''),
  'full of zeros': (file) => writeFileSync(file, Buffer.alloc(4096)),
  'cut in half': (file) => writeFileSync(file, readFileSync(file).subarray(0, 20)),
  'not an object': (file) => writeFileSync(file, '[]'),
  'of the wrong types': (file) => writeFileSync(file, '{"version":1,"names":[1]}'),
  'without a version': (file) => writeFileSync(file, '{"names":[]}'),
  '100 MB': (file) => {
    const descriptor = openSync(file, 'w')
    ftruncateSync(descriptor, 100 * 1024 * 1024)
    closeSync(descriptor)
  },
}

describe('a file that another program saved', () => {
  const content = JSON.stringify({ version: 1, names: ['Köln', 'Zürich'] })
  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${content}`)],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${content}`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(content, 'utf16le')],
    ['big-endian UTF-16', Buffer.from(`\ufeff${content}`, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from(content, 'latin1')],
  ])('in %s is read as it is', (_what, bytes) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'names.json'), bytes)
    const store = storeOf(folder)
    expect(store.problem).toBeUndefined()
    expect(store.value.names).toEqual(['Köln', 'Zürich'])
  })

  it('in no single encoding is damaged: no name is guessed', () => {
    const folder = temporaryFolder()
    const [utf8, latin] = [Buffer.from(content), Buffer.from(content, 'latin1')]
    writeFileSync(join(folder, 'names.json'), Buffer.concat([utf8, latin]))
    expect(storeOf(folder).problem?.message).toContain('is not text, or its encoding is damaged')
  })
})

it('the name of a wrong value is truncated in the message', () => {
  const shape = { schema: z.object({ version: z.number(), tables: z.record(z.string(), z.string()) }), version: 1 }
  const text = JSON.stringify({ version: 1, tables: { ['x'.repeat(100_000)]: 1 } })
  expect(parseJson(text, shape, '')).toEqual({
    kind: 'damaged',
    why: `has an unexpected structure (tables.${'x'.repeat(59)}…)`,
  })
})

describe('a damaged file', () => {
  it.each(Object.keys(damages))(
    'that is %s is renamed unchanged, named, and the last good one is offered',
    async (kind) => {
      const folder = temporaryFolder()
      await savedTwice(folder)
      const file = join(folder, 'names.json')
      damages[kind]?.(file)
      const { size } = statSync(file)
      const store = storeOf(folder)
      expect(store.value.names).toEqual([])
      expect(store.problem).toMatchObject({ kind: 'damaged', lastGood: { value: { names: ['first'] } } })
      const keptAs = store.problem?.keptAs ?? ''
      expect(keptAs).toMatch(/^names\.json\.damaged-\d{4}-\d\d-\d\dT[\d-]+$/)
      expect(store.problem?.message).toContain(keptAs)
      expect(statSync(join(folder, keptAs)).size).toBe(size)
      expect(existsSync(file)).toBe(false)

      await store.restore((lastGood) => lastGood)
      expect(store.problem).toBeUndefined()
      expect(storeOf(folder).value.names).toEqual(['first'])
    },
  )

  it('is offered again at the next start, and the last good copy survives any number of saves', async () => {
    const folder = temporaryFolder()
    await savedTwice(folder)
    writeFileSync(join(folder, 'names.json'), '{')
    storeOf(folder)
    const store = storeOf(folder)
    expect(store.problem).toMatchObject({ kind: 'damaged', lastGood: { value: { names: ['first'] } } })
    for (const name of ['a', 'b', 'c']) await store.update(adding(name))
    const copies = othersThan(folder).filter((name) => name.includes('.last-good-'))
    expect(copies.map((name) => JSON.parse(read(folder, name)))).toEqual([{ version: 1, names: ['first'] }])
    await store.restore((lastGood, now) => ({ version: 1, names: [...lastGood.names, ...now.names] }))
    expect(storeOf(folder).value.names).toEqual(['first', 'a', 'b', 'c'])
  })

  it('twice within a second is kept twice', async () => {
    const folder = temporaryFolder()
    for (const text of ['{', '{{']) {
      writeFileSync(join(folder, 'names.json'), text)
      storeOf(folder)
    }
    const copies = othersThan(folder)
    expect(copies.map((name) => read(folder, name)).sort()).toEqual(['{', '{{'])
  })

  it('without a copy has none to offer', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'names.json'), '{')
    writeFileSync(join(folder, 'names.json.bak'), '{')
    const store = storeOf(folder)
    expect(store.problem?.lastGood).toBeUndefined()
    await expect(store.restore((lastGood) => lastGood)).rejects.toThrow(/no backup/)
  })
})

describe('a file that must not be overwritten', () => {
  it('of a newer version remains unchanged, whatever is tried', async () => {
    const folder = temporaryFolder()
    await savedTwice(folder)
    const newer = '{"version":2,"names":{"a":1},"more":true}'
    writeFileSync(join(folder, 'names.json'), newer)
    const store = storeOf(folder)
    expect(store.problem).toMatchObject({ kind: 'newer-version' })
    expect(store.problem?.message).toContain('newer version of PBX Fleet')
    expect(store.problem?.lastGood).toBeUndefined()
    await expect(store.update(adding('x'))).rejects.toMatchObject({ detail: { code: 'read-only' } })
    await expect(store.restore((lastGood) => lastGood)).rejects.toThrow()
    expect(read(folder)).toBe(newer)
    expect(othersThan(folder, 'names.json', 'names.json.bak')).toEqual([])
  })

  it('that cannot be read is reported and not overwritten', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'names.json'))
    const store = storeOf(folder)
    expect(store.problem).toMatchObject({ kind: 'unreadable' })
    await expect(store.update(adding('x'))).rejects.toMatchObject({ detail: { code: 'read-only' } })
    expect(statSync(join(folder, 'names.json')).isDirectory()).toBe(true)
  })

  it.skipIf(process.getuid?.() === 0)(
    'without read permission is reported and not overwritten (not as root)',
    async () => {
      const folder = temporaryFolder()
      await savedTwice(folder)
      chmodSync(join(folder, 'names.json'), 0)
      const store = storeOf(folder)
      expect(store.problem).toMatchObject({ kind: 'unreadable' })
      await expect(store.update(adding('x'))).rejects.toMatchObject({ detail: { code: 'read-only' } })
    },
  )
})

describe('a failing disk', () => {
  it('changes nothing in memory if the folder is missing, and works again when it is back', async () => {
    const folder = join(temporaryFolder(), 'profile')
    mkdirSync(folder)
    await savedTwice(folder)
    const store = storeOf(folder)
    rmSync(folder, { recursive: true })
    await expect(store.update(adding('third'))).rejects.toMatchObject({ detail: { code: 'disk' } })
    expect(store.value.names).toEqual(['first', 'second'])
    mkdirSync(folder)
    await store.update(adding('third'))
    expect(storeOf(folder).value.names).toEqual(['first', 'second', 'third'])
  })

  it.skipIf(!canMount)('keeps the old state if it is full or read-only (requires the right to mount)', async () => {
    const disk = mountedDisk('size=1m')
    await savedTwice(disk.folder)
    const store = storeOf(disk.folder)
    await expect(store.update(adding('x'.repeat(2_000_000)))).rejects.toMatchObject({
      detail: { code: 'disk', message: expect.stringContaining(disk.folder) as string },
    })
    expect(store.value.names).toEqual(['first', 'second'])
    disk.remount('ro')
    await expect(store.update(adding('x'))).rejects.toMatchObject({ detail: { code: 'disk' } })
    expect(storeOf(disk.folder).value.names).toEqual(['first', 'second'])
    disk.remount('rw')
    await store.update(adding('third'))
    expect(storeOf(disk.folder).value.names).toEqual(['first', 'second', 'third'])
    expect(othersThan(disk.folder, 'names.json', 'names.json.bak')).toEqual([])
  })

  it.skipIf(!canMount)(
    'does not overwrite a damaged file that it cannot rename (requires the right to mount)',
    async () => {
      const disk = mountedDisk('size=1m')
      writeFileSync(join(disk.folder, 'names.json'), '{')
      disk.remount('ro')
      const store = storeOf(disk.folder)
      expect(store.problem).toMatchObject({ kind: 'damaged' })
      disk.remount('rw')
      await expect(store.update(adding('x'))).rejects.toMatchObject({ detail: { code: 'read-only' } })
      expect(read(disk.folder)).toBe('{')
    },
  )
})
