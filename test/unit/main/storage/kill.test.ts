import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as moment } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { readJson } from '@main/storage/read-json'
import { workspaceStore } from '@main/services/workspace/workspace-service'
import { workspaceFileSchema, type WorkspaceFile } from '@shared/domain/workspace'
import { buildProgram } from '../build-program'
import { generation } from './generation'
import { othersThan, temporaryFolder } from './temporary'

/** `npm run kill` tries many more. */
const kills = Number(process.env['KILLS'] ?? 15)
const timeout = 60_000 + kills * 2_000
let program = ''

beforeAll(async () => {
  const built = await buildProgram(fileURLToPath(new URL('./saving-program.ts', import.meta.url)))
  program = built.program
  return built.remove
})

/** Resolves with the next temporary file: a save has begun and is not finished. */
async function saveBegins(folder: string): Promise<void> {
  for await (const { filename } of watch(folder)) if (filename?.endsWith('.fleet-tmp')) return
}

/** Starts the program, lets it save at least once, and kills it during a later save. */
async function saveAndKill(folder: string, killWhen: () => Promise<unknown>): Promise<number> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  let last = 0
  lines.on('line', (line) => (last = Number(line)))
  const closed = once(lines, 'close')
  await once(lines, 'line')
  await killWhen()
  child.kill('SIGKILL')
  await Promise.all([exited, closed])
  return last
}

const numberOf = (file: WorkspaceFile): number => Number(file.servers[0]?.notes)

it(`${kills} kills in the middle of saving leave the old state or the new one, never half`, { timeout }, async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'workspace.json')
  let leftOver = 0
  // Repeats until a kill was in the middle of a save; the others prove nothing.
  for (let kill = 0; kill < kills || leftOver === 0; kill++) {
    // Not a wait: it varies the moment of the kill.
    const anyMoment = (): Promise<void> => moment(Math.random() * 12)
    const reported = await saveAndKill(folder, kill % 2 === 0 ? anyMoment : () => saveBegins(folder))
    leftOver += othersThan(folder, 'workspace.json', 'workspace.json.bak').length

    const store = workspaceStore(file)
    expect(store.problem, `kill ${kill}`).toBeUndefined()
    const saved = numberOf(store.value)
    // Everything reported as saved is there, and up to one more save.
    expect(saved).toBeGreaterThanOrEqual(reported)
    expect(store.value).toEqual(generation(saved))
    expect(readFileSync(file, 'utf8')).toBe(JSON.stringify(generation(saved), null, 1))
    const backup = readJson(`${file}.bak`, { schema: workspaceFileSchema, version: 1, maxBytes: 1e8 })
    if (backup.kind !== 'missing') expect(backup).toMatchObject({ kind: 'good' })
    expect(othersThan(folder, 'workspace.json', 'workspace.json.bak')).toEqual([])
  }
})
