import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { FleetError } from '@shared/ipc/result'
import { FilesInThread } from '../../../../src/main/services/exports/files-in-thread'
import { describeForLog } from '../../../../src/main/services/redact'
import { buildProgram } from '../build-program'
import { temporaryFolder } from '../storage/temporary'

let files: FilesInThread

beforeAll(async () => {
  const entry = fileURLToPath(new URL('../../../../src/main/services/exports/files-thread.ts', import.meta.url))
  const { program, remove } = await buildProgram(entry)
  files = new FilesInThread(program)
  return remove
})

const failure = async (work: Promise<unknown>): Promise<FleetError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof FleetError) return error
  throw new Error('It did not fail with a FleetError')
}

it('a fault of ours in the thread is in the log of whoever asked, and the window gets one sentence', async () => {
  const file = join(temporaryFolder(), 'a.csv')
  writeFileSync(file, 'cidr,target\n10.0.0.0/8,DENY\n')
  const { viewId, count } = await files.open(file)
  expect(count).toBe(1)
  const wrong = { query: {}, columns: undefined as unknown as readonly string[] }
  const error = await failure(files.copy(viewId, wrong))
  expect(error.detail).toMatchObject({ code: 'internal', message: 'Something in the app failed' })
  expect(describeForLog(error)).toMatch(/TypeError/)
  expect(JSON.stringify(error.detail)).not.toMatch(/TypeError/)
})

it('a file that is damaged is told in full, and the thread goes on', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'cut.csv'), 'cidr,target\n"10.0.0.0/8')
  writeFileSync(join(folder, 'whole.csv'), 'cidr,target\n10.0.0.0/8,DENY\n')
  expect((await failure(files.open(join(folder, 'cut.csv')))).detail).toMatchObject({ code: 'damaged' })
  expect((await files.open(join(folder, 'whole.csv'))).count).toBe(1)
})
