import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const run = (command: string, ...args: readonly string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Whether this account may mount; an ordinary one may not. */
export const canMount = ((): boolean => {
  if (process.platform !== 'linux') return false
  const folder = mkdtempSync(join(tmpdir(), 'fleet-mount-'))
  const mounted = run('mount', '-t', 'tmpfs', 'tmpfs', folder) && run('umount', folder)
  rmSync(folder, { recursive: true, force: true })
  return mounted
})()

/** A disk of 1 MB with a folder for exports on it. */
export interface SmallDisk {
  /** Where it is mounted. */
  readonly root: string
  readonly library: string
  mount(): void
  remount(options: 'ro' | 'rw'): void
  /** As when the drive is pulled out, or the share is away. */
  unmount(): void
  remove(): void
}

export function smallDisk(): SmallDisk {
  const disk = mkdtempSync(join(tmpdir(), 'fleet-disk-'))
  const mount = (): void => {
    if (!run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk)) throw new Error(`Nothing was mounted at ${disk}`)
  }
  mount()
  const library = join(disk, 'exports')
  mkdirSync(library)
  const unmount = (): void => void run('umount', '-l', disk)
  return {
    root: disk,
    library,
    mount,
    remount: (options) => void run('mount', '-o', `remount,${options}`, disk),
    unmount,
    remove: () => {
      unmount()
      rmSync(disk, { recursive: true, force: true })
    },
  }
}
