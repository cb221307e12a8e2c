import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FleetError } from '@shared/ipc/result'
import { openAtomic, removeTemporaries, writeAtomic, writeAtomicSync } from '@main/storage/write-atomic'
import { canMount, mountedDisk, othersThan, temporaryFolder } from './temporary'

const detailOf = async (promise: Promise<unknown>): Promise<FleetError['detail']> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(FleetError)
  return (error as FleetError).detail
}

describe('a file is written completely or not at all', () => {
  it('replaces the old file and leaves nothing else', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'a.json')
    await writeAtomic(file, 'old')
    await writeAtomic(file, 'new', 0o600)
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    writeAtomicSync(file, 'newest')
    expect(readFileSync(file, 'utf8')).toBe('newest')
    expect(othersThan(folder, 'a.json')).toEqual([])
  })

  it('has no final name before it is complete, and none after it was discarded', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'export.csv')
    const target = await openAtomic(file)
    await target.handle.writeFile('half')
    expect(othersThan(folder)).not.toContain('export.csv')
    await target.discard()
    expect(othersThan(folder)).toEqual([])
  })

  it('reports the folder and a hint if the folder is missing', async () => {
    const folder = join(temporaryFolder(), 'share')
    const detail = await detailOf(writeAtomic(join(folder, 'a.json'), 'x'))
    expect(detail.code).toBe('disk')
    expect(detail.message).toContain(folder)
    expect(detail.message).toContain('no longer exists')
    expect(detail.hint).toContain('choose another folder')
  })

  it('reports a file in place of the folder, and a folder in place of the file', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    expect((await detailOf(writeAtomic(join(folder, 'file', 'a.json'), 'x'))).message).toContain('This is not a folder')
    expect(() => writeAtomicSync(join(folder, 'file', 'a.json'), 'x')).toThrow(FleetError)
    mkdirSync(join(folder, 'a.json'))
    expect((await detailOf(writeAtomic(join(folder, 'a.json'), 'x'))).message).toContain('A folder has the name')
    expect(othersThan(folder, 'file', 'a.json')).toEqual([])
  })

  it('reports a folder that disappears while the file is written', async () => {
    const folder = join(temporaryFolder(), 'share')
    mkdirSync(folder)
    const target = await openAtomic(join(folder, 'a.json'))
    await target.handle.writeFile('x')
    rmSync(folder, { recursive: true })
    expect((await detailOf(target.commit())).code).toBe('disk')
  })

  it('removes temporary files of a killed process, of one file or of all', async () => {
    const folder = temporaryFolder()
    const endedPid = spawnSync(process.execPath, ['--version']).pid
    writeFileSync(join(folder, `.a.json.${endedPid}-0123456789ab.fleet-tmp`), 'ha')
    writeFileSync(join(folder, `.b.json.${endedPid}-0123456789ab.fleet-tmp`), 'ha')
    // From an earlier process with the same process ID.
    writeFileSync(join(folder, `.b.json.${process.pid}-0123456789ab.fleet-tmp`), 'ha')
    writeFileSync(join(folder, 'mine.txt'), '')
    removeTemporaries(folder, 'a.json')
    expect(othersThan(folder, 'mine.txt')).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining('b.json') as string),
    )
    removeTemporaries(folder)
    expect(othersThan(folder, 'mine.txt')).toEqual([])
    removeTemporaries(join(folder, 'nowhere'))
  })
})

it('temporary files of a running program are not removed', async () => {
  const folder = temporaryFolder()
  const target = await openAtomic(join(folder, 'mine.csv'))
  const others = `.theirs.csv.${process.ppid}-0123456789ab.fleet-tmp`
  writeFileSync(join(folder, others), 'ha')
  removeTemporaries(folder)
  expect(othersThan(folder, others)).toHaveLength(1)
  await target.handle.writeFile('whole')
  await target.commit()
  expect(readFileSync(join(folder, 'mine.csv'), 'utf8')).toBe('whole')
  expect(othersThan(folder, others)).toEqual(['mine.csv'])
})

describe.skipIf(!canMount)('on a separate disk (requires the right to mount)', () => {
  it('reports that the disk is full, keeps the old file and leaves no temporary file', async () => {
    const { folder } = mountedDisk('size=1m')
    const file = join(folder, 'a.json')
    await writeAtomic(file, 'old')
    const detail = await detailOf(writeAtomic(file, 'x'.repeat(2_000_000)))
    expect(detail).toMatchObject({ code: 'disk' })
    expect(detail.message).toContain(folder)
    expect(detail.message).toContain('full')
    expect(detail.hint).toContain('Free some space')
    expect(() => writeAtomicSync(file, 'x'.repeat(2_000_000))).toThrow(/full/)
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(othersThan(folder, 'a.json')).toEqual([])
  })

  it('reports that the disk is read-only', async () => {
    const disk = mountedDisk('size=1m')
    const file = join(disk.folder, 'a.json')
    await writeAtomic(file, 'old')
    disk.remount('ro')
    expect((await detailOf(writeAtomic(file, 'new'))).message).toContain('read-only')
    expect(readFileSync(file, 'utf8')).toBe('old')
  })

  it('reports a share that disappears', async () => {
    const disk = mountedDisk('size=1m')
    const folder = join(disk.folder, 'library')
    mkdirSync(folder)
    disk.unmount()
    const detail = await detailOf(writeAtomic(join(folder, 'a.json'), 'x'))
    expect(detail.message).toContain(folder)
    expect(detail.hint).toContain('Connect the drive')
  })
})
