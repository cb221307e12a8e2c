import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as moment } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { CertificateError, probe } from '@main/portsip/tls-trust'
import { onlyRoots } from '@main/portsip/trusted-roots'
import { Library } from '@main/services/exports/library'
import { buildProgram } from '../build-program'
import { HttpHarness } from '../portsip/harness'
import { temporaryFolder } from '../storage/temporary'
import type { ExportingArgs } from './exporting-program'

/** `npm run kill` tries many more. */
const kills = Number(process.env['KILLS'] ?? 15)
const timeout = 60_000 + kills * 2_000
const atOnce = 4
const rules = 250
let program = ''

beforeAll(async () => {
  const built = await buildProgram(fileURLToPath(new URL('./exporting-program.ts', import.meta.url)))
  program = built.program
  return built.remove
})

/** Starts the program, lets it export at least once, and kills it somewhere in the middle of what follows; returns the number of exports that it reported. */
async function exportAndKill(args: ExportingArgs, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [program, JSON.stringify(args)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const reported: string[] = []
  lines.on('line', (line) => reported.push(line))
  const closed = once(lines, 'close')
  await once(lines, 'line')
  // Not to wait for anything: the moment of the kill is what is being tried.
  await moment(afterMs)
  child.kill('SIGKILL')
  await Promise.all([exited, closed])
  expect(new Set(reported)).toEqual(new Set([`done ${rules}`]))
  return reported.length
}

const isTemporary = (name: string): boolean => name.endsWith('.fleet-tmp')
const isManifest = (name: string): boolean => name.endsWith('.manifest.json')

/** Looks at a folder as the kill left it, then as the next start finds it; answers how many temporary files were left. */
async function lookAt(folder: string, reported: number): Promise<number> {
  const left = readdirSync(folder)
  const exported = left.filter((name) => !isTemporary(name) && !isManifest(name))
  for (const name of exported) {
    const text = readFileSync(join(folder, name), 'utf8')
    expect(text.split('\r\n'), name).toHaveLength(rules + 2)
  }
  for (const name of left.filter((one) => isManifest(one) && !isTemporary(one)))
    expect(exported).toContain(name.replace('.manifest.json', ''))

  const library = new Library(() => folder)
  const entries = await library.list()
  // All exports reported as done are there, and possibly the one in progress.
  expect(entries.length - reported).toBeGreaterThanOrEqual(0)
  expect(entries.length - reported).toBeLessThanOrEqual(1)
  for (const { id } of entries) expect((await library.verify(id)).integrity).toBe('intact')
  expect(readdirSync(folder).filter(isTemporary)).toEqual([])
  return left.filter(isTemporary).length
}

it(`${kills} kills during exports leave no half file and no manifest without its file`, { timeout }, async () => {
  const harness = await HttpHarness.start({ rules })
  onTestFinished(() => harness.close())
  const shown = await probe({ url: harness.pbx.url, pin: undefined, roots: onlyRoots([]) }).catch(
    (error: unknown) => error,
  )
  if (!(shown instanceof CertificateError)) throw new Error('The practice certificate was not shown')
  const { pbx, token } = harness
  const parent = temporaryFolder()
  let begun = 0
  let leftOver = 0
  const lane = async (): Promise<void> => {
    // Until one came in the middle of an export: the others show nothing.
    while (begun < kills || leftOver === 0) {
      const folder = join(parent, String(begun++))
      mkdirSync(folder)
      const args = { folder, url: pbx.url, pin: shown.certificate, token }
      leftOver += await lookAt(folder, await exportAndKill(args, Math.random() * 40))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
})
