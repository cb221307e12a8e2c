import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { makeIdentity } from '@demo/certificate'
import { buildProgram } from '../unit/main/build-program'
import { temporaryFolder } from '../unit/main/storage/temporary'
import { startProgram } from './program'
import { about, counts, seed, testMs } from './settings'
import { storedInput, storedKinds, validInput, type StoredKind } from './stored-inputs'
import type { FromStored, ToStored } from './stored-program'

const heapMegabytes = 256
const growthMegabytes = 400

let program = ''
beforeAll(async () => {
  const built = await buildProgram(fileURLToPath(new URL('./stored-program.ts', import.meta.url)))
  program = built.program
  return built.remove
})

it(
  'files of the profile, workspaces, manifests, plans, certificates and CSV with changed values or bytes are read or named as damaged',
  async () => {
    const { key, cert } = await makeIdentity('valid-self-signed')
    const pem = `${cert}\n${key}`
    const stored = startProgram<FromStored, ToStored>(program, [], heapMegabytes)
    const { ready } = await stored.next('ready')
    const folder = temporaryFolder()
    const read = async (kind: StoredKind, at: string, content: string | Buffer) => {
      const inside = join(folder, at)
      mkdirSync(inside)
      const path = join(inside, kind === 'manifest' ? 'a.csv.manifest.json' : 'a.txt')
      if (kind === 'manifest') writeFileSync(join(inside, 'a.csv'), 'a\n')
      writeFileSync(path, content)
      stored.send({ kind, path })
      return stored.next('ended')
    }
    for (const kind of storedKinds)
      expect([kind, (await read(kind, kind, validInput(kind, pem))).message]).toEqual([kind, 'done'])
    let done = 0
    for (let index = 0; index < counts.stored; index++) {
      const { kind, title, content } = storedInput(seed, index, pem)
      const place = about(index, title)
      try {
        const { ended, message, peakMegabytes } = await read(kind, String(index), content)
        expect(['done', 'damaged', 'rejected'], `${place}: ${message}`).toContain(ended)
        expect(message.length, place).toBeLessThanOrEqual(2000)
        expect(peakMegabytes - ready, place).toBeLessThan(growthMegabytes)
        if (ended === 'done') done += 1
      } catch (error) {
        throw new Error(place, { cause: error })
      }
    }
    // Some are near enough to be read, and others are not.
    expect(done).toBeGreaterThan(counts.stored / 20)
    expect(done).toBeLessThan(counts.stored * 0.8)
  },
  testMs,
)
