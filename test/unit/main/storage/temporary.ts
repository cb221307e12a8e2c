import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder for one test, deleted afterwards. */
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

/** Whether this account may mount; otherwise these tests are reported as skipped. */
export const canMount = ((): boolean => {
  if (process.platform !== 'linux') return false
  const folder = mkdtempSync(join(tmpdir(), 'fleet-mount-'))
  const mounted = run('mount', '-t', 'tmpfs', 'tmpfs', folder) && run('umount', folder)
  rmSync(folder, { recursive: true, force: true })
  return mounted
})()

/** A small separate disk; `options` are those of mount, for example `size=1m`. */
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

/** Files in a folder other than the named ones, for example a temporary file. */
export const othersThan = (folder: string, ...names: readonly string[]): readonly string[] =>
  readdirSync(folder).filter((name) => !names.includes(name))
