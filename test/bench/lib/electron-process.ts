import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const here = import.meta.dirname
export const projectFolder = resolve(here, '..', '..', '..')
export const emptyApp = resolve(here, '..', 'empty-app')

const executable = process.env['ELECTRON_EXEC_PATH'] ?? ''
const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export interface StartedApp {
  readonly child: ChildProcess
  /** Milliseconds from the start of the process to the painted, ready page. */
  readonly readyAfter: number
  stop(): Promise<void>
}

/** Starts an app folder on a profile and waits until its page is ready. */
export async function startApp(folder: string, profile: string): Promise<StartedApp> {
  const began = performance.now()
  const hook = join(here, 'announce-ready.cjs')
  const args = ['-r', hook, folder, ...flags, `--user-data-dir=${profile}`]
  const child = spawn(executable, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, PBX_FLEET_PROFILE: profile },
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  await new Promise<void>((ready, failed) => {
    child.stdout?.on('data', (chunk: Buffer) => chunk.toString().includes('APP-IS-READY') && ready())
    child.once('exit', (code) => failed(new Error(`${folder} ended with ${code} before it was ready`)))
  })
  const readyAfter = performance.now() - began
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
  }
  return { child, readyAfter, stop }
}

/** A profile that was used once: code caches are warm, as they are for a person from the second start on. */
export async function usedProfile(
  folder: string,
  files: Readonly<Record<string, unknown>> = {},
): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'fleet-bench-'))
  for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), JSON.stringify(content))
  for (let start = 0; start < 3; start++) await (await startApp(folder, path)).stop()
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

async function parentOf(pid: string): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
}

/** Proportional set size of a process and all below it, in MB. */
export async function memoryOf(root: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const parents = new Map(await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const)))
  const isBelow = (pid: string | undefined): boolean =>
    pid !== undefined && (pid === String(root) || isBelow(parents.get(pid)))
  const sizes = pids.filter(isBelow).map(async (pid) => {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0)
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1024
}
