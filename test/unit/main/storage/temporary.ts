import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of one test's own, gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const must = (command: string, ...args: readonly string[]): void => {
  execFileSync(command, args, { stdio: 'ignore' })
}

const run = (command: string, ...args: readonly string[]): boolean => {
  try {
    must(command, ...args)
    return true
  } catch {
    return false
  }
}

/** Whether this account may mount; an ordinary one may not, and then these tests are reported as skipped. */
export const canMount = ((): boolean => {
  if (process.platform !== 'linux') return false
  const folder = mkdtempSync(join(tmpdir(), 'fleet-mount-'))
  const mounted = run('mount', '-t', 'tmpfs', 'tmpfs', folder) && run('umount', folder)
  rmSync(folder, { recursive: true, force: true })
  return mounted
})()

/** A small disk of its own: `options` as mount knows them, for example `size=1m`. */
export function mountedDisk(options: string): {
  readonly folder: string
  remount(options: string): void
  unmount(): void
} {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-disk-'))
  must('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', folder)
  onTestFinished(() => {
    run('umount', '-l', folder)
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    folder,
    remount: (changed) => must('mount', '-o', `remount,${changed}`, folder),
    unmount: () => must('umount', '-l', folder),
  }
}

/** What a test leaves in a folder besides the named files, for example a temporary file. */
export const othersThan = (folder: string, ...names: readonly string[]): readonly string[] =>
  readdirSync(folder).filter((name) => !names.includes(name))
